"""Language tags (BCP 47): what is one, and its usual case."""

import re

MAX_BYTES = 100
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def is_tag(text: object) -> bool:
    return isinstance(text, str) and len(text) <= MAX_BYTES and bool(_TAG.fullmatch(text))


def canonical(tag: str) -> str:
    """en_gb becomes en-GB, zh-hant-tw becomes zh-Hant-TW (BCP 47, section 2.1.1; MusicBrainz writes underscores)."""
    head, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join([head.lower(), *(_subtag(part) for part in rest)])


def base(tag: str) -> str:
    """The language alone: 'pt' for 'pt_BR'."""
    return canonical(tag).partition("-")[0]


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()

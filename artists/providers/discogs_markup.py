"""Discogs' markup as plain text: its profiles link to artists and labels by name or by number (providers.md 2.4)."""

import re

_NAMED = re.compile(r"\[[alg]=([^\[\]]{1,300})\]", re.IGNORECASE)
_NUMBERED = re.compile(r"[ \t]?\[[almrg]=?\d{1,18}\]", re.IGNORECASE)
_ADDRESS = re.compile(r"\[url=[^\[\]]{0,2000}\]|\[/?url\]", re.IGNORECASE)
_STYLE = re.compile(r"\[/?[biu]\]", re.IGNORECASE)
_NUMBER_OF_NAMESAKE = re.compile(r" \(\d{1,5}\)$")
_ORPHANED = re.compile(r"[ \t]+(?=[.,;:!?)](?:\s|$))")


def plain(text: str) -> str:
    """What the text says; links that are numbers alone name nobody and fall away."""
    words = _NUMBERED.sub("", text)
    words = _NAMED.sub(lambda link: real_name(link[1].strip()), words)
    words = _STYLE.sub("", _ADDRESS.sub("", words))
    return _ORPHANED.sub("", words).strip()


def real_name(name: str) -> str:
    """Without the number by which Discogs tells namesakes apart: "Nirvana (2)" is called Nirvana."""
    return _NUMBER_OF_NAMESAKE.sub("", name) or name

"""Names of artist folders: which to skip or exclude, how a folder should be called, what a disk accepts."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Made by operating systems, storage boxes and sync programs; compared case-folded.
IGNORED_FOLDERS = frozenset(
    {
        "#recycle", "#snapshot", "@eadir", "@recycle", "@recently-snapshot", "@sharebin", "$recycle.bin",
        "lost+found", "recycler", "recycled", "system volume information", "__macosx",
        ".appledouble", ".appledb", ".appledesktop", ".ds_store", ".fseventsd", ".spotlight-v100",
        ".temporaryitems", ".trashes", ".trash", ".recycle", ".snapshot", ".snapshots", ".zfs", ".git",
        ".stfolder", ".stversions", ".sync", ".cache", ".thumbnails", ".sw-backup", "extrafanart", "extrathumbs",
    }
)  # fmt: skip
_IGNORED_STARTS = ("._", ".trash-", ".nfs", ".fuse_hidden", ".stillwater", ".@__")

EXCLUDED_ARTISTS = (
    "Various Artists", "Various", "VA", "Soundtrack", "Soundtracks", "OST", "[unknown]", "Unknown Artist",
)  # fmt: skip
# MusicBrainz's own entries for "Various Artists" and "[unknown]".
EXCLUDED_MBIDS = frozenset({"89ad4ac3-39f7-470e-963a-56509c546377", "125ec42a-7229-4250-afc5-e057484327fe"})

MAX_NAME_BYTES = 255
RESERVED = '/\\:*?"<>|'
_SWALLOWED = dict.fromkeys(map(ord, f"{RESERVED}-_ +.…"))
"""Letters that a rendering may drop or replace."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"(the|an|a) +(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class IgnoredFolder:
    """Why the scanner passes a folder by; `report` when it may be a real band that a person should know of."""

    reason: str
    report: bool


def why_ignored(name: str) -> IgnoredFolder | None:
    """None for a folder that is an artist."""
    folded = name.casefold()
    if folded in IGNORED_FOLDERS or folded.startswith(_IGNORED_STARTS):
        return IgnoredFolder("a folder of the operating system or another program", report=False)
    if name.startswith("."):
        return IgnoredFolder("its name starts with a dot, which hides it; rename it if it is an artist", report=True)
    return None


def is_ignored_folder(name: str) -> bool:
    return why_ignored(name) is not None


def is_excluded_artist(name: str, mbid: str = "", exclusions: Iterable[str] = EXCLUDED_ARTISTS) -> bool:
    """Whether this is a collective name rather than an artist: exact names in any case, or by MusicBrainz id."""
    return mbid.lower() in EXCLUDED_MBIDS or _comparable(name.strip()) in _all_comparable(tuple(exclusions))


def canonical_directory_name(name: str, article_mode: str = "prefix") -> str:
    """How an artist's folder should be called; '' when no folder can be called so (like '...').

    Reserved characters become underscores. `article_mode`: prefix ("The Beatles", as it is), suffix
    ("Beatles, The"), strip ("Beatles"). What Windows, Samba or the scanner would trip over is avoided:
    dots in front, dots and spaces at the end, device names, more than 255 bytes.
    """
    safe = "".join("_" if letter in RESERVED else letter for letter in _moved_article(name.strip(), article_mode))
    if not safe.isprintable():
        safe = "".join(letter for letter in safe if unicodedata.category(letter) not in {"Cc", "Cs"})
    safe = safe.lstrip(". ").rstrip(". ")
    if _DEVICE.fullmatch(safe):
        stem, dot, rest = safe.partition(".")
        safe = f"{stem}_{dot}{rest}"
    return _cut(safe, MAX_NAME_BYTES).rstrip(". ")


def same_directory_name(first: str, second: str) -> bool:
    """Equal but for case and Unicode composition, which file systems change on their own."""
    return _comparable(first) == _comparable(second)


def directory_name_fits(folder: str, name: str, article_mode: str = "prefix") -> bool:
    """Whether a folder is a fair rendering of an artist's name, so that nobody renames it to and fro.

    Beside the canonical name: AC/DC as 'AC_DC', 'AC-DC', 'AC DC' or 'ACDC', and dots that a disk swallowed
    ('Fun' for 'Fun.', '38 Special' for '.38 Special'). Fits, too, when the name allows no folder at all.
    """
    canonical = canonical_directory_name(name, article_mode)
    if not canonical or same_directory_name(folder, canonical):
        return True
    moved = _moved_article(name.strip(), article_mode)
    if _letters(folder) != _letters(moved):
        return False
    return re.fullmatch(_rendering(moved), _comparable(folder)) is not None


def directory_name_problem(new_name: str) -> str:
    """A plain sentence on why a folder can't be renamed to this, or '' when it can."""
    if not new_name.strip():
        return "the name is empty"
    if new_name in {".", ".."}:
        return "the name stands for a folder itself"
    if found := next((letter for letter in new_name if letter in RESERVED), ""):
        return f"the name contains '{found}', which Windows and network shares do not take"
    categories = {unicodedata.category(letter) for letter in new_name}
    if categories & {"Cc", "Cs", "Zl", "Zp"}:
        return "the name contains a control character or a broken one"
    if new_name[-1] in ". ":
        return "the name ends in a dot or space, which Windows and network shares drop"
    if new_name.startswith("."):
        return "the name starts with a dot, so the folder would be hidden and no scan would find it"
    if is_ignored_folder(new_name):
        return "the name is one of the operating system or another program, so no scan would find the folder"
    if _DEVICE.fullmatch(new_name):
        return "the name is a device name on Windows"
    if len(new_name.encode()) > MAX_NAME_BYTES:
        return f"the name is longer than {MAX_NAME_BYTES} bytes"
    return ""


def _moved_article(name: str, article_mode: str) -> str:
    found = _ARTICLE.fullmatch(name) if article_mode in {"suffix", "strip"} else None
    if found is None:
        return name
    return found[2] if article_mode == "strip" else f"{found[2]}, {found[1]}"


def _rendering(name: str) -> str:
    inner = _comparable(name.strip(". "))
    letters = (r"[-_ +]?" if letter in RESERVED else re.escape(letter) for letter in inner)
    return r"[._ ]*" + "".join(letters) + r"[._ …]*"


def _letters(name: str) -> str:
    """What a rendering must leave as it is: equal in both is cheap to ask, and most folders that differ differ here."""
    return _comparable(name).translate(_SWALLOWED)


@lru_cache(8)
def _all_comparable(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_comparable(name.strip()) for name in names)


@lru_cache(4096)
def _comparable(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cut(name: str, limit: int) -> str:
    return name.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")

"""Guesses from the picture files that lie in artist folders which player has been served so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from artists.folders.naming import EXTENSIONS, fold, split_name

_TELLING = {"backdrop": "jellyfin", "artist": "plex", "fanart": "kodi"}
"""Base name to the profile that calls a picture so. Emby calls them as Jellyfin does."""


@dataclass(frozen=True, slots=True)
class ProfileGuess:
    """The likely profile and why; both blank where no file tells anything."""

    profile_id: str = ""
    reason: str = ""


def guess_profile(folders: Iterable[Iterable[str]]) -> ProfileGuess:
    """`folders`: the file names of each folder. The name found in most folders decides."""
    counts: Counter[str] = Counter()
    looked = 0
    for names in folders:
        looked += 1
        counts.update({base for base in map(_picture_base, names) if base in _TELLING})
    if not counts:
        return ProfileGuess()
    base, found = counts.most_common(1)[0]
    also = " Emby names them alike." if base == "backdrop" else ""
    return ProfileGuess(_TELLING[base], f"{found} of {looked} folders looked at hold a picture called {base}.{also}")


def _picture_base(name: str) -> str:
    base, extension = split_name(fold(name))
    return base.rstrip("0123456789") if extension in EXTENSIONS else ""

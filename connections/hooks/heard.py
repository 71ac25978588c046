"""What another program says that happened, in the one shape that we act upon; odd values are left out, not believed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from artists.nfo.mbid import first_mbid

MOST_SUBJECTS = 20
"""Artists in one message; more is nobody's album."""
LONGEST = 300
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Nonsense(ValueError):
    """The message does not even name its event."""


class Deed(IntEnum):
    """What is to be done; of two the greater one covers the other."""

    NOTHING = 0
    LOOK = 1
    """Look at the artist's folder and check the rules, if we know the artist."""
    SEARCH = 2
    """The same, and search the libraries if we do not."""
    EVERYTHING = 3
    """Search the libraries."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who it is about, as far as it was said. `item_id`: the artist's key on that server."""

    mbid: str = ""
    name: str = ""
    path: str = ""
    item_id: str = ""

    @property
    def key(self) -> str:
        """The same for every message about the same artist."""
        return self.mbid or self.item_id or self.path or self.name.casefold()


@dataclass(frozen=True, slots=True)
class Heard:
    """`event` is our name for it, blank where nobody is told."""

    said: str
    deed: Deed
    event: str = ""
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event of the other program means to us."""

    deed: Deed
    event: str = ""


def event_name(body: object, key: str) -> str:
    """Raises Nonsense where there is none."""
    name = words(mapping(body).get(key))
    if not name:
        raise Nonsense(f"{key} is required")
    return name


def heard(said: str, meaning: Meaning, subjects: Iterable[Subject] = ()) -> Heard:
    """A message about an artist that names nobody asks for nothing."""
    named = {subject.key: subject for subject in subjects if subject.key}
    if meaning.deed is Deed.EVERYTHING:
        return Heard(said, meaning.deed, meaning.event)
    if not named or meaning.deed is Deed.NOTHING:
        return Heard(said, Deed.NOTHING)
    return Heard(said, meaning.deed, meaning.event, tuple(named.values())[:MOST_SUBJECTS])


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def words(value: object) -> str:
    """A text that can be stored, trimmed; blank for everything else."""
    if not isinstance(value, str) or len(value) > LONGEST or _UNSTORABLE.search(value):
        return ""
    return value.strip()


def mbids(*values: object) -> list[str]:
    """Every MusicBrainz id in texts that may join several with a slash, in order."""
    parts = (part for value in values if isinstance(value, str) for part in value[:4000].split("/"))
    return list(dict.fromkeys(found for part in parts if (found := first_mbid(part))))[:MOST_SUBJECTS]

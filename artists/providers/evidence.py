"""Holds an answer against what was asked, so that nobody gets the facts of a namesake (users-and-risks 1)."""

import re

from artists.matching.similarity import same_name
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound

_MBID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_mbid(text: str) -> bool:
    """Whether it has the form of a MusicBrainz identifier."""
    return _MBID.fullmatch(text) is not None


def require_answer_about(provider: str, asked: str, answered: str) -> None:
    """Raises NotAnswering where an identifier was asked for and the answer names another: it says nothing of ours."""
    if asked and answered and asked.casefold() != answered.casefold():
        raise NotAnswering(provider, "the answer is about another artist than was asked for")


def require_no_namesake(provider: str, lookup: Lookup, mbid: str) -> None:
    """Raises NothingFound where what was found by name or by its own id says that it is another MBID's artist."""
    if lookup.mbid and is_mbid(mbid) and mbid.casefold() != lookup.mbid.casefold():
        raise NothingFound(provider, "what it has under this name belongs to another MusicBrainz ID")


def require_like_name(provider: str, lookup: Lookup, found: str) -> None:
    """Raises NothingFound where a name that was found is less like ours than the lookup demands."""
    if not same_name(lookup.name, found, lookup.threshold):
        raise NothingFound(provider, "no name is alike enough")

"""Whether an answer is about the artist that was asked for: namesakes are never mixed (users-and-risks.md 1)."""

from collections.abc import Iterable

from artists.matching.scripts import dominant_script
from artists.matching.similarity import normalise, similarity
from artists.providers.answers import ArtistRecord
from artists.providers.base import Lookup

DEFAULT_THRESHOLD = 60
"""0 to 100; 0 accepts every name (providers.md 6)."""


def contradiction(
    record: ArtistRecord, lookup: Lookup, names: Iterable[str], threshold: int = DEFAULT_THRESHOLD
) -> str:
    """Why this answer is about somebody else, or '' when nothing speaks against it.

    A MusicBrainz ID decides, whatever the names are. Without one a name has to be like one of `names` (what the artist
    is called here and at MusicBrainz). Names in different scripts cannot be compared: then the identifier by which
    the artist was found is enough, and a search by name is not.
    """
    stated = record.ids.get("musicbrainz", "").lower()
    if stated and lookup.mbid:
        return "" if stated == lookup.mbid.lower() else f"it answers about another artist (MusicBrainz ID {stated})"
    if threshold <= 0 or not record.name:
        return ""
    return _by_name(record, lookup, [name for name in names if name], threshold)


def survivor_of(record: ArtistRecord, names: Iterable[str], threshold: int = DEFAULT_THRESHOLD) -> str:
    """The MBID that MusicBrainz has merged the asked one into; '' when it has not, or answers about somebody else."""
    if not record.asked_id or record.asked_id.lower() == record.provider_id.lower():
        return ""
    likeness = _likeness(_names_of(record), list(names))
    return record.provider_id if likeness is None or likeness >= threshold else ""


def _by_name(record: ArtistRecord, lookup: Lookup, names: list[str], threshold: int) -> str:
    likeness = _likeness(_names_of(record), names)
    if likeness is None:
        found_by_id = bool(lookup.mbid or lookup.own(record.provider))
        return "" if found_by_id else f"the name {record.name} cannot be compared"
    if likeness >= threshold:
        return ""
    return f"it answers about {record.name}, a name only {likeness} % alike"


def _names_of(record: ArtistRecord) -> list[str]:
    return [name for name in (record.name, record.sort_name, *(alias.name for alias in record.aliases)) if name]


def _likeness(theirs: list[str], ours: list[str]) -> int | None:
    """0 to 100, the best of all pairs in one script; None when there is no such pair."""
    pairs = [(one, other) for one in theirs for other in ours if dominant_script(one) == dominant_script(other)]
    return max((_percent(one, other) for one, other in pairs), default=None)


def _percent(one: str, other: str) -> int:
    """The order of the words does not matter: Sheena Ringo is Ringo Sheena."""
    return int(100 * max(similarity(one, other), similarity(_sorted(one), _sorted(other))))


def _sorted(name: str) -> str:
    return " ".join(sorted(normalise(name).replace(",", " ").split()))

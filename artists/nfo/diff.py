"""How the file on disk differs from what is stored, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from artists.nfo.document import NfoDocument

DiffStatus = Literal["added", "removed", "changed", "unchanged"]

DIFF_LABELS: dict[str, str] = {
    "name": "Name",
    "sort_name": "Sort Name",
    "type": "Type",
    "gender": "Gender",
    "disambiguation": "Disambiguation",
    "musicbrainz_id": "MusicBrainz ID",
    "audiodb_id": "AudioDB ID",
    "years_active": "Years Active",
    "born": "Born",
    "formed": "Formed",
    "died": "Died",
    "disbanded": "Disbanded",
    "biography": "Biography",
    "genres": "Genres",
    "styles": "Styles",
    "moods": "Moods",
}
"""Field key → label, in the order shown (files-and-platforms.md 1.6)."""


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field: `old` is the file's text, `new` the stored one; lists are joined by a comma and a space."""

    field: str
    label: str
    old: str
    new: str
    status: DiffStatus


def nfo_diff(disk: NfoDocument | None, stored: Mapping[str, object]) -> list[FieldDiff]:
    """Compare a file (None: there is none that can be read) with stored values by field key, mapped for output."""
    before = (disk or NfoDocument()).values()
    return [_compared(field, label, before[field], stored.get(field)) for field, label in DIFF_LABELS.items()]


def _compared(field: str, label: str, before: object, after: object) -> FieldDiff:
    old, new = _shown(before), _shown(after)
    return FieldDiff(field, label, old, new, _status(old, new))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value).strip()


def _status(old: str, new: str) -> DiffStatus:
    if old == new:
        return "unchanged"
    if not old:
        return "added"
    return "changed" if new else "removed"

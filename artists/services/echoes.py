"""What a file states and must not replace what is stored: old values that come back in a file that somebody wrote from
memory, so that a person's edit is not undone by them, and what nobody understands."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from artists.fields import BY_KEY
from artists.matching.dates import parse_date
from artists.models import Artist, MetadataChange
from artists.services.permission import MANUAL

_UNDERSTOOD = frozenset(key for key, field in BY_KEY.items() if field.kind in ("date", "choice"))

Typed = dict[tuple[int, str], tuple[Any, Any]]

NOTE = "artist.nfo states an earlier value of {}; what was typed here stays"
NONSENSE = "artist.nfo states no {} that can be read; what is stored stays"


def typed_values(rows: Iterable[tuple[Artist, Mapping[str, object]]]) -> Typed:
    """By artist and field, what a person's last edit replaced and by what, where a file states something else.

    Jellyfin writes the file from what it read long ago, so that the old value comes back after every edit of ours.
    """
    asked = [
        (artist.pk, key)
        for artist, values in rows
        for key, value in values.items()
        if key in BY_KEY and artist.metadata_sources.get(key) == MANUAL and getattr(artist, key) != value
    ]
    if not asked:
        return {}
    edits = MetadataChange.objects.filter(
        artist_id__in={pk for pk, _ in asked}, field__in={key for _, key in asked}, source=MANUAL
    ).order_by("pk")
    return {
        (pk, key): (old, new) for pk, key, old, new in edits.values_list("artist", "field", "old_value", "new_value")
    }


def without_echoes(artist: Artist, values: Mapping[str, object], typed: Typed) -> dict[str, object]:
    """`values` without those that a person has replaced by what is stored; the scan's note says which."""
    echoes = [
        key
        for key, value in values.items()
        if (artist.pk, key) in typed and typed[artist.pk, key] == (value, getattr(artist, key))
    ]
    return _without(values, echoes, NOTE)


def without_nonsense(artist: Artist, values: Mapping[str, object]) -> dict[str, object]:
    """`values` without dates and genders that nobody understands, where what is stored can be understood."""
    nonsense = [
        key
        for key, value in values.items()
        if key in _UNDERSTOOD and value and not _makes_sense(key, value) and _makes_sense(key, getattr(artist, key))
    ]
    return _without(values, nonsense, NONSENSE)


def _makes_sense(key: str, value: object) -> bool:
    field = BY_KEY[key]
    return parse_date(str(value)) is not None if field.kind == "date" else value in field.choices


def _without(values: Mapping[str, object], keys: Collection[str], note: str) -> dict[str, object]:
    left = {key: value for key, value in values.items() if key not in keys}
    if keys and "scan_note" in left:
        told = note.format(", ".join(BY_KEY[key].label.lower() for key in keys))
        left["scan_note"] = "; ".join(filter(None, (told, str(left["scan_note"]))))[:500]
    return left

"""Old values that come back in a file that somebody wrote from memory: a person's edit is not undone by them."""

from collections.abc import Iterable, Mapping
from typing import Any

from artists.fields import BY_KEY
from artists.models import Artist, MetadataChange
from artists.services.permission import MANUAL

Typed = dict[tuple[int, str], tuple[Any, Any]]

NOTE = "artist.nfo states an earlier value of {}; what was typed here stays"


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
    left = {key: value for key, value in values.items() if key not in echoes}
    if echoes and "scan_note" in left:
        note = NOTE.format(", ".join(BY_KEY[key].label.lower() for key in echoes))
        left["scan_note"] = "; ".join(filter(None, (note, str(left["scan_note"]))))[:500]
    return left

"""The database's half of an operation: one short transaction that re-reads the row, obeys the locks and records."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from artists.fields import BY_KEY
from artists.models import Artist, MetadataChange, Operation
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, plain
from artists.services.facts import SOURCES_OF_FACTS, derive
from artists.services.permission import ARTIST_LOCKED, IMAGE_LOCKED, NAME_KEPT, is_automatic, permitted
from stillwater.errors import Conflict, Gone, Invalid, Locked

RECORDED_FACTS = frozenset(
    {
        "path", "is_classical", "is_excluded", "exclusion_reason", "exclusion_by_hand",
        "locked", "lock_source", "locked_at", "locked_fields",
    }
)  # fmt: skip
"""Columns beside the fields that a person decides: their changes are kept and can be taken back."""

QUIET_FACTS = frozenset({"nfo_hash", "nfo_written_hash", "nfo_mtime_ns", "last_scanned_at", "folder_stamp"})
"""Columns that no rule asks for: writing them does not ask for a new evaluation (bug 48)."""

CUT_OFF = "Stillwater was stopped before the files could follow"
"""Stands with an operation from the saving of its fields until its files are done: after a crash it tells the truth."""

Before = dict[str, tuple[Any, Any]]
"""Key to the old and the new value."""


def fresh(pk: int) -> Artist:
    """The row as it is now, locked until the transaction ends. Raises Gone: nothing is written blind."""
    try:
        return Artist.objects.select_for_update().get(pk=pk)
    except Artist.DoesNotExist:
        raise Gone("artist no longer exists") from None


def save_rows(change: Change) -> None:
    """Write what the change wants and has not written yet; nothing at all if one part is refused to a person.

    Raises Locked, Invalid, Gone, and Conflict for a folder that another artist has.
    """
    if not change.is_waiting:
        return
    try:
        with transaction.atomic():
            artist = fresh(change.artist.pk)
            changed = _assign(change, artist, *change.take_wanted(artist))
            record(change, changed)
    except IntegrityError as error:
        raise Conflict("another artist already has this folder") from error
    change.changed |= changed
    _refresh(change.artist, artist)


def record(change: Change, changed: Before) -> None:
    """Keep the old values of what changed under the change's operation, which is made if need be."""
    kept = {key: values for key, values in changed.items() if is_recorded(key)}
    if not kept:
        return
    stored = the_operation(change, kept)
    MetadataChange.objects.bulk_create(
        MetadataChange(
            operation=stored,
            artist_id=change.artist.pk,
            field=key,
            old_value=plain(old),
            new_value=plain(new),
            source=change.origins.get(key, change.source),
            old_label=change.old_labels.get(key, ""),
        )
        for key, (old, new) in kept.items()
    )


def the_operation(change: Change, about: Iterable[str] = ()) -> Operation:
    """The row of this operation, made at the first need."""
    if change.operation is None:
        change.operation = Operation.objects.create(
            group=change.group,
            artist_id=change.artist.pk,
            artist_name=change.artist.name,
            source=change.source,
            warning=CUT_OFF if change.steps_after_rows else "",
            summary=(change.summary or summary_of(about))[:300],
            actor=change.actor,
            undoes=change.undoes,
        )
    return change.operation


def summary_of(keys: Iterable[str]) -> str:
    labels = [BY_KEY[key].label.lower() if key in BY_KEY else key.replace("_", " ") for key in keys]
    return f"Changed {', '.join(labels)}" if labels else "Changed files"


def assign_values(artist: Artist, values: Mapping[str, object]) -> Before:
    """Set columns in memory; returns old and new of those that differ."""
    changed: Before = {}
    for column, value in values.items():
        old = getattr(artist, column)
        if old != value:
            setattr(artist, column, value)
            changed[column] = (old, value)
    return changed


def finish(artist: Artist, changed: Before, labels: Mapping[str, str]) -> set[str]:
    """What follows from the changes: sources of the values, derived facts, moments. Returns the columns to save."""
    columns = {key for key in changed if key not in COLLECTIONS}
    if SOURCES_OF_FACTS & changed.keys():
        columns.update(derive(artist))
    fields = [key for key in changed if key in BY_KEY]
    if fields:
        artist.metadata_sources = _sources(artist, fields, labels)
        columns.add("metadata_sources")
    if changed.keys() - QUIET_FACTS:
        artist.dirty_since = artist.updated_at = timezone.now()
        columns |= {"dirty_since", "updated_at"}
    return columns


def label_of(source: str) -> str:
    """How metadata_sources names a source: the provider alone, nfo for what the file said."""
    kind, _, name = source.partition(":")
    return name if kind == "provider" else "nfo" if kind in ("scan", "import") else source


def _assign(change: Change, artist: Artist, wanted: Mapping[str, object], facts: Mapping[str, object]) -> Before:
    allowed, refused = permitted(artist, wanted, change.source)
    _refuse_person(change, refused)
    change.refused |= refused
    changed = assign_values(artist, {key: value for key, value in allowed.items() if key in BY_KEY} | dict(facts))
    changed |= _replace_collections(change, artist, allowed)
    labels = {key: change.labels.get(key, label_of(change.origins.get(key, change.source))) for key in changed}
    change.old_labels |= {key: artist.metadata_sources.get(key, "") for key in changed}
    columns = finish(artist, changed, labels)
    if columns:
        artist.save(update_fields=columns)
    return changed


def _refuse_person(change: Change, refused: Mapping[str, str]) -> None:
    if is_automatic(change.source):
        return
    for key, reason in refused.items():
        raise Invalid(reason, key) if reason == NAME_KEPT else Locked(reason)


def _replace_collections(change: Change, artist: Artist, allowed: Mapping[str, object]) -> Before:
    changed: Before = {}
    for key, collection in COLLECTIONS.items():
        rows = allowed.get(key)
        if not isinstance(rows, list):
            continue
        old = collection.read(artist)
        if key.startswith("images."):
            _refuse_locked_images(change, artist, old, rows)
        if old != rows:
            collection.replace(artist, rows)
            changed[key] = (old, collection.read(artist))
    return changed


def _refuse_locked_images(change: Change, artist: Artist, old: list[Any], rows: list[Any]) -> None:
    """The pictures of a locked artist, and locked pictures, stay as they are for every automatic source."""
    if not is_automatic(change.source):
        return
    if artist.locked:
        raise Locked(ARTIST_LOCKED)
    if any(row["locked"] and row not in rows for row in old):
        raise Locked(IMAGE_LOCKED)


def _sources(artist: Artist, fields: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    sources = dict(artist.metadata_sources)
    for key in fields:
        sources.pop(key, None)
        if getattr(artist, key) and labels.get(key):
            sources[key] = labels[key]
    return sources


def refuse_undone(undone: Operation) -> None:
    """Raises Conflict, asked before any file is touched."""
    if not Operation.objects.filter(pk=undone.pk, undone_at=None).exists():
        raise Conflict("this change has already been undone")


def mark_undone(undone: Operation) -> None:
    """Raises Conflict when somebody was quicker."""
    if not Operation.objects.filter(pk=undone.pk, undone_at=None).update(undone_at=timezone.now()):
        raise Conflict("this change has already been undone")


def is_recorded(key: str) -> bool:
    return key in RECORDED_FACTS or key in COLLECTIONS or (key in BY_KEY and BY_KEY[key].tracked)


def _refresh(target: Artist, source: Artist) -> None:
    """The caller's object shows what is stored now."""
    for field in Artist._meta.concrete_fields:
        setattr(target, field.attname, getattr(source, field.attname))

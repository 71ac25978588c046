"""Looks at an artist's NFO on disk: how it differs from what is stored, who changed it, and what it was before."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime

from artists.models import Artist, NfoSnapshot
from artists.nfo.diff import FieldDiff
from artists.nfo.diff import nfo_diff as compare
from artists.nfo.document import NfoDocument
from artists.nfo.mapping import import_values
from artists.nfo.outline import MAX_BYTES
from artists.nfo.reader import read_nfo
from artists.services.change import Change
from artists.services.gates import external_writer, require_write
from artists.services.nfo_disk import digest_of, present_nfo
from artists.services.nfo_output import output_values
from artists.services.operations import operation
from artists.services.permission import FIELD_LOCKED
from artists.services.places import nfo_path, require_nfo_path
from artists.services.snapshots import kept
from artists.services.values import clean
from artists.services.writeback import write_in
from stillwater.errors import Invalid, NotFound, Unprocessable
from stillwater.files import FileMissing, read_bytes_limited
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class NfoDiff:
    """Every field, the file's value against the stored one. `problem`: why the file could not be read, if so."""

    exists: bool
    fields: list[FieldDiff]
    problem: str = ""

    @property
    def has_changes(self) -> bool:
        return any(field.status != "unchanged" for field in self.fields)


@dataclass(frozen=True, slots=True)
class NfoConflict:
    """Whether somebody else has changed the file since we last wrote it (or, never having written it, read it)."""

    has_conflict: bool
    reason: str = ""
    external_writer: str = ""
    last_modified: datetime | None = None


def nfo_diff(artist: Artist) -> NfoDiff:
    """A missing or unreadable file counts as one that says nothing; an artist without a folder has no differences."""
    path = nfo_path(artist)
    if path is None:
        return NfoDiff(False, [])
    try:
        reading = read_nfo(read_bytes_limited(path, MAX_BYTES))
    except FileMissing:
        return NfoDiff(False, compare(None, output_values(artist)))
    return NfoDiff(True, compare(reading.document, output_values(artist)), reading.error)


def nfo_conflict(artist: Artist) -> NfoConflict:
    """Compares contents; the file's time only tells when. Raises what the disk says when it can't be read."""
    path = nfo_path(artist)
    if path is None:
        return NfoConflict(False)
    try:
        data = read_bytes_limited(path, MAX_BYTES)
        modified = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    except (FileMissing, FileNotFoundError):
        return NfoConflict(False)
    known = artist.nfo_written_hash or artist.nfo_hash
    if not known or hashlib.sha256(data).hexdigest() == known:
        return NfoConflict(False, last_modified=modified)
    since = "since Stillwater wrote it" if artist.nfo_written_hash else "since Stillwater read it"
    return NfoConflict(True, f"artist.nfo was changed {since}", external_writer(artist), modified)


def nfo_snapshots(artist: Artist) -> list[NfoSnapshot]:
    """What the file was before each of our writes, newest first, as far as it is kept."""
    return list(NfoSnapshot.objects.filter(operation__artist=artist).select_related("operation"))


def snapshot_text(snapshot: NfoSnapshot) -> str:
    """Raises Gone when the bytes have been swept."""
    return kept(snapshot.content_hash).decode("utf-8", "replace")


def restore_nfo(artist: Artist, snapshot_id: int, *, actor: User | None = None) -> Change:
    """Put a kept file back, byte for byte, and take every value it states; locked fields stay (`refused` names them).

    Raises NotFound, Gone, Unprocessable for a snapshot that is no artist file, WriteBlocked, Conflict without a folder.
    """
    snapshot = NfoSnapshot.objects.filter(pk=snapshot_id, operation__artist=artist).first()
    if snapshot is None:
        raise NotFound("snapshot not found")
    data = kept(snapshot.content_hash)
    reading = read_nfo(data)
    if reading.document is None:
        raise Unprocessable(f"this snapshot cannot be restored: {reading.error}")
    require_write("nfo", artist)
    path = require_nfo_path(artist)
    existing = present_nfo(path)
    with operation(artist, summary="Restored artist.nfo", actor=actor) as change:
        _set_restored(change, reading.document)
        write_in(change, path, data, mode=snapshot.mode, based_on=digest_of(existing))
    return change


def _set_restored(change: Change, document: NfoDocument) -> None:
    """Restoring sets every field (behaviour.md 4): what the file leaves out becomes blank, but nobody nameless."""
    stated = import_values(document)
    for key, value in document.values().items():
        if key not in stated and key in ("name", "origin"):
            continue
        if key in change.artist.locked_fields:
            change.refused[key] = FIELD_LOCKED
            continue
        try:
            change.set(key, clean(key, value), origin="import", checked=True)
        except Invalid as error:
            change.refused[key] = error.message

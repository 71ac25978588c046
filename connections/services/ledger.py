"""The conflict ledger: who else writes our files. Read from one row; renewed from what was last seen of the servers.

Threads and processes look at the servers in turn, and whoever waited is served what the others found.
"""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from artists.folders.storable import on_disk, storable
from artists.models import ForeignFile, Library
from connections.conflicts.standing import Entry, RoundTrip, Shelf, round_trips
from connections.conflicts.verdict import AXES, Conflicts
from connections.folders import overlap
from connections.models import Connection, Ledger, SeenLibrary
from connections.services.access import spec
from connections.services.looking import look_at_all, lookable
from connections.services.paths import Places
from stillwater.events import publish
from stillwater.files import exclusive
from stillwater.progress import Progress, no_progress

AGE = timedelta(minutes=5)
"""How old what was seen of a server may become before it is asked again (behaviour 7)."""

_ROW = 1


def conflicts() -> Conflicts:
    """How it stands, in one query; nobody is asked."""
    row = Ledger.objects.filter(pk=_ROW).first()
    return renew() if row is None else _read(row)


def refresh(progress: Progress = no_progress) -> Conflicts:
    """Ask every server that is switched on. Who has waited for another's turn takes what that one found."""
    asked_at = timezone.now()
    with exclusive(settings.STILLWATER_DATA / "locks" / "conflicts"):
        known = conflicts()
        if known.generated_at > asked_at and all(_seen_since(entry, asked_at) for entry in known.entries):
            return known
        look_at_all(lookable(), progress)
        return renew()


def renew() -> Conflicts:
    """Write down anew what follows from what is stored, and say so where it has changed."""
    with transaction.atomic():
        row, _ = Ledger.objects.select_for_update().get_or_create(pk=_ROW)
        before = row.fingerprint
        entries = _entries()
        now = timezone.now()
        trips = round_trips(entries, now)
        row.entries = [entry.plain() for entry in entries]
        row.round_trips = [_plain(trip) for trip in trips]
        row.foreign_files = ForeignFile.objects.exclude(content_hash="").count()
        row.generated_at = now
        row.fingerprint = _fingerprint(_read(row))
        row.save()
    found = _read(row)
    if row.fingerprint != before:
        publish("conflict.changed", _payload(found))
    return found


def is_old(found: Conflicts) -> bool:
    """Whether a server that is on was not asked for a while, or did not answer the last time."""
    on = [entry for entry in found.entries if entry.enabled]
    return any(entry.problem or not _seen_since(entry, found.now - AGE) for entry in on)


def dismiss_banner() -> None:
    """Put the banner away for everybody, until it has something else to say. What is held back stays so."""
    row = Ledger.objects.filter(pk=_ROW).first()
    if row is not None:
        Ledger.objects.filter(pk=_ROW).update(dismissed=row.fingerprint)
        publish("conflict.changed", _payload(_read(row)))


def _seen_since(entry: Entry, moment: datetime) -> bool:
    return not entry.enabled or (entry.looked_at is not None and entry.looked_at >= moment)


def seed(**_signal: object) -> None:
    """After every migration: connections of an older version are in the ledger before anybody writes a file."""
    renew()


def _read(row: Ledger) -> Conflicts:
    return Conflicts(
        tuple(map(Entry.of, row.entries)),
        tuple(RoundTrip(**trip) for trip in row.round_trips),
        row.foreign_files,
        row.generated_at,
        timezone.now(),
        row.fingerprint,
        bool(row.fingerprint) and row.dismissed == row.fingerprint,
    )


def _entries() -> list[Entry]:
    paths = list(Library.objects.exclude(path="").values_list("path", flat=True))
    rows = Connection.objects.select_related("look").prefetch_related("seen_libraries")
    return [_entry(row, paths) for row in rows if "libraries" in spec(row).capabilities]


def _entry(row: Connection, paths: list[str]) -> Entry:
    look = getattr(row, "look", None)
    places = Places.of(row)
    return Entry(
        connection_id=row.pk,
        name=row.name,
        type=row.type,
        label=spec(row).label,
        enabled=row.enabled,
        managed=row.feature_manage_server_files,
        reads="metadata" in spec(row).capabilities,
        concerned=bool(paths),
        problem=look.problem if look else "it has not been asked yet",
        looked_at=look.looked_at if look else None,
        shelves=tuple(_shelf(seen, places, paths) for seen in row.seen_libraries.all()),
    )


def _shelf(seen: SeenLibrary, places: Places, paths: list[str]) -> Shelf:
    """A folder that no mapping reaches and that reads like none of ours may be any of ours: other mounts, same disk."""
    ours: set[str] = set()
    anywhere = False
    for location in seen.locations:
        local = places.local(location)
        met = _met(local, paths) if local else {path for path in paths if overlap(location, path)}
        ours |= met
        anywhere = anywhere or not (local or met)
    return Shelf(seen.name, tuple(seen.locations), tuple(sorted(ours)), anywhere, seen.writes_nfo, seen.writes_images)


def _met(local: str, paths: Iterable[str]) -> set[str]:
    """The part of our libraries that the folder is, holds or lies in, whatever links lead there; storable spelling."""
    real = os.path.realpath(on_disk(local))
    met = set()
    for path in paths:
        root = os.path.realpath(on_disk(path))
        if overlap(real, root):
            inner = os.path.relpath(real, root)
            met.add(path if inner.startswith("..") or inner == "." else f"{path.rstrip('/')}/{storable(inner)}")
    return met


def _fingerprint(found: Conflicts) -> str:
    """Of what a person would be told; how many foreign files there are is not worth telling anew."""
    if found.state == "clean":
        return ""
    told: list[object] = [found.state, found.level, *found.round_trips]
    told += [(each.entry.connection_id, each.axes, each.unknown, each.libraries) for each in found.offences]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _plain(trip: RoundTrip) -> dict[str, object]:
    return {name: getattr(trip, name) for name in RoundTrip.__slots__}


def _payload(found: Conflicts) -> dict[str, object]:
    return {
        "banner_state": found.state,
        **{f"{axis}_gated": found.gated(axis) for axis in AXES},
        "round_trip": bool(found.round_trips),
    }

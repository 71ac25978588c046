"""Scan libraries: folders become artists, changes on disk are taken over, vanished folders are asked about."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from django.utils import timezone

from artists.folders.storable import on_disk
from artists.models import Artist, Library
from artists.services.cut_off import sweep_cut_off
from artists.services.parallel import cores
from artists.services.pictures.moving_in import move_in_all
from artists.services.places import owning_library
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.image_rows import known_images
from artists.services.scanner.inspection import FolderTask, Inspected, inspect
from artists.services.scanner.reconciling import Changed, update_artists
from artists.services.scanner.results import ScanResult
from artists.services.scanner.running import Scan
from artists.services.scanner.standing import seen_before
from artists.services.scanner.visiting import Visit
from artists.services.scanner.walking import list_folder
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

FEWER_COLLECTIONS = 50_000
"""New objects before Python looks for circles among them: rows and facts have none, and every look costs."""


def scan_libraries(
    libraries: Sequence[Library] | None = None, *, progress: Progress = no_progress, workers: int | None = None
) -> ScanResult:
    """Bring what is stored in step with the folders of the libraries; None: of all that have one.

    Findings can be shown while it runs: after each batch `artists.scanned` {artist_ids} is published. A library
    that must not be touched has its `scan_problem` set and is left alone; the result's notes tell everything else.
    Killed or cancelled in the middle, the next scan goes on where this one was. Raises Cancelled.
    """
    chosen = [library for library in (Library.objects.all() if libraries is None else libraries) if library.path]
    result = ScanResult()
    if not chosen:
        return _finished(result, "no library has a folder")
    sweep_cut_off()  # what a killed process left half done must not be taken for what a person wants
    scan = Scan(result, Conditions.current(), progress, cores() if workers is None else workers)
    result.notes += move_in_all()  # what could not move into its artist's folder before
    with _rarely_collecting():
        scan.run(chosen)
    problems = [visit.problem for visit in scan.visits if visit.problem]
    return _finished(result, problems[0] if len(problems) == len(chosen) else "")


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(max(FEWER_COLLECTIONS, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def survey(library: Library) -> Visit:
    """What a scan of this library would find gone; nothing is written."""
    return Scan(ScanResult(), Conditions.current(), no_progress, workers=1).survey(library)


def scan_artist(artist: Artist) -> bool:
    """Look into one artist's folder alone; returns whether anything changed. A folder that is not there is left to
    the scan of its library, which knows whether the disk is well.
    """
    folder = on_disk(artist.path)
    listing = list_folder(folder) if folder else None
    if listing is None or listing.problem:
        return False
    library = owning_library(artist.path)
    conditions = Conditions.current()
    namings = conditions.namings(library)
    known = known_images([artist.pk])[artist.pk]
    seen = seen_before([artist.pk]).get(artist.pk, {})
    facts = inspect(namings, FolderTask(folder, listing.entries, len(listing.folders), known))
    inspected = Inspected(os.path.basename(folder), artist.path, listing.stamp(conditions.salt(library)), facts, seen)
    updated = update_artists(None, conditions, [Changed(artist.pk, inspected, path=artist.path)], group=uuid4())
    if updated:
        publish("artists.scanned", {"artist_ids": updated})
    return bool(updated)


def _finished(result: ScanResult, error: str) -> ScanResult:
    result.error = error
    result.status = "failed" if error else "completed"
    result.completed_at = timezone.now()
    publish(
        "scan.completed",
        {
            "scan_id": result.id,
            "status": result.status,
            "total_directories": result.total_directories,
            "new_artists": result.new_artists,
            "updated_artists": result.updated_artists,
            "removed_artists": result.removed_artists,
            "message": result.message,
        },
    )
    return result

"""Background work of floor 2: scan the libraries, then look at what is new: pictures and tags."""

from typing import Any

from artists.models import ForeignFile, Library
from artists.services import fingerprints
from artists.services.alike_pictures import find_near_pictures
from artists.services.foreign.examining import examine, waiting
from artists.services.scanner.scanning import scan_libraries
from artists.tasks.tagging import start_read_tags
from stillwater import jobs
from stillwater.models import Job, User
from stillwater.progress import Progress

SCAN, FINGERPRINT, FOREIGN = "scan", "fingerprint", "foreign_files"


@jobs.job(SCAN, "Scanning the library", attempts=jobs.LONG_WORK)
def scan(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `library_id`, or nothing for all."""
    library_id = params.get("library_id")
    libraries = list(Library.objects.filter(pk=library_id)) if library_id else None
    result = scan_libraries(libraries, progress=progress)
    start_fingerprints()
    start_foreign_files()
    start_read_tags()
    return result.as_plain()


@jobs.job(FINGERPRINT, "Looking at the pictures", attempts=jobs.LONG_WORK)
def fingerprint(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    result = fingerprints.take_fingerprints(progress=progress)
    if result.pictures:
        find_near_pictures()
    return result.as_plain()


@jobs.job(FOREIGN, "Looking for pictures of other programs", attempts=jobs.LONG_WORK)
def foreign_files(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `all`: also at those that are listed already."""
    return examine(None if params.get("all") else waiting(), progress=progress).as_plain()


def start_scan(asked_by: User | None, library_id: int | None = None) -> tuple[Job, bool]:
    """Queue a scan; one at a time, whatever it scans. Returns the job and whether it is new."""
    params = {"library_id": library_id} if library_id is not None else {}
    return jobs.start(SCAN, params, asked_by=asked_by)


def start_fingerprints() -> None:
    if fingerprints.waiting_count():
        jobs.start(FINGERPRINT)


def start_foreign_files(*, again: bool = False) -> None:
    """Look at what scans noted; `again`: at what is listed as well."""
    if (ForeignFile.objects.all() if again else waiting()).exists():
        jobs.start(FOREIGN, {"all": True} if again else {})

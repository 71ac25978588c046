"""Background work of floor 2: scan the libraries, then look at what is new: pictures and tags."""

from typing import Any

from artists.models import Library
from artists.services import fingerprints
from artists.services.scanner.scanning import scan_libraries
from artists.tasks.tagging import start_read_tags
from stillwater import jobs
from stillwater.models import Job, User
from stillwater.progress import Progress

SCAN, FINGERPRINT = "scan", "fingerprint"


@jobs.job(SCAN, "Scanning the library")
def scan(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `library_id`, or nothing for all."""
    library_id = params.get("library_id")
    libraries = list(Library.objects.filter(pk=library_id)) if library_id else None
    result = scan_libraries(libraries, progress=progress)
    start_fingerprints()
    start_read_tags()
    return result.as_plain()


@jobs.job(FINGERPRINT, "Looking at the pictures")
def fingerprint(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    return fingerprints.take_fingerprints(progress=progress).as_plain()


def start_scan(asked_by: User | None, library_id: int | None = None) -> tuple[Job, bool]:
    """Queue a scan; one at a time, whatever it scans. Returns the job and whether it is new."""
    params = {"library_id": library_id} if library_id is not None else {}
    return jobs.start(SCAN, params, asked_by=asked_by)


def start_fingerprints() -> None:
    if fingerprints.waiting_count():
        jobs.start(FINGERPRINT)

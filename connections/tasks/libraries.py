"""Background work of floor 3: taking over the artists of a server's library."""

from datetime import timedelta
from typing import Any

from artists.models import Library
from artists.services.scan_status import POPULATE, SERVER_SCAN
from connections.services.access import client_of
from connections.services.bring_pictures import bring_pictures, wants_pictures
from connections.services.populate import connection_of, populate
from stillwater import jobs
from stillwater.errors import NotFound
from stillwater.models import Job, User
from stillwater.progress import Progress

PICTURES = "server_pictures"


@jobs.job(POPULATE, "Taking over artists from a server", attempts=jobs.LONG_WORK)
def populate_library(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `library_id`."""
    library = _library(params)
    result = populate(library, progress=progress)
    start_pictures(library)
    return result.as_plain()


@jobs.job(PICTURES, "Bringing pictures from a server", deadline=timedelta(hours=24), attempts=jobs.LONG_WORK)
def bring(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `library_id`."""
    result = bring_pictures(_library(params), progress=progress)
    return {"message": result.words(), "pictures": result.pictures, "problems": result.problems}


@jobs.job(SERVER_SCAN, "Scanning through a server")
def scan_through_server(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `library_id`. The server looks at its folders at its leisure; what it knows by now is taken over."""
    library = _library(params)
    client = client_of(connection_of(library))
    if "scan" in client.spec.capabilities:
        client.scan()
    result = populate(library, progress=progress)
    start_pictures(library)
    return result.as_plain()


def start_populate(library: Library, *, asked_by: User | None = None) -> tuple[Job, bool]:
    """One operation for each library; returns the job and whether it is new."""
    return jobs.start(POPULATE, {"library_id": library.pk}, key=_key(library), asked_by=asked_by)


def start_server_scan(library: Library, *, asked_by: User | None = None) -> tuple[Job, bool]:
    return jobs.start(SERVER_SCAN, {"library_id": library.pk}, key=_key(library), asked_by=asked_by)


def start_pictures(library: Library) -> None:
    """One run for each library; it takes up what one that was stopped has left."""
    if wants_pictures(connection_of(library)):
        jobs.start(PICTURES, {"library_id": library.pk}, key=f"pictures of library {library.pk}")


def _key(library: Library) -> str:
    return f"library {library.pk} of a server"


def _library(params: dict[str, Any]) -> Library:
    library = Library.objects.filter(pk=params["library_id"]).first()
    if library is None:
        raise NotFound("the library was removed")
    return library

"""Start a scan of all libraries, and ask how it goes."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.services.scan_status import scan_status
from artists.tasks.scanning import start_scan
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Conflict

router = Router(tags=["Scanner"])


class ScanStatus(Schema):
    """A scan: `status` is idle, running, completed, failed or cancelled."""

    id: str = ""
    status: str
    running: bool
    started_at: datetime | None = None
    completed_at: datetime | None = None
    processed: int = 0
    total: int | None = None
    total_directories: int = 0
    new_artists: int = 0
    updated_artists: int = 0
    removed_artists: int = 0
    missing_artists: int = 0
    message: str = ""
    error: str = ""
    notes: list[str] = []


@router.post(
    "/scanner/run",
    operation_id="runScanner",
    url_name="run_scanner",
    summary="Scan all libraries",
    response={202: ScanStatus, **errors(401, 409)},
)
def run_scanner(request: HttpRequest) -> Status[ScanStatus]:
    """One scan at a time."""
    job, is_new = start_scan(caller(request))
    if not is_new:
        raise Conflict("a scan is already running")
    return Status(202, ScanStatus(**scan_status(job)))


@router.get(
    "/scanner/status",
    operation_id="getScannerStatus",
    url_name="scanner_status",
    summary="How the scan goes",
    response={200: ScanStatus, **errors(401)},
)
def get_scanner_status(request: HttpRequest) -> ScanStatus:
    """The running scan, or the last one."""
    return ScanStatus(**scan_status())

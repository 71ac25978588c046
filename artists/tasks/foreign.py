"""What the clock does about pictures of other programs."""

from datetime import timedelta

from django.utils import timezone

from artists.models import Library
from artists.tasks.scanning import start_foreign_files, start_scan
from stillwater.schedule import is_due
from stillwater.services.options import option_number

HOUR = 3600.0


def tick() -> None:
    """Called every minute. What a scan noted is looked at; every so many hours (an option) the folders are gone
    through for what nobody noticed, and what is listed is looked at again.
    """
    hours = option_number("foreign_file_scan.interval_hours")
    due = is_due("foreign-files", hours * HOUR)
    if due and _stale_libraries(hours):
        start_scan(None)
    start_foreign_files(again=due)


def _stale_libraries(hours: int) -> bool:
    """Scanned once, and not since; one that never was is left to people."""
    before = timezone.now() - timedelta(hours=hours)
    return Library.objects.exclude(path="").filter(last_scanned_at__lt=before).exists()

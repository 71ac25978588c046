"""What automation did to files: each that it wrote, replaced, renamed or removed, with the operation to take back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from artists.models import FileSnapshot, Operation
from artists.services.snapshots import oldest_kept
from rules.reports.automation import BY_ITSELF
from rules.reports.series import day_begins_locally
from stillwater.remembered import until_written

DEEDS = {"written": "Written", "replaced": "Replaced", "renamed": "Renamed", "removed": "Removed"}
SORTS = {"nfo": "NFO files", "picture": "Pictures", "folder": "Folders"}
HEADER = ("When", "Artist", "File", "What", "Became", "Bytes before", "By", "Summary", "Now")
_DEED = Case(
    When(~Q(moved_to=""), then=Value("renamed")),
    When(after_hash="", then=Value("removed")),
    When(existed=False, then=Value("written")),
    default=Value("replaced"),
    output_field=CharField(),
)
_NFO, _FOLDER = Q(path__iendswith="/artist.nfo"), Q(is_folder=True) | (~Q(moved_to="") & Q(content_hash=""))
_SORT = Case(
    When(_NFO, then=Value("nfo")),
    When(_FOLDER, then=Value("folder")),
    default=Value("picture"),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class FilesWanted:
    """Which ones: of the last `days`; blank means any. `kind` is a deed, `sort` what sort of file it is."""

    days: int = 90
    kind: str = ""
    source: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class HandledFile:
    """One file that automation changed. Taking it back takes back the whole operation."""

    file: FileSnapshot
    deed: str

    @property
    def operation(self) -> Operation:
        return self.file.operation

    @property
    def name(self) -> str:
        return PurePath(self.file.path).name

    @property
    def became(self) -> str:
        """The new name of what was renamed."""
        return PurePath(self.file.moved_to).name if self.file.moved_to else ""

    @property
    def now(self) -> str:
        if self.operation.undone_at is not None:
            return "taken back"
        if self.operation.artist_id is None or self.operation.created_at < oldest_kept():
            return "too old to take back"
        return "stands"

    @property
    def stands(self) -> bool:
        return self.now == "stands"


def handled_files(wanted: FilesWanted) -> QuerySet[Any]:
    """The newest first, with `deed`; what another program was found to have done meanwhile is not asked."""
    since = day_begins_locally(timezone.localdate() - timedelta(days=wanted.days - 1))
    rows = FileSnapshot.objects.filter(BY_ITSELF, operation__created_at__gte=since).annotate(deed=_DEED, sort=_SORT)
    if wanted.source:
        rows = rows.filter(operation__source__startswith=f"{wanted.source}:")
    if wanted.kind:
        rows = rows.filter(deed=wanted.kind)
    if wanted.sort:
        rows = rows.filter(sort=wanted.sort)
    return rows.select_related("operation__artist").order_by("-operation_id", "-pk")


@until_written
def file_counts(wanted: FilesWanted) -> Mapping[str, int]:
    """Deeds and how many files each was done to."""
    counted: Any = handled_files(wanted).order_by().values_list("deed").annotate(count=Count("pk"))
    found = dict(counted)
    return {deed: found.get(deed, 0) for deed in DEEDS}


def file_cells(wanted: FilesWanted) -> Iterator[list[object]]:
    """Rows for a spreadsheet, however many."""
    for row in handled_files(wanted).iterator(500):
        one = HandledFile(row, row.deed)
        yield [
            one.operation.created_at.isoformat(), one.operation.artist_name, row.path, one.deed, row.moved_to, row.size,
            one.operation.source, one.operation.summary, one.now,
        ]  # fmt: skip

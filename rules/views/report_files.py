"""The report about files that were changed alone, with the way back of each."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from rules.reports.automation import SOURCES
from rules.reports.automation_files import (
    DEEDS,
    HEADER,
    SORTS,
    FilesWanted,
    HandledFile,
    file_cells,
    file_counts,
    handled_files,
)
from rules.services.fixing import undo_fix
from rules.views.report_automation import words_of
from rules.views.report_spans import SPANS, span_of
from rules.views.ways_back import answer, chosen, listed
from stillwater.spreadsheets import csv_response
from stillwater.views.access import signed_in


class FileLine(HandledFile):
    """One file, in words."""

    @property
    def what(self) -> str:
        return DEEDS[self.deed]

    @property
    def by(self) -> str:
        return words_of(self.operation.source)


@require_safe
def files(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Pictures, artist.nfo and folders that rules and providers wrote, replaced, renamed or removed."""
    wanted = _wanted(request)
    if request.GET.get("format") == "csv":
        return csv_response("automation-files.csv", HEADER, file_cells(wanted))
    context = {
        **listed(request, handled_files(wanted), lambda row: FileLine(row, row.deed)),
        "wanted": wanted,
        "choices": _choices(wanted),
        "spans": SPANS,
        "counts": [(DEEDS[deed], count) for deed, count in file_counts(wanted).items()],
    }
    return render(request, "rules/report_files.html", context)


@require_POST
def put_files_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the operation that changed a file: its files and its values go together."""
    actor = signed_in(request)

    def put() -> str:
        undone = undo_fix(str(pk), actor=actor)
        return f"{undone.artist_name}: {undone.summary[:1].lower()}{undone.summary[1:]}."

    return answer(request, "rules:report_files", put)


def _wanted(request: HttpRequest) -> FilesWanted:
    """What nobody understands is left out."""
    return FilesWanted(
        span_of(request.GET.get("days", "")),
        chosen(request, "kind", DEEDS),
        chosen(request, "source", SOURCES),
        chosen(request, "sort", SORTS),
    )


def _choices(wanted: FilesWanted) -> list[tuple[str, str, dict[str, str], str]]:
    """As report_automation has them."""
    return [
        ("kind", "What", DEEDS, wanted.kind),
        ("source", "By whom", SOURCES, wanted.source),
        ("sort", "Files", SORTS, wanted.sort),
    ]

"""The report about files that were changed alone, with the way back of each."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from rules.views.report_automation import PER_PAGE, words_of
from rules.views.report_spans import SPANS, span_of
from stillwater.errors import StillwaterError
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
    page = Paginator(handled_files(wanted), PER_PAGE).get_page(request.GET.get("page"))
    counts = file_counts(wanted)
    context = {
        "page": page,
        "lines": [FileLine(row, row.deed) for row in page.object_list],
        "query": urlencode({key: value for key, value in request.GET.items() if key != "format"}),
        "wanted": wanted,
        "choices": _choices(wanted),
        "spans": SPANS,
        "counts": [(DEEDS[deed], count) for deed, count in counts.items()],
    }
    return render(request, "rules/report_files.html", context)


@require_POST
def put_files_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the operation that changed a file: its files and its values go together."""
    try:
        undone = undo_fix(str(pk), actor=signed_in(request))
    except StillwaterError as refusal:
        messages.error(request, f"{refusal.message[:1].upper()}{refusal.message[1:]}.")
    else:
        messages.success(request, f"{undone.artist_name}: {undone.summary[:1].lower()}{undone.summary[1:]}.")
    page, query = reverse("rules:report_files"), request.POST.get("query", "")
    return redirect(f"{page}?{query}" if query else page)


def _wanted(request: HttpRequest) -> FilesWanted:
    """What nobody understands is left out."""
    kind, source, sort = (request.GET.get(name, "") for name in ("kind", "source", "sort"))
    return FilesWanted(
        span_of(request.GET.get("days", "")),
        kind if kind in DEEDS else "",
        source if source in SOURCES else "",
        sort if sort in SORTS else "",
    )


def _choices(wanted: FilesWanted) -> list[tuple[str, str, dict[str, str], str]]:
    """As report_automation has them."""
    return [
        ("kind", "What", DEEDS, wanted.kind),
        ("source", "By whom", SOURCES, wanted.source),
        ("sort", "Files", SORTS, wanted.sort),
    ]

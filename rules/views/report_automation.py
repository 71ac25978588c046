"""Reports about what ran alone: every value that it changed, with its way back, and the identities that it gave."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from artists.fields import BY_KEY, FIELDS
from artists.services.history import revert
from artists.views.words import label_of, source_words
from rules.catalogue import BY_ID
from rules.charts import pair_chart
from rules.reports.automation import (
    HEADER,
    IDS_HEADER,
    KINDS,
    SOURCES,
    Altered,
    Wanted,
    altered,
    altered_cells,
    by_source,
    id_cells,
    per_day,
    written_ids,
)
from rules.views.report_spans import SPANS, span_of, spans_of
from rules.views.ways_back import answer, chosen, listed
from stillwater.spreadsheets import csv_response
from stillwater.views.access import signed_in

PAGES = {"automation": "rules:report_automation", "ids": "rules:report_ids"}


def words_of(source: str) -> str:
    """A rule by its name, everything else as the history calls it."""
    rule = BY_ID.get(source.removeprefix("rule:"))
    return rule.name if rule else source_words(source)


class AlteredLine(Altered):
    """One changed value, in words."""

    @property
    def label(self) -> str:
        return label_of(self.change.field)

    @property
    def by(self) -> str:
        return words_of(self.change.operation.source)


def _line(row: Any) -> AlteredLine:
    return AlteredLine(row, row.what)


@require_safe
def automation(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What rules and providers changed; `kind`, `source`, `field` and `days` narrow it."""
    wanted = _wanted(request)
    if request.GET.get("format") == "csv":
        return csv_response("automation.csv", HEADER, altered_cells(wanted))
    days = per_day(wanted)
    bars = spans_of([(day.date, day.replaced, day.filled) for day in days], wanted.days)
    context = {
        **listed(request, altered(wanted), _line),
        "wanted": wanted,
        "choices": _choices(wanted),
        "spans": SPANS,
        "chart": pair_chart(bars, names=("replaced or cleared", "filled in"), width=960, height=200),
        "filled": sum(day.filled for day in days),
        "replaced": sum(day.replaced for day in days),
        "sources": [(words_of(source), count) for source, count in by_source(wanted)[:10]],
    }
    return render(request, "rules/report_automation.html", context)


@require_safe
def ids(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The MusicBrainz IDs that a rule or an identification wrote, with the evidence and whether they still hold."""
    wanted = _wanted(request)
    if request.GET.get("format") == "csv":
        return csv_response("musicbrainz-ids.csv", IDS_HEADER, id_cells(wanted))
    of_ids = Wanted(wanted.days, "", wanted.source, "musicbrainz_id")
    days = per_day(of_ids)
    bars = spans_of([(day.date, day.replaced, day.filled) for day in days], wanted.days)
    context = {
        **listed(request, written_ids(wanted).select_related("artist__mbid_check"), _line),
        "wanted": wanted,
        "choices": _choices(wanted)[1:2],
        "spans": SPANS,
        "chart": pair_chart(bars, names=("replaced", "given"), width=960, height=180),
        "filled": sum(day.filled for day in days),
        "replaced": sum(day.replaced for day in days),
    }
    return render(request, "rules/report_ids.html", context)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a field the value that it had before this change, whatever happened since; that too can be taken back."""
    actor = signed_in(request)

    def put() -> str:
        reverted = revert(pk, actor=actor)
        return f"{reverted.artist.name}: {BY_KEY[reverted.field].label.lower()} is back to what it was."

    return answer(request, PAGES.get(request.POST.get("page", ""), PAGES["automation"]), put)


def _wanted(request: HttpRequest) -> Wanted:
    """What nobody understands is left out."""
    return Wanted(
        span_of(request.GET.get("days", "")),
        chosen(request, "kind", KINDS),
        chosen(request, "source", SOURCES),
        chosen(request, "field", BY_KEY),
    )


def _choices(wanted: Wanted) -> list[tuple[str, str, dict[str, str], str]]:
    """Name, what it is called when nothing is chosen, the options, and the chosen one."""
    fields = {field.key: field.label for field in FIELDS if field.tracked}
    return [
        ("kind", "What", KINDS, wanted.kind),
        ("source", "By whom", SOURCES, wanted.source),
        ("field", "Field", fields, wanted.field),
    ]

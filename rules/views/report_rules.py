"""Reports about the rules themselves: who holds them, and what was found and resolved day by day."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rules.catalogue import BY_ID, RULES
from rules.charts import pair_chart
from rules.reports.rates import rule_rates
from rules.reports.trend import violation_trend
from rules.views.report_spans import SPANS, span_of, spans_of
from rules.views.words import activity_of
from stillwater.htmx import page_or_fragment
from stillwater.spreadsheets import csv_response

RATES_HEADER = ("Rule", "Category", "Pass rate", "Holds", "Asked", "Broken", "Dismissed")
TREND_HEADER = ("Day", "Found", "Resolved")


@require_safe
def rates(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Pass rate per rule; each leads to its rule, and its findings."""
    found = rule_rates()
    if request.GET.get("format") == "csv":
        rows = (
            (each.rule.name, each.rule.category, each.rate.rate, each.rate.passing, each.rate.considered,
             each.rate.broken, each.rate.dismissed)
            for each in found
        )  # fmt: skip
        return csv_response("rules.csv", RATES_HEADER, rows)
    return render(request, "rules/report_rules.html", {"rates": found})


@require_safe
def trend(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Found and resolved, of all rules or of one; `days` 30, 90 or 365."""
    days, rule_id = span_of(request.GET.get("days", "")), request.GET.get("rule_id", "")
    rule = BY_ID.get(rule_id)
    found = violation_trend(days, rule.id if rule else "")
    if request.GET.get("format") == "csv":
        return csv_response("trend.csv", TREND_HEADER, ((day.date, day.created, day.resolved) for day in found))
    rows = spans_of([(day.date, day.created, day.resolved) for day in found], days)
    context = {
        "days": days,
        "spans": SPANS,
        "rule": rule,
        "rules": RULES,
        "trend": pair_chart(rows, names=("found", "resolved"), width=960, height=220),
        "found": sum(day.created for day in found),
        "resolved": sum(day.resolved for day in found),
        "lines": [(day, activity_of(day.date)) for day in reversed(found) if day.created or day.resolved],
    }
    return page_or_fragment(request, "rules/report_trend.html", "rules/_trend_report.html", context)

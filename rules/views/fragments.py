"""Fragments that the API hands out to htmx as well as the pages: the badge and the reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from artists.models import Artist
from rules.queries.findings import badge_count
from rules.reports.completeness import Completeness
from rules.reports.health import Health, TopRule


def badge(request: HttpRequest) -> HttpResponse:
    """The number alone; empty for zero."""
    return render(request, "rules/_badge.html", {"count": badge_count()})


def health(request: HttpRequest, report: Health, top: list[TopRule]) -> HttpResponse:
    return render(request, "rules/_health_report.html", {"health": report, "top": top})


def health_by_library(request: HttpRequest, libraries: list[Health], overall: Health) -> HttpResponse:
    return render(request, "rules/_library_health.html", {"libraries": libraries, "overall": overall})


def completeness(request: HttpRequest, report: Completeness) -> HttpResponse:
    return render(request, "rules/_completeness.html", {"report": report})


def artist_run(request: HttpRequest, artist: Artist, found: int) -> HttpResponse:
    """What a run over one artist found."""
    return render(request, "rules/_artist_run.html", {"artist": artist, "found": found})

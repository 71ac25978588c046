"""The places of the navigation, said once for the sidebar and for the sheet of small windows.

Most of a page's templates would be its thirty links; they are the same on every page but for the one that is marked,
so each text is made once. Views are named, not imported: they belong to higher floors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Place:
    """Holds every page whose address begins with its own, and those of `also`. `key`: leads there from any page."""

    view: str
    label: str
    icon: str
    key: str = ""
    also: tuple[str, ...] = ()
    administrators: bool = False


DASHBOARD = Place("dashboard", "Dashboard", "dashboard", "g d")
ARTISTS = Place("artists:index", "Artists", "artists", "g a")
FINDINGS = Place("rules:findings", "Findings", "findings", "g f", ("rules:triage",))
ACTIVITY = Place("artists:activity", "Activity", "activity", "g y")
REPORTS = (
    Place("rules:report_health", "Health", "health", "g h", ("rules:report_trend", "rules:report_rules")),
    Place("rules:report_compliance", "Compliance", "compliance", "g c"),
    Place("rules:report_completeness", "Completeness", "completeness", "g m"),
    Place("rules:report_automation", "Automation", "activity", also=("rules:report_ids",)),
    Place("artists:duplicates", "Duplicates", "artists"),
    Place("artists:alike_pictures", "Same pictures", "image"),
    Place("artists:foreign_files", "Foreign files", "file", administrators=True),
)
UPKEEP = (
    Place("rules:index", "Rules", "rules", "g r"),
    Place("artists:identifying", "Identify", "search", "g i"),
    Place("artists:libraries", "Libraries", "libraries", "g l"),
    Place("stillwater:jobs", "Jobs", "jobs", "g j"),
)
OWN = (
    Place("stillwater:settings", "Settings", "settings", "g s", administrators=True),
    Place("stillwater:preferences", "Preferences", "preferences", "g p"),
)
PLACES = (DASHBOARD, ARTISTS, FINDINGS, ACTIVITY, *REPORTS, *UPKEEP, *OWN)


@dataclass(frozen=True, slots=True)
class Navigation:
    """The links of one page, by group. The way to the findings is a part of its own, for its live number."""

    start: SafeString
    findings: Place
    is_at_findings: bool
    activity: SafeString
    reports: SafeString
    upkeep: SafeString
    own: SafeString
    tabs: SafeString
    """Of small windows."""
    sheet: SafeString
    """Of small windows: all the others."""


def navigation(path: str, *, is_administrator: bool, artist_count: int | None) -> Navigation:
    """For the page at a path, as in `/artists/3`."""
    prefix = get_script_prefix()
    return _navigation(prefix, place_of(path, prefix), is_administrator, artist_count)


def place_of(path: str, prefix: str = "/") -> Place | None:
    """Where a page belongs: /reports/duplicates/preview to Duplicates. None for pages beside the navigation."""
    if path == prefix:
        return DASHBOARD
    return next((place for address, place in _addresses(prefix) if f"{path}/".startswith(f"{address}/")), None)


@lru_cache(4)
def _addresses(_prefix: str) -> list[tuple[str, Place]]:
    """The longest first."""
    places = (place for place in PLACES if place is not DASHBOARD)
    found = [(reverse(view), place) for place in places for view in (place.view, *place.also)]
    return sorted(found, key=lambda each: len(each[0]), reverse=True)


@lru_cache(256)
def _navigation(prefix: str, here: Place | None, is_administrator: bool, artist_count: int | None) -> Navigation:
    def links(places: Iterable[Place], *, keys: bool = True) -> SafeString:
        shown = [place for place in places if is_administrator or not place.administrators]
        texts = [_link(prefix, place, place is here, keys, _count(place, artist_count, keys)) for place in shown]
        return mark_safe("".join(texts))  # noqa: S308 (texts of our own template)

    return Navigation(
        start=links((DASHBOARD, ARTISTS)),
        findings=FINDINGS,
        is_at_findings=here is FINDINGS,
        activity=links((ACTIVITY,)),
        reports=links(REPORTS),
        upkeep=links(UPKEEP),
        own=links(OWN),
        tabs=links((DASHBOARD, ARTISTS), keys=False),
        sheet=links((ACTIVITY, *REPORTS, *UPKEEP, *OWN), keys=False),
    )


def _count(place: Place, artist_count: int | None, keys: bool) -> int | None:
    """The number beside the artists has no room in small windows."""
    return artist_count if keys and place is ARTISTS else None


@lru_cache(1024)
def _link(_prefix: str, place: Place, is_here: bool, keys: bool, count: int | None) -> str:
    """A key stands at one link of a page only, or it would be listed twice."""
    context = {"place": place, "is_here": is_here, "key": place.key if keys else "", "count": count}
    return render_to_string("_shell/link.html", context)

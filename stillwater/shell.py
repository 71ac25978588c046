"""The frame around every page: which section is open, and the counts that higher floors contribute."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from stillwater.models import ACTIVE_STATES, Job, User

Count = Callable[[], int]
Notice = Callable[[HttpRequest], str]

_counts: dict[str, Count] = {}
_notices: list[Notice] = []


def join_count(name: str, count: Count) -> None:
    """A higher floor offers a number for the sidebar: `artist_count`, `open_findings`. Called at start-up."""
    _counts[name] = count


def join_notice(notice: Notice) -> None:
    """A higher floor offers a fragment that stands above every page. Called at start-up; it is asked with each page."""
    if notice not in _notices:
        _notices.append(notice)


@dataclass(frozen=True, slots=True)
class Shell:
    """`notices`: the fragments above the page, safe to print."""

    section: str
    artist_count: int | None
    open_findings: int | None
    active_jobs: int
    notices: tuple[str, ...] = ()

    @classmethod
    def for_request(cls, request: HttpRequest, person: User | None) -> "Shell":
        match = request.resolver_match
        section = match.url_name or "" if match else ""
        if person is None:
            return cls(section, None, None, 0)
        return cls(
            section,
            _count("artist_count"),
            _count("open_findings"),
            Job.objects.filter(state__in=ACTIVE_STATES).count(),
            tuple(notice(request) for notice in _notices),
        )


def _count(name: str) -> int | None:
    """None where nobody offers the number: the page shows a dash, never a false 0."""
    return _counts[name]() if name in _counts else None

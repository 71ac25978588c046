"""The frame around every page: which section is open, and the counts that higher floors contribute."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from stillwater.models import ACTIVE_STATES, Job, User

Count = Callable[[], int]

_counts: dict[str, Count] = {}


def join_count(name: str, count: Count) -> None:
    """A higher floor offers a number for the sidebar: `artist_count`, `open_findings`. Called at start-up."""
    _counts[name] = count


@dataclass(frozen=True, slots=True)
class Shell:
    section: str
    artist_count: int | None
    open_findings: int | None
    active_jobs: int

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
        )


def _count(name: str) -> int | None:
    """None where nobody offers the number: the page shows a dash, never a false 0."""
    return _counts[name]() if name in _counts else None

"""The frame around every page: its navigation, and the counts and notices that higher floors contribute."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from stillwater.models import User
from stillwater.navigation import Navigation, navigation

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

    open_findings: int | None = None
    navigation: Navigation | None = None
    """None for somebody who is not signed in."""
    notices: tuple[str, ...] = ()

    @classmethod
    def for_request(cls, request: HttpRequest, person: User | None) -> "Shell":
        if person is None:
            return cls()
        artists = _count("artist_count")
        return cls(
            _count("open_findings"),
            navigation(request.path, is_administrator=person.is_administrator, artist_count=artists),
            tuple(notice(request) for notice in _notices),
        )


def _count(name: str) -> int | None:
    """None where nobody offers the number: the page shows a dash, never a false 0."""
    return _counts[name]() if name in _counts else None

"""Names as people have them: as long as they like, and in scripts that run from right to left."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessibility import settle
from tests.browser.pages import overflow
from tests.browser.server import Server
from tests.browser.windows import NARROW, Windows

LONG = f"The {'Extraordinarily ' * 8}Long-Named Orchestra of Saint-{'X' * 80}"
ARABIC = "فرقة النجوم الهادئة (Quiet Stars)"
BIOGRAPHY = "تأسست الفرقة في القاهرة (1971)."
PLACES = (
    "/",
    "/artists",
    "/findings",
    "/activity",
    "/reports/compliance",
    "/artists/{id}",
    "/artists/{id}/history",
    "/artists/{id}/fields/name/edit",
)


@pytest.fixture
def artist(server: Server, spare: Callable[..., dict[str, Any]]) -> Iterator[dict[str, Any]]:
    one = spare()
    yield one
    _write(server, one, "name", one["name"])
    _write(server, one, "disambiguation", one["disambiguation"])


def test_a_very_long_name_makes_no_page_wider_than_its_window(
    windows: Windows, server: Server, artist: dict[str, Any]
) -> None:
    _write(server, artist, "name", LONG)
    _write(server, artist, "disambiguation", "W" * 150)
    page = windows.open()
    for place in PLACES:
        page.goto(place.format(**artist))
        settle(page)
        assert overflow(page) <= 0, place
        page.set_viewport_size(NARROW)
        assert overflow(page) <= 0, f"{place} on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_name_and_a_text_from_right_to_left_run_so_in_a_page_from_left_to_right(
    windows: Windows, server: Server, artist: dict[str, Any]
) -> None:
    _write(server, artist, "name", ARABIC)
    _write(server, artist, "biography", BIOGRAPHY)
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(ARABIC)
    assert _left_of(heading, "Quiet") < _left_of(heading, "ف")
    assert _left_of(page.locator("#biography p").first, ".") < _left_of(page.locator("#biography p").first, "1971")
    page.goto("/activity")
    told = page.locator(".operation strong", has_text="Quiet Stars").first
    assert _left_of(told, "Quiet") < _left_of(told, "ف")


def _left_of(place: Locator, words: str) -> float:
    """Where these words of the place's text begin on the screen."""
    left: float = place.evaluate(
        """(place, words) => {
          const text = place.firstChild, range = document.createRange(), start = text.data.indexOf(words);
          range.setStart(text, start);
          range.setEnd(text, start + words.length);
          return range.getBoundingClientRect().left;
        }""",
        words,
    )
    return left


def _write(server: Server, artist: dict[str, Any], field: str, value: str) -> None:
    server.rest.patch(f"/artists/{artist['id']}/fields/{field}", value=value)

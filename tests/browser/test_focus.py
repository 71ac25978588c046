"""When what has the focus is swapped away, the focus goes to what took its place: never to the top of the page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.accessibility import settle
from tests.browser.pages import expect_focus_in, press
from tests.browser.server import Server
from tests.browser.windows import Windows

Spare = Callable[..., dict[str, Any]]


def test_a_name_that_was_removed_hands_the_focus_to_the_next_one(
    windows: Windows, server: Server, spare: Spare
) -> None:
    artist = spare()
    for name in ("First", "Second"):
        server.rest.post(f"/artists/{artist['id']}/aliases", alias=name)
    page = _opened(windows, artist)
    page.get_by_role("button", name="Remove First").focus()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Remove Second")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_placeholder("Another name")).to_be_focused()


def test_a_change_taken_back_leaves_the_focus_in_the_history(windows: Windows, server: Server, spare: Spare) -> None:
    artist = spare()
    for year in ("1971", "1972"):
        server.rest.patch(f"/artists/{artist['id']}/fields/formed", value=year)
    page = _opened(windows, artist)
    history = page.locator("#history")
    history.get_by_role("button", name="Take back").first.focus()
    press(page, "Enter")
    expect(page.locator("#toasts")).to_contain_text("is back to what it was")
    settle(page)
    expect_focus_in(page, history)


def test_a_filter_that_was_chosen_or_removed_leaves_the_focus_in_the_list(windows: Windows) -> None:
    page = windows.open()
    page.goto("/artists")
    page.get_by_role("link", name="No NFO", exact=True).focus()
    press(page, "Enter")
    expect(page.get_by_role("link", name="Remove the filter No NFO")).to_be_visible()
    settle(page)
    expect_focus_in(page, page.locator("#artist-results"))
    page.get_by_role("link", name="Remove the filter No NFO").focus()
    press(page, "Enter")
    expect(page.get_by_role("link", name="No NFO", exact=True)).to_be_visible()
    settle(page)
    expect_focus_in(page, page.locator("#artist-results"))


def test_a_finding_dismissed_at_its_artist_can_be_taken_back_there(windows: Windows, server: Server) -> None:
    """The list renews itself when findings change, but not while somebody stands in the strip."""
    found = server.rest.get("/notifications", status="open")["violations"][-1]
    page = windows.open()
    page.goto(f"/artists/{found['artist_id']}")
    finding = page.locator(f"#finding-{found['id']}")
    finding.get_by_role("button", name="Dismiss").focus()
    with page.expect_response(lambda answer: answer.url.endswith("/notifications/badge")):
        press(page, "Enter")
    settle(page)
    expect_focus_in(page, finding)
    finding.get_by_role("button", name="Undo").click()
    expect(finding.get_by_role("button", name="Dismiss")).to_be_visible()


def _opened(windows: Windows, artist: dict[str, Any]) -> Page:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    settle(page)
    return page

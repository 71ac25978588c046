"""Journey 16: ticks outlive page and sort; another filter asks about them; a moved count is said."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import overflow
from tests.browser.server import Server
from tests.browser.windows import NARROW, Windows


def test_ticks_of_two_pages_are_counted_after_sorting_anew(windows: Windows, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    _tick(page, 3)
    page.get_by_role("link", name="Next page").click()
    expect(_count(page)).to_have_text("3 selected (0 here, 3 elsewhere)")
    _tick(page, 2)
    expect(_count(page)).to_have_text("5 selected (2 here, 3 elsewhere)")
    page.get_by_role("columnheader", name="Artist").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Artist")).to_have_attribute("aria-sort", "descending")
    here = page.locator("[data-select]:checked").count()
    expected = "5 selected" if here == 5 else f"5 selected ({here} here, {5 - here} elsewhere)"
    expect(_count(page)).to_have_text(expected)
    page.get_by_role("button", name="Grid").click()
    expect(page.locator(".cards .card").first).to_be_visible()
    expect(_count(page)).to_contain_text("5 selected")
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#artist-rows thead")).to_be_visible()
    page.get_by_role("button", name="Clear").last.click()
    expect(_count(page)).to_be_hidden()


def test_the_bar_is_in_sight_from_the_first_tick_on_and_so_is_its_question(windows: Windows, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    assert page.evaluate("document.documentElement.scrollHeight > 1.5 * innerHeight"), (
        "the list is longer than a window"
    )
    _tick(page, 1)
    expect(page.locator("#bulk")).to_be_in_viewport(ratio=1)
    page.locator("#bulk").get_by_role("button", name="Fetch missing metadata").click()
    expect(page.get_by_role("alertdialog")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(NARROW)
    expect(page.get_by_role("alertdialog")).to_be_in_viewport(ratio=1)
    assert overflow(page) <= 0


def test_on_a_phone_the_bar_is_one_line_and_its_menu_holds_the_rest(windows: Windows, theme: str) -> None:
    page = windows.open(theme)
    page.set_viewport_size(NARROW)
    page.goto("/artists")
    _tick(page, 3)
    bar = page.locator("#bulk")
    _lies_in_one_line(bar)
    bar.locator("summary").click()
    expect(bar.get_by_role("button", name="Review one by one")).to_be_in_viewport(ratio=1)
    bar.get_by_role("button", name="Select all").click()
    expect(_count(page)).to_contain_text("All ")
    _lies_in_one_line(bar)
    bar.locator("summary").click()
    bar.get_by_role("button", name="Clear the ticks").click()
    expect(bar).to_be_hidden()


def _lies_in_one_line(bar: Locator) -> None:
    expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box
    assert box["height"] < 64, "one line of buttons"
    assert overflow(bar.page) <= 0


def test_another_filter_asks_whether_the_ticks_are_kept(windows: Windows, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    _tick(page, 4)
    page.get_by_role("link", name="No MusicBrainz ID").click()
    question = page.locator("[data-selection-left]")
    expect(question).to_contain_text("4 selected under another filter")
    expect(_count(page)).to_be_hidden()
    question.get_by_role("button", name="Keep them").click()
    expect(question).to_be_hidden()
    expect(_count(page)).to_contain_text("4 selected")
    page.get_by_role("link", name="Remove the filter No MusicBrainz ID").click()
    expect(question).to_contain_text("4 selected under another filter")
    question.get_by_role("button", name="Clear").click()
    expect(question).to_be_hidden()
    expect(page.locator("[data-select]:checked")).to_have_count(0)


def test_what_was_kept_is_what_changes(
    windows: Windows, server: Server, spare: Callable[..., dict[str, Any]], theme: str
) -> None:
    artists = [spare(), spare()]
    names = {str(each["name"]) for each in artists}
    page = windows.open(theme)
    page.goto("/artists?page_size=200")
    for each in artists:  # by key: the library has namesakes
        page.locator(f'input[name=ids][value="{each["id"]}"]').check()
    page.get_by_role("link", name="No NFO").click()
    page.get_by_role("button", name="Keep them").click()
    page.locator("#bulk").get_by_role("button", name="Lock", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("2 locked")
    assert names <= _locked(server)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    server.rest.until(lambda: not _locked(server) & names, "the locks are taken back")


ASKS_ANEW = """() => {
    const list = document.querySelector("#artist-results");
    list.dispatchEvent(new CustomEvent("live"));
    return list.classList.contains("htmx-request");
}"""


def test_a_refresh_that_comes_under_a_pressed_button_waits_for_the_click(
    windows: Windows, server: Server, spare: Callable[..., dict[str, Any]], theme: str
) -> None:
    artist, page = spare(), windows.open(theme)
    page.goto("/artists?page_size=200")
    page.locator(f'input[name=ids][value="{artist["id"]}"]').check()
    button = page.locator("#bulk").get_by_role("button", name="Lock", exact=True)
    button.hover()
    page.mouse.down()
    with page.expect_response(lambda answer: answer.request.headers.get("hx-target") == "artist-results"):
        page.wait_for_function(ASKS_ANEW)  # again where a refresh of its own has just put another list there
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("1 locked")
    assert artist["name"] in _locked(server)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    server.rest.until(lambda: artist["name"] not in _locked(server), "the lock is taken back")


def test_all_that_match_is_asked_again_when_there_are_more_by_now(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    total = server.rest.get("/artists", page_size=1)["total"]
    page.get_by_label("Select all on this page").check()
    page.get_by_role("button", name=f"Select all {total}").click()
    expect(_count(page)).to_have_text(f"All {total} selected")
    (server.music / f"Newcomer {theme}").mkdir()
    server.rest.scan_everything()
    expect(_count(page)).to_have_text(f"All {total + 1} selected", timeout=15_000)
    page.locator("#bulk").get_by_role("button", name="Lock", exact=True).click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text(f"Lock {total + 1} artists?")
    question.get_by_role("link", name="Cancel").click()
    expect(question).to_have_count(0)


def test_without_scripts_the_ticked_ones_of_a_page_can_be_changed(windows: Windows, server: Server) -> None:
    page = windows.open("dark", scripts=False)
    page.goto("/artists?sort=name&order=desc")
    name = page.locator("[data-row-link]").first.inner_text()
    _tick(page, 1)
    page.locator("#bulk").get_by_role("button", name="Lock", exact=True).click()
    expect(page).to_have_url(re.compile("sort=name|order=desc"))
    found = server.rest.get("/artists", search=name)["artists"][0]
    assert found["locked"]
    server.rest.delete(f"/artists/{found['id']}/lock")


def _locked(server: Server) -> set[str]:
    return {artist["name"] for artist in server.rest.get("/artists", filter_locked="+y", page_size=200)["artists"]}


def _tick(page: Page, count: int) -> None:
    for number in range(count):
        page.locator("[data-select]").nth(number).check()


def _count(page: Page) -> Locator:
    return page.locator("[data-bulk-count]")

"""Journey 11, the board: candidates beside the current picture with sizes and reasons; one is taken by key or form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from artists.demo.fakes import fanarttv
from tests.browser.accessibility import grave_problems, settle
from tests.browser.pages import overflow, press
from tests.browser.server import Server
from tests.browser.windows import Windows

Wanted = dict[str, Any]


@pytest.fixture
def wanted(server: Server, spare: Callable[..., dict[str, Any]]) -> Wanted:
    """Somebody without a backdrop, with the finding that says so, to whom at least three are offered."""
    server.rest.put("/providers/fanarttv/key", api_key=fanarttv.KEY, skip_test=True)
    while True:
        artist = spare(filter_missing_mbid="-y")
        offered = server.rest.get(f"/artists/{artist['id']}/images/search", type="fanart")["images"]
        if len(offered) >= 3:
            break
    server.rest.session.delete(f"{server.rest.root}/artists/{artist['id']}/images/fanart", timeout=30)
    server.rest.until(lambda: _findings(server, artist), "the finding is there")
    return {"artist": artist, "offered": offered}


def test_the_third_is_taken_by_keys_and_the_finding_is_closed(windows: Windows, server: Server, wanted: Wanted) -> None:
    page = windows.open()
    page.goto(f"/artists/{wanted['artist']['id']}")
    page.evaluate("document.body.dataset.stays = 'yes'")
    board = _opened(page, "fanart")
    expect(board).to_contain_text("There is no backdrop yet.")
    expect(_chosen(board)).to_contain_text(re.compile(r"\d+ × \d+ · JPEG"))
    settle(page)
    assert grave_problems(page) == []
    press(page, "3")
    expect(board.get_by_role("link", name=re.compile("^Candidate 3:"))).to_have_attribute("aria-current", "true")
    press(page, "ArrowLeft")
    expect(board.get_by_role("link", name=re.compile("^Candidate 2:"))).to_have_attribute("aria-current", "true")
    press(page, "ArrowRight")
    expect(board.get_by_role("link", name=re.compile("^Candidate 3:"))).to_have_attribute("aria-current", "true")
    press(page, "z")
    expect(board.locator("[data-pane]")).to_be_visible()
    press(page, "z")
    expect(board.locator("[data-pane]")).to_have_count(0)
    provider = _chosen(board).locator("strong").inner_text()
    _take(board, page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#artwork .undo-strip")).to_contain_text("Saved a fanart")
    expect(page.locator("#slot-fanart")).to_contain_text("hand-picked")
    expect(page.locator("#slot-fanart")).to_contain_text(provider)
    expect(page.locator("#history .feed")).to_contain_text("Backdrops")
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")
    server.rest.until(lambda: not _findings(server, wanted["artist"]), "the finding is closed")


def test_pictures_are_asked_of_us_alone(windows: Windows, wanted: Wanted) -> None:
    page = windows.open()
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(windows.address) else elsewhere.append(asked.url))
    page.goto(f"/artists/{wanted['artist']['id']}/pictures/fanart")
    page.locator(".offered a").first.click()
    expect(page.get_by_role("dialog").locator(".board img").first).to_be_visible()
    settle(page)
    assert [url for url in elsewhere if not url.startswith("data:")] == []


def test_the_current_picture_is_wiped_over_and_known_again(windows: Windows, server: Server, wanted: Wanted) -> None:
    artist = wanted["artist"]["id"]
    server.rest.post(f"/artists/{artist}/images/fetch?skip_crop=true", url=wanted["offered"][0]["url"], type="fanart")
    page = windows.open()
    page.goto(f"/artists/{artist}/pictures/fanart/board")
    expect(page.locator(".board-take")).to_contain_text("The same picture as the current backdrop")
    expect(page.locator(".board-strip .badge").first).to_have_text("same as current")
    press(page, "2")
    expect(page.get_by_role("link", name=re.compile("^Candidate 2:"))).to_have_attribute("aria-current", "true")
    press(page, "w")
    edge = page.get_by_role("slider")
    edge.focus()
    press(page, "ArrowLeft")
    assert page.locator("[data-wipe]").evaluate("board => board.style.getPropertyValue('--edge')") == "49%"
    expect(page.get_by_role("link", name=re.compile("^Candidate 2:"))).to_have_attribute("aria-current", "true")
    settle(page)
    assert grave_problems(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0


def test_without_scripts_it_is_a_page_with_links_and_a_form(windows: Windows, wanted: Wanted) -> None:
    page = windows.open(scripts=False)
    page.goto(f"/artists/{wanted['artist']['id']}")
    page.get_by_role("link", name="Compare pictures: backdrop").click()
    page.get_by_role("link", name=re.compile("^Candidate 3:")).click()
    page.get_by_role("link", name="100 %").click()
    form = page.locator(".board-take form")
    (form.get_by_role("button", name="Take this one").or_(form.get_by_role("button", name="Take it as it is"))).click()
    expect(page.locator(".undo-strip")).to_contain_text("Saved a fanart")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def _findings(server: Server, artist: dict[str, Any]) -> list[dict[str, Any]]:
    """That it has no backdrop, as long as that is so."""
    found = server.rest.get("/notifications", rule_id="fanart_exists", limit=200)["violations"]
    return [each for each in found if each["artist_id"] == artist["id"]]


def _opened(page: Page, kind: str) -> Locator:
    link = page.locator(f"[data-focus-key=board-{kind}]")
    link.focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".board-strip")).to_be_visible()
    return dialog


def _chosen(board: Locator) -> Locator:
    return board.locator("figure.chosen figcaption")


def _take(board: Locator, page: Page) -> None:
    """By the key where nothing speaks against it; another shape has to be taken as it is."""
    if board.get_by_role("button", name="Take it as it is").count():
        board.get_by_role("button", name="Take it as it is").click()
    else:
        press(page, "Enter")

"""Journey 21: five artists one by one, with keys; accept, back, skip, none of these, save and exit, go on later."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from tests.browser.pages import overflow, press, sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import NARROW, WIDE, Windows
from tests.killed_identify import acts
from tests.steps import put_database
from tests.stillwater.misbehaving import Clock

ARTISTS = 5


@pytest.fixture
def library(chromium: Browser, tmp_path: Path) -> Iterator[Server]:
    """Five folders with two albums each, of which the providers know everything."""
    program = FakeWorld(acts(ARTISTS), FAKES, clock=Clock(step=60))
    with running(program) as origin:
        server = Server(tmp_path / "fresh", forked=True, environment={"STILLWATER_PROVIDERS_URL": origin})
        put_database(server.data)
        for act in program.world.acts:
            for album in act.albums:
                (server.music / act.name / album.title).mkdir(parents=True)
        try:
            server.start()
            server.first_account()
            server.rest.post("/libraries", name="Music", path=str(server.music))
            server.rest.scan_everything()
            yield server
        finally:
            server.stop()


@pytest.fixture
def page(chromium: Browser, library: Server) -> Iterator[Page]:
    windows = Windows(chromium, library.address, None)
    page = windows.open()
    page.goto("/login/")
    sign_in(page, USERNAME, PASSWORD)
    page.wait_for_url("**/")
    yield page
    windows.close()
    assert not windows.troubles


def test_five_artists_are_walked_through_with_keys(page: Page, library: Server) -> None:
    page.goto("/artists")
    page.get_by_label("Select all on this page").check()
    page.locator("#bulk").get_by_role("button", name="Review one by one").click()
    _at(page, 1)
    expect(page.locator("#wizard")).to_contain_text("2 of 2 (100 %)", timeout=20_000)
    assert overflow(page) == 0
    expect(page.locator(".legend.keys")).to_contain_text("none of these")
    press(page, "1")
    _at(page, 2)
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0
    page.set_viewport_size(WIDE)
    press(page, "b")
    _at(page, 1)
    expect(page.locator("#wizard")).to_contain_text("accepted")
    press(page, "s")
    _at(page, 2)
    press(page, "b")
    _at(page, 1)
    press(page, "1")
    _at(page, 2)
    press(page, "s")
    _at(page, 3)
    press(page, "d")
    _at(page, 4)
    press(page, "q")
    expect(page.get_by_text("1 accepted, 1 skipped, 1 declined; 2 wait for a decision.")).to_be_visible()
    linked = [each for each in library.rest.get("/artists")["artists"] if each["musicbrainz_id"]]
    assert [each["name"] for each in linked] == ["Quill00000"]


def test_a_run_links_all_and_can_be_taken_back(page: Page, library: Server) -> None:
    page.goto("/identify")
    page.get_by_role("button", name=f"Identify {ARTISTS}").click()
    expect(page.locator("#identifying")).to_contain_text("5 of 5", timeout=90_000)
    expect(page.get_by_role("button", name="Take the run back")).to_be_visible(timeout=30_000)
    assert all(each["musicbrainz_id"] for each in library.rest.get("/artists")["artists"])
    page.get_by_role("button", name="Take the run back").click()
    library.rest.until(
        lambda: not any(each["musicbrainz_id"] for each in library.rest.get("/artists")["artists"]), "all is as before"
    )


def _at(page: Page, number: int) -> None:
    expect(page.locator(".page-head")).to_contain_text(re.compile(rf"{number} of {ARTISTS}"))

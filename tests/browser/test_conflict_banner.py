"""A server that writes into our folders: the banner above every page, a write that is held back, and peace at last."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from artists.sample.builder import build_library
from connections.demo.houses import ROOT, leave_folders_alone
from tests.browser.pages import overflow, sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.servers import InventedEmby
from tests.browser.windows import Windows

WRITES = "Living room writes NFO files and pictures into Music (/media/music)."


@pytest.fixture
def emby() -> Iterator[InventedEmby]:
    with InventedEmby.running() as invented:
        yield invented


@pytest.fixture
def shared(fresh_server: Server, emby: InventedEmby) -> Server:
    """Three artists in a folder that an Emby has too, and writes into."""
    build_library(fresh_server.music, artists=3, seed=7, flavour="demo")
    fresh_server.first_account()
    fresh_server.rest.post("/libraries", name="Music", path=str(fresh_server.music))
    fresh_server.rest.scan_everything()
    fresh_server.rest.post("/connections", name="Living room", type="emby", url=emby.url, api_key=emby.key)
    return fresh_server


def opened(windows: Windows, *, scripts: bool = True, narrow: bool = False) -> Page:
    page = windows.open(signed_in=False, scripts=scripts, narrow=narrow)
    page.goto("/login/")
    sign_in(page, USERNAME, PASSWORD)
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def test_a_write_is_held_back_until_the_server_leaves_the_folder_alone(
    fresh_windows: Windows, shared: Server, emby: InventedEmby
) -> None:
    page = opened(fresh_windows)
    banner = page.locator("#conflict-banner")
    expect(banner).to_contain_text("which may be our folders")
    banner.get_by_role("link", name="Say which folders these are").click()
    page.get_by_label("Folder on the server").fill(ROOT)
    page.get_by_label("The same folder here").fill(str(shared.music))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(banner).to_contain_text(WRITES)
    _refused(page, shared)
    expect(_question_of_a_run(page)).to_contain_text("held back")
    page.locator("#bulk-question").get_by_role("link", name="Cancel").click()
    page.locator("#bulk").get_by_role("button", name="Clear").click()
    _told_at_the_start(page)
    banner.get_by_role("button", name="Let Stillwater manage Living room").click()
    expect(page.get_by_role("heading", name="Living room").first).to_be_visible()
    expect(banner.get_by_role("status")).to_have_count(0)
    assert all(not folder["LibraryOptions"]["SaveLocalMetadata"] for folder in emby.fake.shelf.folders)
    expect(_question_of_a_run(page)).not_to_contain_text("held back")


def _question_of_a_run(page: Page) -> Locator:
    """Journey 13's numbers, before all that is found is fixed."""
    page.goto("/findings")
    page.locator("[data-select]").first.check()
    page.locator("#bulk").get_by_role("button", name="Select all").click()
    page.locator("#bulk").get_by_role("button", name="Fix").click()
    question = page.locator("#bulk-question")
    expect(question).to_contain_text("can be fixed")
    return question


def _told_at_the_start(page: Page) -> None:
    """The step of the first start says the same, and somebody goes on knowing it."""
    page.goto("/start/servers")
    expect(page.get_by_role("heading", name="Who else writes there?")).to_be_visible()
    expect(page.get_by_text(WRITES)).to_be_visible()
    page.get_by_role("button", name="Go on, knowing this").click()
    page.wait_for_url(lambda url: "/start" not in url)


def _refused(page: Page, server: Server) -> None:
    """Nothing is typed in vain: the words stay in the form, beside the reason."""
    (artist, *_) = server.rest.get("/artists")["artists"]
    page.goto(f"/artists/{artist['id']}/fields/biography/edit")
    page.get_by_role("textbox").first.fill("Words that are not lost.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("definition")).to_contain_text("Living room writes NFO files")
    expect(page.get_by_role("textbox").first).to_have_value("Words that are not lost.")


def test_without_scripts_on_a_telephone_it_is_checked_until_there_is_peace(
    fresh_windows: Windows, shared: Server, emby: InventedEmby
) -> None:
    page = opened(fresh_windows, scripts=False, narrow=True)
    page.goto("/artists")
    banner = page.locator("#conflict-banner")
    expect(banner).to_contain_text("Living room writes NFO files and pictures")
    assert overflow(page) <= 0
    banner.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("Another program still writes our files.")).to_be_visible()
    assert page.url.endswith("/artists")
    leave_folders_alone(emby.fake)
    banner.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("No other program writes our files.")).to_be_visible()
    expect(banner.get_by_role("status")).to_have_count(0)

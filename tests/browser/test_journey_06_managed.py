"""Journey 6, the part of the servers: Stillwater takes over artwork and NFO files, and gives them back."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_problems
from tests.browser.pages import overflow, sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.servers import InventedEmby
from tests.browser.windows import Windows


@pytest.fixture
def emby() -> Iterator[InventedEmby]:
    with InventedEmby.running() as invented:
        yield invented


@pytest.fixture
def page(fresh_windows: Windows, fresh_server: Server, emby: InventedEmby) -> Page:
    """Maria, with Emby connected."""
    fresh_server.first_account()
    fresh_server.rest.post("/connections", name="Living room", type="emby", url=emby.url, api_key=emby.key)
    opened = fresh_windows.open(signed_in=False)
    opened.goto("/login/")
    sign_in(opened, USERNAME, PASSWORD)
    opened.wait_for_url(lambda url: "/login" not in url)
    return opened


def test_its_writing_is_switched_off_read_back_and_put_back(page: Page, emby: InventedEmby) -> None:
    before = json.dumps(emby.fake.shelf.folders)
    page.goto("/settings/servers")
    expect(page.get_by_text("as the server is set")).to_be_visible()
    page.get_by_role("link", name="What Living room writes itself").click()
    library = page.get_by_role("listitem").filter(has_text="Music")
    expect(library.get_by_text("Emby writes artist.nfo anew")).to_be_visible()
    page.get_by_role("button", name="Let Stillwater manage them").click()
    expect(page.get_by_text("managed by Stillwater")).to_be_visible(timeout=60_000)
    expect(library.get_by_text("writes nothing", exact=True)).to_be_visible()
    expect(library.get_by_text("It was Nfo, and will be again.")).to_be_visible()
    options = emby.fake.shelf.folders[0]["LibraryOptions"]
    assert (options["SaveLocalMetadata"], options["MetadataSavers"]) == (False, [])
    assert grave_problems(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="Put its own settings back").click()
    expect(page.get_by_text("as the server is set")).to_be_visible(timeout=60_000)
    assert json.dumps(emby.fake.shelf.folders) == before


def test_a_server_that_is_away_is_not_forgotten_by_mistake(page: Page, emby: InventedEmby) -> None:
    page.goto("/settings/servers")
    page.get_by_role("link", name="What Living room writes itself").click()
    page.get_by_role("button", name="Switch off what Music writes").click()
    expect(page.get_by_text("switched off alone")).to_be_visible()
    emby.fake.fault = "500"
    page.goto("/settings/servers")
    page.get_by_role("link", name="Change Living room").click()
    page.get_by_role("button", name="Forget the server").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget the server").click()
    expect(page.get_by_text("it cannot be put back now")).to_be_visible()
    page.get_by_label("Forget it even if that cannot be done now").check()
    page.get_by_role("button", name="Forget the server").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget the server").click()
    expect(page.get_by_role("region", name="Never put back")).to_be_visible()


def test_the_banner_names_the_library_and_goes_when_it_is_managed(
    page: Page, emby: InventedEmby, fresh_server: Server
) -> None:
    """Amber, one press, green without a reload."""
    fresh_server.music.mkdir(parents=True)
    fresh_server.rest.post("/libraries", name="Mine", path=str(fresh_server.music))
    page.goto("/settings/servers")
    banner = page.locator("#conflict-banner")
    expect(banner.get_by_text("Living room writes NFO files and pictures into Music")).to_be_visible(timeout=60_000)
    banner.get_by_role("button", name="Let Stillwater manage Living room").first.click()
    expect(page.get_by_text("managed by Stillwater")).to_be_visible(timeout=60_000)
    assert emby.fake.shelf.folders[0]["LibraryOptions"]["MetadataSavers"] == []
    expect(banner.get_by_text("Living room writes")).to_have_count(0, timeout=60_000)

"""Journeys 5 and 22: a server is connected, its artists are taken over, and one of them is compared with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from connections.demo.shelf import HeldPicture
from tests.artists.imaging.pictures import encoded, scene
from tests.artists.providers.acts import QUILLFEN
from tests.browser.pages import sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.servers import InventedEmby
from tests.browser.windows import Windows


@pytest.fixture
def emby() -> Iterator[InventedEmby]:
    with InventedEmby.running() as invented:
        yield invented


@pytest.fixture
def page(fresh_windows: Windows, fresh_server: Server) -> Page:
    """Maria on a server that knows nobody."""
    fresh_server.first_account()
    opened = fresh_windows.open(signed_in=False)
    opened.goto("/login/")
    sign_in(opened, USERNAME, PASSWORD)
    opened.wait_for_url(lambda url: "/login" not in url)
    return opened


def test_from_a_wrong_key_to_artists_that_agree(page: Page, emby: InventedEmby) -> None:
    _connect(page, emby)
    _take_over(page)
    page.goto("/artists")
    page.get_by_role("link", name=QUILLFEN.name).first.click()
    page.get_by_label("More").last.click()
    page.get_by_role("link", name="Compare with servers").click()
    card = page.get_by_role("region", name="Living room", exact=True)
    expect(card.get_by_text("in agreement")).to_be_visible()
    _send(page, emby)


def _connect(page: Page, emby: InventedEmby) -> None:
    """A wrong key is a failed test that can be saved anyway; the right one is green."""
    page.goto("/settings/servers")
    page.get_by_role("link", name="Connect a server").first.click()
    page.get_by_label("Emby").check()
    page.get_by_label("Name").fill("Living room")
    page.get_by_label("Address").fill(emby.url)
    page.get_by_label("API key").fill("a wrong key")
    page.get_by_role("button", name="Test and save").click()
    expect(page.get_by_role("alert")).to_contain_text("Emby does not accept this key.")
    expect(page.get_by_role("button", name="Save anyway")).to_be_visible()
    page.get_by_label("API key").fill(emby.key)
    page.get_by_role("button", name="Test and save").click()
    expect(page.get_by_text("connected", exact=True)).to_be_visible()


def _take_over(page: Page) -> None:
    page.get_by_role("link", name="Libraries of Living room").click()
    page.get_by_role("button", name="Take the ticked ones over").click()
    taken_over = page.get_by_role("region", name="On the server")
    expect(taken_over.get_by_text("2 new artists, 0 known")).to_be_visible(timeout=60_000)
    page.goto("/jobs")
    expect(page.get_by_text("6 pictures for 2 artists").first).to_be_visible(timeout=60_000)


def _send(page: Page, emby: InventedEmby) -> None:
    """What somebody changed on the server is seen in full, and ours is sent; a server that is down is a card."""
    item = next(item for item in emby.fake.shelf.items.values() if item["Name"] == QUILLFEN.name)
    item["Overview"] = "Somebody wrote this on the server."
    page.reload()
    expect(page.get_by_text("1 difference")).to_be_visible()
    expect(page.get_by_text("Somebody wrote this on the server.")).to_be_visible()
    page.get_by_role("button", name="Send our biography to Living room").click()
    expect(page.get_by_text("in agreement")).to_be_visible()
    assert item["Overview"] == QUILLFEN.biography
    _pictures(page, emby, item["Id"])
    emby.fake.fault = "500"
    page.reload()
    expect(page.get_by_role("link", name="Ask again", exact=True)).to_be_visible()


def _pictures(page: Page, emby: InventedEmby, item_id: str) -> None:
    """The import brought them; one that is new on the server is taken over, and one is deleted there."""
    panel = page.get_by_role("region", name="Pictures on Living room")
    expect(panel.get_by_text("the same as backdrop 2")).to_be_visible(timeout=60_000)
    backdrops = emby.fake.shelf.held(item_id, "Backdrop")
    backdrops.append(HeldPicture.of(encoded(scene(1280, 720)), "image/jpeg"))
    page.reload()
    panel.get_by_role("button", name="Take backdrop 3 over from Living room").click()
    expect(panel.get_by_text("the same as backdrop 3")).to_be_visible()
    panel.get_by_role("button", name="Delete backdrop 1 on Living room").click()
    page.get_by_role("button", name="Delete there", exact=True).last.click()
    expect(panel.get_by_text("1 only here")).to_be_visible()
    assert len(backdrops) == 2

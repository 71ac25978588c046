"""Journey 22: one difference is sent to a server and one taken over; a server that is down is a card that says so."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import grave_problems
from tests.browser.pages import overflow
from tests.browser.server import Server
from tests.browser.servers import TwoServers
from tests.browser.windows import Windows

OURS = "Two neighbours found that their walls were thin, and began to play for each other."
THEIRS = "Two neighbours found that their walls were thick, and somebody wrote this on the server."


@pytest.fixture
def artist(spare: Callable[..., dict[str, Any]], server: Server) -> dict[str, Any]:
    """With a biography and a genre that Maria typed, sorted as a server does that was told of no other sort name."""
    given = spare(filter_missing_mbid="-y", filter_type_group="+y")
    server.rest.patch(f"/artists/{given['id']}/fields/sort_name", value=given["name"])
    server.rest.patch(f"/artists/{given['id']}/fields/biography", value=OURS)
    server.rest.patch(f"/artists/{given['id']}/fields/genres", value="Harbour Music")
    told: dict[str, Any] = server.rest.get(f"/artists/{given['id']}")["artist"]
    return told


@pytest.fixture
def servers(artist: dict[str, Any], server: Server) -> Iterator[TwoServers]:
    """Both agree with us, but for what somebody wrote on Emby."""
    with TwoServers.knowing(artist, server) as connected:
        connected.on_emby["Overview"] = THEIRS
        connected.on_emby["Genres"] = ["Lighthouse Music"]
        yield connected


@pytest.fixture
def page(windows: Windows, artist: dict[str, Any], servers: TwoServers) -> Page:
    opened = windows.open()
    opened.goto(f"/artists/{artist['id']}/servers")
    return opened


def test_what_differs_is_sent_or_taken_over_one_at_a_time_and_who_is_down_is_asked_again(
    page: Page, artist: dict[str, Any], servers: TwoServers
) -> None:
    emby, jellyfin = _card(page, "Living room"), _card(page, "Attic")
    expect(jellyfin.get_by_text("in agreement")).to_be_visible()
    expect(emby.get_by_text("2 differences")).to_be_visible()
    for side in (OURS, THEIRS, "Harbour Music", "Lighthouse Music"):
        expect(emby.get_by_text(side)).to_be_visible()
    expect(page.get_by_role("link", name="See the pictures")).to_have_count(0)  # both panels are filled
    assert grave_problems(page) == []
    assert overflow(page) <= 0
    _send_one(emby, servers)
    _take_one_over(page, emby, servers)
    page.evaluate("window.stayed = true")
    _one_is_down(page, servers)
    assert page.evaluate("window.stayed")
    page.goto(f"/artists/{artist['id']}")
    change = page.locator("#history li").filter(has_text="Genres").first
    expect(change).to_contain_text("Lighthouse Music")
    expect(change).to_contain_text("Emby")


def _card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _send_one(emby: Locator, servers: TwoServers) -> None:
    """Nothing but the biography is written, and to nobody else."""
    emby.get_by_role("button", name="Send our biography to Living room").click()
    expect(emby.get_by_text("1 difference", exact=True)).to_be_visible()
    assert (servers.on_emby["Overview"], servers.on_emby["Genres"]) == (OURS, ["Lighthouse Music"])
    (question,) = servers.written()
    assert (question.provider, question.method) == ("emby", "POST")


def _take_one_over(page: Page, emby: Locator, servers: TwoServers) -> None:
    """The question shows both sides; who says no changes nothing."""
    take, dialog = emby.get_by_role("button", name="Take genres over from Living room"), page.get_by_role("dialog")
    take.click()
    for side in ("Harbour Music", "Lighthouse Music"):
        expect(dialog.get_by_text(side)).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(take).to_be_focused()
    take.click()
    dialog.get_by_role("button", name="Take over").click()
    expect(emby.get_by_text("in agreement")).to_be_visible()
    assert len(servers.written()) == 1


def _one_is_down(page: Page, servers: TwoServers) -> None:
    """Its card says so and offers to ask again, which is enough once it is back; the other one goes on."""
    servers.emby.fault = "503"
    emby, pictures = _card(page, "Living room"), page.get_by_role("region", name="Pictures on Living room")
    emby.get_by_role("button", name="Send ours to Living room").click()
    expect(emby.get_by_role("alert")).to_be_visible()
    expect(emby.get_by_role("button")).to_have_count(0)
    expect(_card(page, "Attic").get_by_text("in agreement")).to_be_visible()
    pictures.get_by_role("button", name="Send our pictures").click()
    expect(pictures.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("link", name="Ask again")).to_have_count(2)
    servers.emby.fault = ""
    emby.get_by_role("link", name="Ask again").click()
    expect(emby.get_by_text("in agreement")).to_be_visible()
    pictures.get_by_role("link", name="Ask again").click()
    expect(pictures.get_by_role("img").first).to_be_visible()

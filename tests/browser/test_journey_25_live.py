"""Journey 25, live updates: many tabs share one stream; a server that was away is awaited, and nothing is missed."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.artists.providers.acts import QUILLFEN
from tests.browser.pages import sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.servers import InventedEmby
from tests.browser.windows import Windows
from tests.steps import DATABASE

MISSED = "Written while Stillwater was away."
TABS = 8
WAIT = 30
NOBODY_THERE = re.compile(r"net::ERR_(CONNECTION|INCOMPLETE|EMPTY|NETWORK)|htmx:sendError")


def test_eight_tabs_respond_over_one_stream_and_the_next_takes_it_over(
    windows: Windows, server: Server, spare: Callable[..., dict[str, Any]]
) -> None:
    """A browser opens six connections to a server at most: a stream for each tab would leave none for pages.

    The next one is refused for a time that seems long to it, as by a proxy whose server is away.
    """
    artist = spare()
    streams: list[Request] = []
    first = windows.open()
    first.context.on("request", lambda asked: streams.append(asked) if "/events/stream" in asked.url else None)
    tabs = [first, *(windows.tab(first) for _number in range(TABS - 1))]
    for tab in tabs:
        tab.goto(f"/artists/{artist['id']}")
    _write(server, artist, "Everybody hears of it.")
    for tab in tabs:
        expect(tab.locator("#history")).to_contain_text("Everybody hears of it.")
    assert len(streams) == 1
    with first.context.expect_event("response", lambda answer: answer.status == 503):
        first.context.route("**/events/stream*", lambda route: route.fulfill(status=503))
        first.close()
    _write(server, artist, "Nobody heard of it at first.")
    tabs[1].evaluate("localStorage.setItem('stillwater.last-event-seen-at', 0)")
    tabs[1].context.unroute_all()
    for tab in tabs[1:]:
        expect(tab.locator("#history")).to_contain_text("Nobody heard of it at first.")


def test_a_field_changed_in_another_tab_is_new_here_too_but_not_under_an_open_form(
    windows: Windows, server: Server, spare: Callable[..., dict[str, Any]]
) -> None:
    artist = spare()
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    _write(server, artist, "Written elsewhere.")
    expect(page.locator("#biography")).to_contain_text("Written elsewhere.")
    page.get_by_role("link", name="Edit biography").click()
    page.locator("#edit-biography").fill("Half a senten")
    page.get_by_role("link", name="Skip to content").focus()
    _write(server, artist, "Written over.")
    expect(page.locator("#history")).to_contain_text("Written over.")
    expect(page.locator("#edit-biography")).to_have_value("Half a senten")
    page.locator("#edit-biography").press("Escape")
    expect(page.locator("#biography")).to_contain_text("Written over.")


def _write(server: Server, artist: dict[str, Any], words: str) -> None:
    server.rest.patch(f"/artists/{artist['id']}/fields/biography", value=words)


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


def test_after_a_power_cut_the_pages_catch_up_and_the_job_is_finished(
    page: Page, fresh_windows: Windows, fresh_server: Server, emby: InventedEmby
) -> None:
    asked, answered = _held_picture(emby)
    page.goto("/settings/servers")
    page.get_by_role("link", name="Libraries of Living room").click()
    page.get_by_role("button", name="Take the ticked ones over").click()
    assert asked.wait(WAIT), "no picture was asked for"
    page.goto("/jobs")
    artist = fresh_windows.tab(page)
    artist.goto("/artists")
    artist.get_by_role("link", name=QUILLFEN.name).first.click()
    expect(artist.locator("#history")).to_be_visible()
    fresh_server.kill()
    for tab in (page, artist):
        expect(tab.get_by_text("Live updates are interrupted. Reconnecting…")).to_be_visible()
    answered.set()
    _an_hour_passes(fresh_server)
    next(item for item in emby.fake.shelf.items.values() if item["Name"] == QUILLFEN.name)["Overview"] = MISSED
    number = artist.url.rpartition("/")[2]
    fresh_server.manage("pull", number)
    fresh_server.start()
    expect(artist.locator("#history")).to_contain_text(MISSED)
    expect(page.get_by_role("row", name="Bringing pictures from a server done")).to_be_visible()
    assert fresh_server.rest.get(f"/artists/{number}")["artist"]["fanart_count"] == 2
    for tab in (page, artist):
        expect(tab.get_by_text("Live updates are interrupted. Reconnecting…")).to_be_hidden()
    fresh_windows.troubles[:] = [each for each in fresh_windows.troubles if not NOBODY_THERE.search(each)]


def _held_picture(emby: InventedEmby) -> tuple[Event, Event]:
    """Emby is slow with one picture. The first event: it was asked for it; the second lets it answer."""
    asked, answered = Event(), Event()
    held = next(pictures for (_item, kind), pictures in emby.fake.shelf.pictures.items() if kind == "Backdrop")
    draw = held[0].draw

    def slowly() -> bytes:
        asked.set()
        answered.wait(WAIT)
        return draw()

    held[0] = replace(held[0], draw=slowly)
    return asked, answered


def _an_hour_passes(server: Server) -> None:
    """So that whoever looks knows that a worker which has not been heard of since is gone."""
    with sqlite3.connect(server.data / DATABASE) as database:
        database.execute("UPDATE stillwater_job SET heartbeat_at = datetime(heartbeat_at, '-1 hour')")
    database.close()

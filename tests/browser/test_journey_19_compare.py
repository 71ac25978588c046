"""Journey 19: what providers say stands beside the stored value, one of it is taken, and a lock keeps it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from artists.demo.fakes import lastfm
from tests.browser.accessibility import grave_problems, settle
from tests.browser.pages import press
from tests.browser.providers import InventedProviders
from tests.browser.server import Server
from tests.browser.windows import Windows

Artist = dict[str, Any]
WORDS = "Typed by Maria long ago."


@pytest.fixture
def known(spare: Callable[..., Artist], server: Server) -> Artist:
    """Somebody with an MBID, and with a biography and a genre that Maria typed."""
    artist = spare(filter_missing_mbid="-y", filter_type_group="+y")
    server.rest.put("/providers/lastfm/key", api_key=lastfm.KEY, skip_test=True)
    server.rest.patch(f"/artists/{artist['id']}/fields/biography", value=WORDS)
    server.rest.patch(f"/artists/{artist['id']}/fields/genres", value="Harbour Music")
    return artist


@pytest.fixture
def one_is_down(providers: InventedProviders) -> Iterator[None]:
    providers.down.add("lastfm")
    yield
    providers.down.clear()


@pytest.mark.usefixtures("one_is_down")
def test_a_text_is_compared_word_by_word_and_one_is_used(windows: Windows, known: Artist) -> None:
    page = _opened(windows, known)
    dialog = _compare(page, "biography")
    block = dialog.get_by_role("region", name="Wikipedia")
    expect(block.locator("del").first).to_be_visible()
    expect(block.locator("ins").first).to_be_visible()
    expect(dialog.get_by_role("region", name="TheAudioDB").locator("ins").first).to_be_visible()
    expect(dialog.get_by_role("region", name="Last.fm")).to_contain_text("did not answer")
    assert grave_problems(page) == []
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-focus-key=compare-biography]")).to_be_focused()
    _compare(page, "biography").get_by_role("button", name="Use the value of Wikipedia").click()
    expect(dialog).to_be_hidden()
    value = page.locator("#field-biography .value")
    expect(value).not_to_contain_text(WORDS)
    expect(page.locator("#field-biography .from, #field-biography .why summary")).to_contain_text("Wikipedia")
    expect(page.locator("[data-focus-key=compare-biography]")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(value).to_have_text(WORDS)
    _expect_no_reload(page)


def test_lists_are_merged(windows: Windows, known: Artist) -> None:
    page = _opened(windows, known)
    dialog = _compare(page, "genres")
    dialog.get_by_role("button", name="Merge with the value of MusicBrainz").click()
    chips = page.locator("#field-genres .value .chip")
    expect(chips.first).to_have_text("Harbour Music")
    expect(chips.nth(1)).to_be_visible()
    _expect_no_reload(page)


def test_a_lock_takes_edit_and_compare_away_and_survives_a_refresh(windows: Windows, known: Artist) -> None:
    page = _opened(windows, known)
    biography = page.locator("#field-biography")
    biography.get_by_role("button", name="Lock biography").click()
    expect(biography.locator("[data-edit]")).to_have_count(0)
    expect(biography.locator("[data-focus-key=compare-biography]")).to_have_count(0)
    page.get_by_role("button", name="Refresh", exact=True).focus()
    press(page, "Enter")
    expect(page.locator("#field-genres .value")).not_to_contain_text("Harbour Music")
    expect(page.get_by_role("button", name="Refresh", exact=True)).to_be_focused()
    expect(biography.locator(".value")).to_have_text(WORDS)
    biography.locator(".why summary").click()
    expect(biography.locator(".reasons")).to_contain_text("field is locked")
    settle(page)
    assert grave_problems(page) == []
    _expect_no_reload(page)


def test_without_scripts_it_is_a_page_that_leads_back(windows: Windows, known: Artist) -> None:
    page = windows.open(scripts=False)
    page.goto(f"/artists/{known['id']}")
    page.get_by_role("link", name="Compare genres with providers").click()
    page.get_by_role("button", name="Use the value of MusicBrainz").click()
    expect(page).to_have_url(re.compile(rf"/artists/{known['id']}#field-genres$"))
    expect(page.locator("#field-genres .value")).not_to_contain_text("Harbour Music")


def _opened(windows: Windows, artist: Artist) -> Page:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    page.evaluate("document.body.dataset.stays = 'yes'")
    return page


def _expect_no_reload(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")


def _compare(page: Page, key: str) -> Locator:
    link = page.locator(f"[data-focus-key=compare-{key}]")
    link.focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("region", name="Stored")).to_be_visible()
    return dialog

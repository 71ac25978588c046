"""Journey 21, its first half: an artist without a MusicBrainz ID is found, and linking fills the page in place."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import grave_problems
from tests.browser.pages import press
from tests.browser.windows import Windows

Artist = dict[str, Any]


@pytest.fixture
def stranger(spare: Callable[..., Artist]) -> Artist:
    return spare(filter_missing_mbid="+y")


def test_candidates_stand_with_their_albums_and_linking_fills_the_page(windows: Windows, stranger: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{stranger['id']}")
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.locator("[data-focus-key=refresh]").focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name")).to_have_value(stranger["name"])
    dialog.get_by_role("button", name="Search").click()
    candidate = dialog.locator("li").filter(has_text="100 %").first
    expect(candidate).to_contain_text("albums here are among its")
    assert grave_problems(page) == []
    candidate.get_by_role("button", name="Link").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#field-musicbrainz_id .value a")).to_be_visible()
    expect(page.get_by_role("button", name="Refresh", exact=True)).to_be_focused()
    expect(page.locator("#history .feed")).to_contain_text("Maria, MusicBrainz")
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")


def test_without_scripts_it_is_a_page_that_leads_back(windows: Windows, stranger: Artist) -> None:
    page = windows.open(scripts=False)
    page.goto(f"/artists/{stranger['id']}")
    page.locator("[data-focus-key=refresh]").click()
    page.get_by_role("button", name="Search").click()
    page.get_by_role("listitem").filter(has_text="100 %").first.get_by_role("button", name="Link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#field-musicbrainz_id .value a")).to_be_visible()

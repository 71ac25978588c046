"""Journey 14: the address of the artist list is its filter, in every way of getting there."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.windows import Windows

SIZE = 200


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_including_and_excluding_shows_the_rows_that_the_api_names(
    windows: Windows, server: Server, theme: str, scripts: bool
) -> None:
    page = windows.open(theme, scripts=scripts)
    page.goto(f"/artists?page_size={SIZE}")
    page.get_by_role("link", name="Filters").click()
    _choose(page, "No banner", "only")
    _choose(page, "No MusicBrainz ID", "not")
    if not scripts:
        page.get_by_role("button", name="Show these artists").click()
    expect(page).to_have_url(re.compile(r"filter_missing_banner=(%2B|\+)y.*"))
    expect(page).to_have_url(re.compile(r"filter_missing_mbid=-y"))
    expect(page.locator(".chip.on")).to_contain_text("No banner")
    expect(page.locator(".chip.off").filter(has=page.locator(".remove"))).to_contain_text("has a MusicBrainz ID")
    _expect_rows_of_the_api(page, server)


def test_back_forward_reload_and_a_pasted_link_agree(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    everybody = _names(page)
    page.get_by_role("link", name="No NFO").click()
    expect(page.locator(".chip.on")).to_contain_text("No NFO")
    few, address = _names(page), page.url
    assert 0 < len(few) < len(everybody)
    page.go_back()
    expect(page.locator(".chip.on")).to_have_count(0)
    assert _names(page) == everybody
    page.go_forward()
    expect(page.locator(".chip.on")).to_contain_text("No NFO")
    assert _names(page) == few
    page.reload()
    assert _names(page) == few
    pasted = windows.open(theme)
    pasted.goto(address)
    assert _names(pasted) == few
    _expect_rows_of_the_api(pasted, server)


def test_removing_the_chip_removes_the_filter(windows: Windows, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists?filter_missing_meta=%2By&sort=health_score")
    few = _names(page)
    page.get_by_role("link", name="Remove the filter No NFO").click()
    expect(page.locator(".chip.on")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("filter_"))
    expect(page).to_have_url(re.compile("sort=health_score"))
    assert len(_names(page)) > len(few)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_excluding_filter_works_from_the_address_alone(
    windows: Windows, server: Server, spare: Callable[..., dict[str, Any]], scripts: bool
) -> None:
    locked = spare()
    server.rest.post(f"/artists/{locked['id']}/lock")
    page = windows.open("dark", scripts=scripts)
    page.goto(f"/artists?filter_locked=-y&page_size={SIZE}")
    _expect_rows_of_the_api(page, server)
    assert locked["name"] not in _names(page)
    page.goto(f"/artists?filter_locked=y&page_size={SIZE}")
    assert locked["name"] in _names(page)


def test_a_plus_that_arrives_as_a_space_still_filters(windows: Windows, server: Server) -> None:
    page = windows.open("light")
    page.goto("/artists?filter_missing_meta=+y")
    expect(page.locator(".chip.on")).to_contain_text("No NFO")
    _expect_rows_of_the_api(page, server)


def test_the_library_filter_shows_that_library(windows: Windows, server: Server) -> None:
    library = server.rest.get("/libraries")[0]
    page = windows.open("light", scripts=False)
    page.goto("/libraries")
    page.get_by_role("link", name=library["name"], exact=True).click()
    expect(page).to_have_url(re.compile(rf"filter_library_{library['id']}=(%2B|\+)y"))
    expect(page.locator(".chip.on")).to_contain_text(library["name"])
    page.goto(page.url.replace("=%2By", "=-y").replace("=+y", "=-y"))
    expect(page.locator("#artist-results")).to_contain_text("No artist")


def _choose(page: Page, facet: str, state: str) -> None:
    page.get_by_role("radiogroup", name=facet).get_by_text(state, exact=True).click()
    expect(page.get_by_role("radiogroup", name=facet).get_by_label(state)).to_be_checked()


def _names(page: Page) -> list[str]:
    expect(page.locator("#artist-rows")).to_be_visible()
    return [name.strip() for name in page.locator("#artist-rows [data-row-link]").all_inner_texts()]


def _expect_rows_of_the_api(page: Page, server: Server) -> None:
    asked = {key: value for key, value in parse_qsl(urlsplit(page.url).query) if key != "panel"}
    names = [artist["name"] for artist in server.rest.get("/artists", **asked)["artists"]]
    assert names
    expect(page.locator("#artist-rows [data-row-link]")).to_have_text(names)

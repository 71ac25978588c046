"""Journey 15: searching, sorting, and what of the list's looks is kept."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages import overflow, sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import Windows


@pytest.fixture(autouse=True)
def table_again(server: Server) -> Iterator[None]:
    """The view belongs to the person, and the other journeys read the table."""
    yield
    server.rest.put("/preferences/artists_view", value="table")


def test_of_fast_typing_the_last_answer_wins(windows: Windows, server: Server, theme: str) -> None:
    """The answer to the first letters is held back until the whole word was typed."""
    word = server.rest.get("/artists", sort="name", order="desc")["artists"][3]["name"]
    page = windows.open(theme)
    held: list[Route] = []
    page.route(re.compile(r"/artists\?.*search="), lambda route: _hold_first(route, held))
    page.goto("/artists")
    search = page.get_by_role("searchbox", name="Search artists")
    search.press_sequentially(word[:2])
    expect(page.locator("#artist-search")).to_have_class(re.compile("htmx-request"))
    search.press_sequentially(word[2:])
    expect(page).to_have_url(re.compile("search="))
    held[0].continue_()
    expect(page.locator("#artist-rows [data-row-link]").first).to_have_text(word)
    expect(search).to_be_focused()
    expect(search).to_have_value(word)


def test_a_heading_sorts_turns_round_and_goes_back_to_names(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme)
    page.goto("/artists")
    for state, sort, order in (
        ("ascending", "health_score", "asc"),
        ("descending", "health_score", "desc"),
        (None, "name", "asc"),
    ):
        page.get_by_role("columnheader", name="Health").get_by_role("link").click()
        heading = page.get_by_role("columnheader", name="Health")
        if state:
            expect(heading).to_have_attribute("aria-sort", state)
        else:
            expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
        expect(page.get_by_role("link", name="Health").last).to_be_focused()
        names = [artist["name"] for artist in server.rest.get("/artists", sort=sort, order=order)["artists"]]
        expect(page.locator("#artist-rows [data-row-link]")).to_have_text(names)


def test_view_and_columns_are_kept_after_signing_in_again(windows: Windows, theme: str) -> None:
    page = windows.open(theme, signed_in=False)
    page.goto("/artists")
    sign_in(page, USERNAME, PASSWORD)
    expect(page.get_by_role("columnheader", name="Library")).to_be_visible()
    page.get_by_label("Columns").click()
    page.get_by_label("Library").uncheck()
    expect(page.get_by_role("columnheader", name="Library")).to_be_hidden()
    page.get_by_role("button", name="Grid").click()
    expect(page.locator(".cards .card").first).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/artists")
    sign_in(page, USERNAME, PASSWORD)
    expect(page.locator(".cards .card").first).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("columnheader", name="Library")).to_be_hidden()
    expect(page.get_by_role("columnheader", name="Findings")).to_be_visible()


def test_the_grid_fits_a_telephone_and_sorts_by_its_menu(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme, narrow=True)
    page.goto("/artists")
    assert overflow(page) <= 0
    page.get_by_role("button", name="Grid").click()
    expect(page.locator(".cards .card").first).to_be_visible()
    assert overflow(page) <= 0
    _sort_by(page, "Health")
    expect(page).to_have_url(re.compile("sort=health_score"))
    worst = server.rest.get("/artists", sort="health_score")["artists"][0]["name"]
    expect(page.locator(".cards .name").first).to_have_text(worst)


def test_without_scripts_search_and_sort_are_a_form_and_links(windows: Windows, server: Server, theme: str) -> None:
    name = server.rest.get("/artists")["artists"][5]["name"]
    page = windows.open(theme, scripts=False, narrow=True)
    page.goto("/artists")
    page.get_by_role("searchbox", name="Search artists").fill(name)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#artist-rows [data-row-link]").first).to_have_text(name)
    page.get_by_role("button", name="Grid").click()
    expect(page.locator(".cards .name").first).to_have_text(name)
    expect(page.get_by_role("searchbox", name="Search artists")).to_have_value(name)


def _hold_first(route: Route, held: list[Route]) -> None:
    if held:
        route.continue_()
    else:
        held.append(route)


def _sort_by(page: Page, label: str) -> None:
    page.locator("summary", has_text="change").click()
    page.locator(".menu-list").get_by_role("link", name=label).click()

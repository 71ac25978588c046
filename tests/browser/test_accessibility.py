"""No page breaks a rule of axe gravely in either theme, and none is wider than a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_problems, settle
from tests.browser.addresses import ADDRESSES, address
from tests.browser.pages import overflow, tab_to
from tests.browser.server import Server
from tests.browser.windows import NARROW, WIDE, Windows


@pytest.fixture(scope="module", autouse=True)
def _few_rows(server: Server) -> Iterator[None]:
    """Rows are alike: axe says of ten what it says of fifty, in a quarter of the time."""
    server.rest.put("/preferences/page_size", value="10")
    yield
    server.rest.put("/preferences/page_size", value="50")


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_is_accessible_and_fits_a_telephone(looking: Windows, server: Server, name: str) -> None:
    page = looking.one()
    page.goto(address(server, name))
    _expect_good(page)


@pytest.fixture
def grid(server: Server) -> Iterator[None]:
    server.rest.put("/preferences/artists_view", value="grid")
    yield
    server.rest.put("/preferences/artists_view", value="table")


@pytest.mark.usefixtures("grid")
def test_the_grid_of_artists_is_too(windows: Windows) -> None:
    page = windows.open()
    page.goto("/artists")
    expect(page.locator(".cards")).to_be_visible()
    _expect_good(page)


def test_so_are_sign_in_and_its_refusal(windows: Windows) -> None:
    page = windows.open(signed_in=False, seen_from="192.0.2.77")
    page.goto("/login/")
    _expect_good(page)
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password", exact=True).fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _expect_good(page)


def test_so_is_a_refused_form(windows: Windows) -> None:
    """A form whose token is not ours is forbidden."""
    page = windows.open()
    page.goto("/preferences")
    sign_out = page.get_by_role("button", name="Sign out").first
    sign_out.locator("xpath=ancestor::form//input[@name='csrfmiddlewaretoken']").evaluate("input => input.value = 'x'")
    sign_out.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Preferences")
    _expect_good(page)


def test_so_are_a_field_in_its_form_the_ticked_rows_and_the_list_of_keys(windows: Windows, server: Server) -> None:
    page = windows.open()
    page.goto(address(server, "artist"))
    page.locator("#field-genres [data-edit]").click()
    expect(page.locator("#field-genres [data-field-form]")).to_be_visible()
    page.keyboard.press("Tab")
    _expect_good(page)
    page.goto("/artists")
    page.locator("[data-select]").first.check()
    expect(page.locator("[data-bulk-count]")).to_have_text("1 selected")
    _expect_good(page)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert grave_problems(page) == []


def test_the_skip_link_is_the_first_stop_and_leads_past_the_navigation(windows: Windows) -> None:
    page = windows.open()
    page.goto("/artists")
    tab_to(page, page.get_by_role("link", name="Skip to content"), at_most=2)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main").evaluate("main => main.contains(document.activeElement)")


def test_on_a_telephone_the_open_one_of_many_tabs_is_in_sight(windows: Windows) -> None:
    page = windows.open()
    page.set_viewport_size(NARROW)
    page.goto("/settings/webhooks")
    tabs = page.get_by_role("navigation", name="Settings")
    expect(tabs.get_by_role("link", name="Webhooks")).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_page_that_breaks_a_rule_would_be_found(windows: Windows) -> None:
    page = windows.open()
    page.goto("/artists")
    page.locator("h1").evaluate("heading => heading.insertAdjacentHTML('afterend', '<img src=\"/static/none.svg\">')")
    assert any("image-alt" in problem for problem in grave_problems(page))
    windows.troubles.clear()


def _expect_good(page: Page) -> None:
    settle(page)
    expect(page.locator("h1")).to_have_count(1)
    assert grave_problems(page) == []
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0, f"{overflow(page)} px too wide"
    page.set_viewport_size(WIDE)

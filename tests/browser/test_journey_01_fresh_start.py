"""Journey 1: the first visit of a Stillwater that nobody has set up."""

import re

from playwright.sync_api import Page, expect

from tests.browser.accessibility import grave_problems
from tests.browser.pages import overflow, press, tab_to
from tests.browser.server import Server
from tests.browser.windows import Windows

GOOD, SHORT = "a calm long secret", "short"


def test_the_first_account_is_made_with_the_keyboard_alone(fresh_windows: Windows) -> None:
    page = fresh_windows.open("light", signed_in=False)
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/setup/$"))
    page.keyboard.type("maria")
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(SHORT)
    press(page, "Enter")
    _expect_refusal(page)
    page.keyboard.type(GOOD)
    press(page, "Enter")
    _expect_quick_start(page)


def test_a_small_dark_window_is_enough_for_it(fresh_windows: Windows) -> None:
    page = fresh_windows.open("dark", narrow=True, signed_in=False)
    page.goto("/")
    assert overflow(page) <= 0
    assert grave_problems(page) == []
    _fill(page, SHORT)
    _expect_refusal(page)
    _fill(page, GOOD)
    _expect_quick_start(page)
    assert overflow(page) <= 0


def test_nor_does_it_need_scripts_up_to_the_first_scan(fresh_windows: Windows, fresh_server: Server) -> None:
    (fresh_server.music / "Quiet Lake").mkdir(parents=True)
    page = fresh_windows.open("dark", scripts=False, signed_in=False)
    page.goto("/artists")
    expect(page).to_have_url(re.compile(r"/setup/"))
    _fill(page, SHORT)
    _expect_refusal(page)
    _fill(page, GOOD)
    _expect_quick_start(page)
    page.get_by_label("Folder", exact=True).fill(str(fresh_server.music))
    page.get_by_role("button", name="Look").click()
    expect(page.locator("#folder-preview")).to_contain_text("Quiet Lake")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
    page.goto("/setup/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")


def _fill(page: Page, password: str) -> None:
    page.get_by_label("Username").fill("maria")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create account").click()


def _expect_refusal(page: Page) -> None:
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Password")).to_have_accessible_description(re.compile("8 characters"))
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_value("maria")


def _expect_quick_start(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/start$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is your music?")
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == "session")
    assert session["httpOnly"]
    assert session["sameSite"] == "Lax"

"""Journey 7: after signing in one is where one wanted to be; guessing passwords is slowed down."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import sign_in
from tests.browser.server import PASSWORD, USERNAME
from tests.browser.windows import Windows

FILTERED = "/artists?filter_missing_mbid=%2By&sort=health_score&order=desc"
ALLOWED_GUESSES = 5


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_expired_session_comes_back_to_the_same_filtered_list(windows: Windows, theme: str, scripts: bool) -> None:
    page = windows.open(theme, scripts=scripts)
    page.goto(FILTERED)
    names = _names(page)
    address = page.url
    page.context.clear_cookies(name="session")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(page, USERNAME, PASSWORD)
    expect(page).to_have_url(address)
    assert _names(page) == names


def test_a_session_that_ends_under_an_open_list_leads_to_the_sign_in_page_and_back(windows: Windows) -> None:
    """htmx asks for a part of the page; what comes back must not be a sign-in form inside the list."""
    page = windows.open("light")
    page.goto("/artists")
    expect(page.locator("#artist-rows")).to_be_visible()
    page.context.clear_cookies(name="session")
    page.get_by_role("link", name="No MusicBrainz ID").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(page, USERNAME, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Artists")


def test_what_was_typed_outlives_a_session_that_ended_meanwhile(
    windows: Windows, spare: Callable[..., dict[str, Any]]
) -> None:
    page = windows.open("light")
    page.goto(f"/artists/{spare()['id']}")
    page.get_by_role("link", name="Edit origin").click()
    page.locator("#edit-origin").fill("Written for an hour")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("Sign in in another tab")
    other = windows.tab(page)
    other.goto("/login/")
    sign_in(other, USERNAME, PASSWORD)
    expect(other.get_by_role("heading", level=1)).to_have_text("Dashboard")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#field-origin")).to_contain_text("Written for an hour")
    expect(page.get_by_role("link", name="Edit origin")).to_be_visible()


def test_nobody_is_sent_to_a_foreign_page(windows: Windows) -> None:
    page = windows.open("light", signed_in=False)
    page.goto("/login/?next=//example.org/")
    sign_in(page, USERNAME, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")


@pytest.mark.parametrize(
    ("theme", "scripts", "seen_from"), [("light", True, "192.0.2.1"), ("dark", False, "192.0.2.2")]
)
def test_repeated_bad_passwords_are_told_to_wait(windows: Windows, theme: str, scripts: bool, seen_from: str) -> None:
    """Each window seems to sit elsewhere, so that the others may still sign in."""
    page = windows.open(theme, scripts=scripts, signed_in=False, seen_from=seen_from)
    page.goto("/login/")
    for guess in range(ALLOWED_GUESSES):
        sign_in(page, f"nobody {theme} {scripts}", f"guess {guess}")
        expect(page.get_by_role("alert")).to_contain_text(re.compile("invalid|wrong|match", re.IGNORECASE))
    sign_in(page, f"nobody {theme} {scripts}", "guess")
    expect(page.get_by_role("alert")).to_contain_text("Too many attempts, try again later")


def _names(page: Page) -> list[str]:
    expect(page.locator("#artist-rows")).to_be_visible()
    return page.locator("#artist-rows tbody th").all_inner_texts()

"""What the journeys do on many pages."""

from playwright.sync_api import Locator, Page, expect


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, place: Locator, *, at_most: int = 60) -> None:
    """Walk there with the Tab key, as somebody without a mouse does."""
    for _step in range(at_most):
        if place.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{at_most} presses of Tab did not reach {place}")


def sign_in(page: Page, username: str, password: str) -> None:
    """On the sign-in page."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def expect_focus_in(page: Page, place: Locator) -> None:
    """The focus is on the place or on something inside it."""
    expect(page.locator(":focus")).to_have_count(1)
    assert place.evaluate("element => element.contains(document.activeElement)"), "the focus is elsewhere"

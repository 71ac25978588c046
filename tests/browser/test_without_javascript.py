"""Every page is complete where no scripts run: nothing waits for a script to bring it, nothing needs one to be sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES, address
from tests.browser.pages import overflow
from tests.browser.server import Server
from tests.browser.windows import Windows


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_is_complete(windows: Windows, server: Server, name: str) -> None:
    page = windows.open("dark", scripts=False, narrow=True)
    page.goto(address(server, name))
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".skeleton:visible")).to_have_count(0)
    expect(page.locator(".needs-script:visible")).to_have_count(0)
    for form in page.locator("form").all():
        assert form.locator("button:not([type=button]), input[type=submit]").count() or form.get_attribute("id") in (
            page.locator("button[form]").evaluate_all("buttons => buttons.map(button => button.getAttribute('form'))")
        ), form.evaluate("form => form.outerHTML.slice(0, 300)")
    assert overflow(page) <= 0

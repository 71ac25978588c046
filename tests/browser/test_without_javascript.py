"""Every page is complete where no scripts run: nothing waits for a script to bring it, nothing needs one to be sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES, address
from tests.browser.pages import overflow
from tests.browser.server import Server
from tests.browser.windows import Windows

WITHOUT_A_BUTTON = """forms => {
  const outside = [...document.querySelectorAll("button[form]")];
  const elsewhere = new Set(outside.map((button) => button.getAttribute("form")));
  const sends = (form) => form.querySelector("button:not([type=button]), input[type=submit]") || elsewhere.has(form.id);
  return forms.filter((form) => !sends(form)).map((form) => form.outerHTML.slice(0, 300));
}"""


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_is_complete(looking: Windows, server: Server, name: str) -> None:
    page = looking.one("dark", scripts=False, narrow=True)
    page.goto(address(server, name))
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".skeleton:visible")).to_have_count(0)
    expect(page.locator(".needs-script:visible")).to_have_count(0)
    assert page.locator("form").evaluate_all(WITHOUT_A_BUTTON) == []
    assert overflow(page) <= 0

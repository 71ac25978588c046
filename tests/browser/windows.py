"""Browser windows that remember what went wrong in them, and leave a picture behind when a test fails."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
REFUSED_ON_PURPOSE = re.compile(r"Failed to load resource: .* status of (401|403|404|409|422|429) ")

SAID_BY_HTMX = re.compile(r"htmx:(sendAbort|afterRequest), |Response Status Error Code 4(09|22) ")
"""A newer request of the same form took the place of an older one; a refusal, which the page shows."""


@dataclass
class Windows:
    """Opens windows on one server. `state`: the cookies of somebody who is signed in there."""

    browser: Browser
    address: str
    state: Any
    pages: list[Page] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(
        self,
        theme: str = "light",
        *,
        scripts: bool = True,
        narrow: bool = False,
        signed_in: bool = True,
        seen_from: str = "",
        state: Any = None,
    ) -> Page:
        """`seen_from`: the address the server takes the window's for; `state`: that of another window."""
        context = self.browser.new_context(
            base_url=self.address,
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            viewport=NARROW if narrow else WIDE,
            storage_state=state or (self.state if signed_in else None),
            extra_http_headers={"X-Forwarded-For": seen_from} if seen_from else {},
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        context.set_default_timeout(30_000)
        return self._watched(context)

    def one(self, theme: str = "light", *, scripts: bool = True, narrow: bool = False) -> Page:
        """The first window, opened now if there is none yet."""
        return self.pages[0] if self.pages else self.open(theme, scripts=scripts, narrow=narrow)

    def tab(self, page: Page) -> Page:
        """One more in the window of this page: they share what the browser knows."""
        return self._watched(page.context)

    def picture(self, name: str) -> None:
        """Of every window; a blank name is none."""
        for number, page in enumerate(self.pages):
            if name and not page.is_closed():
                SCREENSHOTS.mkdir(exist_ok=True)
                page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)

    def close(self, *, picture_as: str = "") -> None:
        self.picture(picture_as)
        for context in {page.context for page in self.pages}:
            context.close()

    def _watched(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        self.pages.append(page)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        """Chromium reports a refused request of a page as an error, also where the test provokes it."""
        if message.type != "error" or _is_expected(message):
            return
        self.troubles.append(f"{message.location.get('url', '')}: {message.text}")


def _is_expected(message: ConsoleMessage) -> bool:
    """So is the refusal of a further event stream: the page goes on without (design.md 6)."""
    address = message.location.get("url", "")
    if "/api/v1/events/stream" in address and "status of 503" in message.text:
        return True
    if SAID_BY_HTMX.match(message.text):
        return True
    return bool(REFUSED_ON_PURPOSE.match(message.text)) and not re.search(r"/(static|img)/", address)

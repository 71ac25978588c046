"""Journey 8: the dashboard read as plain HTML, wide and narrow."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import overflow
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import Windows


@pytest.fixture(scope="module")
def changed(server: Server, spare: Callable[..., dict[str, Any]]) -> str:
    """The name of an artist whose moods were changed last."""
    artist = spare()
    server.rest.patch(f"/artists/{artist['id']}/fields/moods", value="calm")
    return str(artist["name"])


@pytest.mark.parametrize(("scripts", "narrow"), [(True, False), (False, True)], ids=["wide", "narrow without scripts"])
def test_figures_queue_and_activity_are_in_the_page(
    windows: Windows, server: Server, changed: str, theme: str, narrow: bool, scripts: bool
) -> None:
    page = windows.open(theme, scripts=scripts, narrow=narrow)
    page.goto("/")
    _expect_figures(page, server)
    _expect_queue(page, server)
    expect(page.locator("#activity-feed li").first).to_contain_text(changed)
    assert overflow(page) <= 0


def test_the_queue_can_be_filtered_and_lengthened_without_scripts(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme, scripts=False, narrow=True)
    page.goto("/")
    rows = page.locator("#queue .finding")
    shown = rows.count()
    page.get_by_role("link", name="Show more").click()
    expect(rows).not_to_have_count(shown)  # a click returns before the next page is there
    assert shown < rows.count() <= server.rest.get("/notifications")["count"]
    page.get_by_label("Severity").select_option("error")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("severity=error"))
    errors = server.rest.get("/notifications", severity="error")["count"]
    expect(page.locator("#queue-count small")).to_contain_text(f"{errors}, worst first")


def test_a_figure_that_is_not_known_is_a_dash_with_the_reason(fresh_windows: Windows, fresh_server: Server) -> None:
    fresh_server.first_account()
    fresh_server.music.mkdir()
    fresh_server.rest.post("/libraries", name="Unread", path=str(fresh_server.music))
    page = fresh_windows.open("dark", scripts=False, narrow=True, signed_in=False)
    page.goto("/")
    page.get_by_label("Username").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    health = page.get_by_role("region", name="Summary").get_by_role("link", name=re.compile("Library health"))
    expect(health.locator("strong")).to_have_text("–")
    expect(health).to_contain_text("not checked yet")


def _expect_figures(page: Page, server: Server) -> None:
    figures = page.get_by_role("region", name="Summary").get_by_role("link")
    expect(figures).to_have_count(4)
    score = server.rest.get("/reports/health")["score"]
    expect(figures.first.locator("strong")).to_contain_text(f"{score:g} %")
    for figure in figures.all():
        assert re.search(r"\d", figure.locator("strong").inner_text())


def _expect_queue(page: Page, server: Server) -> None:
    """The worst comes first; each row says what is wrong with whom and what can be done."""
    total = server.rest.get("/notifications")["count"]
    expect(page.locator("#queue-count small")).to_contain_text(f"{total:,}, worst first")
    first = page.locator("#queue .finding").first
    expect(first.locator(".status")).to_have_text(re.compile("error", re.IGNORECASE))
    expect(first.get_by_role("button", name=re.compile("^Dismiss"))).to_be_visible()
    expect(first.get_by_role("link", name=re.compile("^Why"))).to_be_visible()

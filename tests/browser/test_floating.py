"""What floats leaves the page to be read: the bar of ticked rows and the jobs, above the tabs of small windows."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import overflow
from tests.browser.windows import NARROW, Windows

ONE_LINE, STRIP = 64, 40
RUNNING = {"job_id": 9001, "label": "Asking MusicBrainz about stored IDs", "state": "running", "done": 12, "total": 47}


@pytest.mark.parametrize("place", ["/", "/findings"])
def test_on_a_phone_the_bar_of_ticked_findings_is_one_line_and_its_menu_holds_the_rest(
    windows: Windows, place: str
) -> None:
    page = windows.open(narrow=True)
    page.goto(place)
    page.locator("[data-select]").first.check()
    bar = page.locator("#bulk")
    expect(bar).to_be_in_viewport(ratio=1)
    assert _box(bar)["height"] < ONE_LINE
    assert overflow(page) <= 0
    bar.locator("summary").click()
    bar.get_by_role("button", name="Select all").click()
    expect(page.locator("[data-bulk-count]")).to_contain_text("All ")
    bar.locator("summary").click()
    bar.get_by_role("button", name="Clear the ticks").click()
    expect(bar).to_be_hidden()


def test_without_the_sidebar_the_bar_stands_on_the_tabs(windows: Windows) -> None:
    page = windows.open()
    page.goto("/artists")
    page.evaluate("document.documentElement.dataset.sidebar = 'hidden'")
    page.locator("[data-select]").first.check()
    assert _bottom(page.locator("#bulk")) <= _box(page.locator("nav.bottom"))["y"]


def test_on_a_phone_running_jobs_are_a_strip_on_the_tabs_that_leads_to_the_jobs(windows: Windows) -> None:
    page = windows.open(narrow=True)
    page.goto("/artists")
    _say(page, RUNNING)
    _say(page, {**RUNNING, "job_id": 9002})
    dock = page.locator("#jobs-dock")
    expect(dock).to_contain_text("12 of 47")
    box = _box(dock)
    assert box["height"] < STRIP
    assert box["width"] == NARROW["width"]
    assert abs(_bottom(dock) - _box(page.locator("nav.bottom"))["y"]) <= 1
    dock.click()
    expect(page.get_by_role("heading", name="Jobs", level=1)).to_be_visible()


def _say(page: Page, job: dict[str, object]) -> None:
    page.evaluate(
        "job => document.dispatchEvent(new CustomEvent('live:operation.progress', { detail: job }))",
        job,
    )


def _box(place: Locator) -> dict[str, float]:
    box = place.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _bottom(place: Locator) -> float:
    box = _box(place)
    return box["y"] + box["height"]

"""Journey 2: from choosing the music folder to the first mended finding."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from artists.sample.builder import build_library
from tests.browser.pages import sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import Windows

BARE_FOLDERS = 2500
"""Enough that the scan is still under way when the first findings are there."""

SECONDS_TO_FIRST_FIX = 120


@pytest.fixture
def shelves(fresh_server: Server) -> Path:
    """A music folder beside which there are others, on a server with an account and no library."""
    build_library(fresh_server.music, artists=12, seed=2, flavour="demo", light=True)
    for number in range(BARE_FOLDERS):
        (fresh_server.music / f"Unknown Band {number:04}").mkdir()
    (fresh_server.music.parent / "films").mkdir()
    fresh_server.first_account()
    return fresh_server.music


def test_findings_come_in_while_the_scan_runs_and_one_is_mended(
    fresh_windows: Windows, shelves: Path, theme: str
) -> None:
    page = fresh_windows.open(theme, signed_in=False)
    page.goto("/start")
    sign_in(page, USERNAME, PASSWORD)
    expect(page).to_have_url(re.compile(r"/start$"))
    began = time.monotonic()
    _choose_in_the_tree(page, shelves)
    page.get_by_role("button", name="Start").click()
    _expect_findings_during_the_scan(page)
    folder = _mend_the_first(page, shelves)
    assert time.monotonic() - began < SECONDS_TO_FIRST_FIX
    assert (folder / "artist.nfo").is_file()
    expect(page.locator("#scan-progress .scan-now")).to_have_count(0, timeout=60_000)


def _choose_in_the_tree(page: Page, shelves: Path) -> None:
    tree = page.get_by_role("group", name="Folders")
    tree.locator("summary").first.click()
    expect(tree.get_by_text("films")).to_be_visible()
    tree.get_by_text("music", exact=True).click()
    expect(page.get_by_label("Folder", exact=True)).to_have_value(str(shelves))
    expect(page.locator("#folder-preview strong").first).to_contain_text(re.compile(r"\d artist folders"))
    expect(page.get_by_role("group", name="Which player reads these files?")).to_be_visible()


def _expect_findings_during_the_scan(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard", timeout=5_000)
    both = page.locator("main:has(.scan-now progress):has(#queue .finding)")
    expect(both).to_be_visible(timeout=SECONDS_TO_FIRST_FIX * 1000)


def _mend_the_first(page: Page, shelves: Path) -> Path:
    """The folder of the artist whose NFO was written."""
    finding = page.locator("#queue .finding").filter(has_text="There is no artist.nfo in the folder").first
    name = finding.locator("strong").inner_text()
    finding.get_by_role("button", name=re.compile("^Fix")).click()
    expect(page.locator(".undo-strip").get_by_role("button", name="Undo")).to_be_visible()
    return shelves / name

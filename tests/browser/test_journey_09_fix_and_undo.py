"""Journeys 9 and 10: a fix that is taken back where it was made, and one that fails and says why."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import expect_focus_in, press
from tests.browser.providers import InventedProviders
from tests.browser.server import Server
from tests.browser.windows import Windows

TEXTS = {"musicbrainz", "wikipedia", "lastfm", "audiodb", "discogs", "genius"}


def test_a_fix_is_taken_back_in_its_place_and_the_list_stays_as_it_was(windows: Windows, server: Server) -> None:
    page = windows.open()
    page.goto("/")
    rows = page.locator("#queue-rows > [data-row]")
    first_portion = rows.count()
    page.get_by_role("link", name="Show more").click()
    expect(rows.nth(first_portion)).to_be_visible()
    finding, row = _one_that_needs_nobody(page, server)
    folder = Path(server.rest.get(f"/artists/{finding['artist_id']}")["artist"]["path"])
    before = (_bytes(folder), _badge(page), rows.count())
    row.get_by_role("button", name="Fix:").focus()
    height = page.evaluate("scrollY")
    assert height > 0
    press(page, "Enter")
    strip = row.locator(".undo-strip")
    expect(strip).to_contain_text(f"Fixed: {finding['artist_name']}.")
    expect(strip.locator("progress[data-countdown]")).to_have_count(1)
    assert _stays(page), "news of a scan would take the strip away"
    expect(page.locator("a[title=Findings] .count").first).to_have_text(str(before[1] - 1))
    assert _bytes(folder) != before[0]
    expect_focus_in(page, row)
    press(page, "u")
    expect(row.get_by_role("button", name="Fix:")).to_be_visible()
    expect_focus_in(page, row)
    expect(page.locator("a[title=Findings] .count").first).to_have_text(str(before[1]))
    assert not _stays(page)
    assert (_bytes(folder), _badge(page), rows.count()) == before
    assert page.evaluate("scrollY") == height


@pytest.fixture
def no_texts(providers: InventedProviders) -> Iterator[InventedProviders]:
    providers.down |= TEXTS
    yield providers
    providers.down -= TEXTS


def test_a_fix_that_fails_leaves_the_row_with_the_reason_and_the_focus_on_the_next_try(
    windows: Windows, server: Server, no_texts: InventedProviders
) -> None:
    finding = _open(server, "bio_exists")[0]
    page = windows.open()
    page.goto("/findings?rule_id=bio_exists")
    row = page.locator(f"#finding-{finding['id']}")
    row.get_by_role("button", name="Fix:").focus()
    press(page, "Enter")
    expect(row.get_by_role("alert")).to_be_visible()
    expect(row.get_by_role("button", name="Fix:")).to_be_focused()
    assert finding["id"] in [each["id"] for each in _open(server, "bio_exists")]


def _one_that_needs_nobody(page: Page, server: Server) -> tuple[dict[str, Any], Locator]:
    """The last one in the list of those that are mended with what lies in the folder."""
    local = {each["id"]: each for rule in ("nfo_exists", "extraneous_images") for each in _open(server, rule)}
    shown = page.locator("#queue .finding").evaluate_all("rows => rows.map((row) => row.id.slice(8))")
    finding = next(local[key] for key in reversed(shown) if key in local)
    return finding, page.locator(f"#finding-{finding['id']}")


def _open(server: Server, rule: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.rest.get("/notifications", rule_id=rule, status="open")["violations"]
    return found


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _stays(page: Page) -> bool:
    """Whether the list is left as it is when something happens elsewhere."""
    asks = "queue => !queue.dispatchEvent(new CustomEvent('live:due', {bubbles: true, cancelable: true}))"
    return bool(page.locator("#queue").evaluate(asks))


def _badge(page: Page) -> int:
    return int(page.locator("a[title=Findings] .count").first.inner_text())

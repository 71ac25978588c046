"""Journey 13, runs over artists: the numbers first, a page that follows it, a reason for everybody, a report."""

import re

from playwright.sync_api import expect

from tests.browser.server import Server
from tests.browser.windows import Windows

FETCHED = ("biography", "genres", "styles", "moods", "formed", "born", "origin", "disambiguation", "type")


def test_missing_metadata_is_fetched_with_the_numbers_first(windows: Windows, server: Server) -> None:
    artists = server.rest.get("/artists", filter_missing_mbid="+y", page_size=200)["artists"]
    asked_about = [each for each in artists if not each["locked"] and not each["is_excluded"]]
    page = windows.open()
    page.goto("/artists?filter_missing_mbid=%2By")
    page.get_by_label("Select all on this page").check()
    page.locator("#bulk").get_by_role("button", name="Fetch missing metadata").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("without a MusicBrainz ID")
    expect(question.get_by_label("Without an ID")).to_have_value("prompt_no_match")
    question.get_by_role("button", name="Fetch missing metadata").click()
    expect(page).to_have_url(re.compile(r"/artists/runs/\d+"))
    expect(page.locator("#run")).to_contain_text("for a person", timeout=20_000)
    expect(page.get_by_role("link", name="Report to print")).to_be_visible(timeout=20_000)
    page.get_by_role("navigation", name="Status").get_by_role("link", name="For a person").click()
    expect(page.locator("#run-log tbody tr")).to_have_count(len(asked_about))
    expect(page.locator("#run-log")).to_contain_text("it has no MusicBrainz ID")
    page.get_by_role("link", name="Report to print").click()
    expect(page.locator("tbody tr")).to_have_count(len(artists))


def test_stopped_in_the_middle_it_tells_exactly_what_was_done_and_all_of_it_is_taken_back(
    windows: Windows, server: Server
) -> None:
    before = _told(server)
    page = windows.open()
    page.goto("/artists?filter_missing_mbid=-y")
    page.get_by_label("Select all on this page").check()
    page.locator("#bulk").get_by_role("button", name="Refresh", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Refresh").click()
    expect(page.locator("#run-standing + .end")).to_have_text(re.compile(r"^([3-9]|[1-4]\d) of"), timeout=60_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page).to_have_url(re.compile(r"/artists/runs/\d+"))
    expect(page.locator("#run").get_by_text("cancelled").first).to_be_visible(timeout=30_000)
    done, total = (int(text) for text in page.locator("#run-standing + .end").inner_text().split(" of "))
    assert 3 <= done < total
    after = _told(server)
    assert 0 < sum(after[key] != before[key] for key in before) <= done
    page.get_by_role("button", name="Undo all of it").click()
    server.rest.until(lambda: _told(server) == before, "everything is as it was")


def _told(server: Server) -> dict[str, object]:
    """What the providers may have changed, by artist."""
    artists = server.rest.get("/artists", page_size=200)["artists"]
    return {each["id"]: {key: each[key] for key in FETCHED} for each in artists}


def test_a_run_has_a_page_without_scripts_too(windows: Windows, server: Server) -> None:
    page = windows.open(scripts=False)
    page.goto("/artists?filter_missing_mbid=%2By")
    page.locator("[data-select]").first.check()
    page.locator("#bulk").get_by_role("button", name="Fetch missing metadata").click()
    page.get_by_role("button", name="Fetch missing metadata").click()
    expect(page).to_have_url(re.compile(r"/artists/runs/\d+"))
    expect(page.get_by_role("heading", name="Fetch missing metadata")).to_be_visible()

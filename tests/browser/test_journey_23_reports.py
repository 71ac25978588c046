"""Journey 23, reports: the download has the table's rows, cells and points lead on, paper has no chrome; no scripts."""

import csv
import re
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.windows import Windows

REPORTS = {
    "rules": "/reports/rules",
    "trend": "/reports/trend?days=30",
    "compliance": "/reports/compliance",
    "completeness": "/reports/completeness",
    "health": "/reports/health",
    "automation": "/reports/automation",
    "ids": "/reports/ids",
}
CHROME = (".side", ".bottom", ".toolbar", ".tabs", ".page-head .actions")


def downloaded(page: Page) -> list[list[str]]:
    """What the page's own link hands out."""
    link = page.get_by_role("link", name="CSV", exact=True).first.get_attribute("href")
    text = page.request.get(page.url.split("?")[0] + link if link and link.startswith("?") else str(link)).text()
    return list(csv.reader(StringIO(text)))


def test_the_download_has_the_rows_of_the_table(windows: Windows) -> None:
    page = windows.open(scripts=False)
    page.goto("/reports/rules")
    names = page.locator("table.rates tbody th").all_inner_texts()
    rows = downloaded(page)
    assert [row[0] for row in rows[1:]] == names
    broken = page.locator("table.rates tbody tr td:nth-of-type(3)").all_inner_texts()
    assert [row[5] for row in rows[1:]] == broken


def test_a_rate_leads_to_its_rule_and_a_number_to_its_findings(windows: Windows, server: Server) -> None:
    page = windows.open(scripts=False)
    page.goto("/reports/rules")
    first = page.locator("table.rates tbody tr").first
    name, broken = first.locator("th").inner_text(), first.locator("td").nth(2).inner_text()
    first.locator("th a").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    page.go_back()
    page.locator("table.rates tbody tr").first.locator("td a").click()
    rule = re.search(r"rule_id=(\w+)", page.url)
    assert rule is not None
    assert len(server.rest.get("/notifications", rule_id=rule[1])["violations"]) == int(broken)


def test_a_cell_of_the_matrix_opens_its_finding(windows: Windows) -> None:
    page = windows.open(scripts=False)
    page.goto("/reports/compliance?status=non_compliant&view=matrix")
    cell = page.locator("table.matrix td a").first
    said = str(cell.get_attribute("title"))
    cell.click()
    expect(page.locator("main")).to_contain_text(said.partition(": ")[0])


def test_a_day_of_the_trend_opens_what_happened_then(windows: Windows) -> None:
    page = windows.open(scripts=False)
    page.goto("/reports/trend?days=30")
    page.locator("#trend-report tbody th a").first.click()
    expect(page).to_have_url(re.compile(r"/activity\?since=(\d{4}-\d\d-\d\d)&until=\1"))


@pytest.mark.parametrize("name", REPORTS)
def test_on_paper_there_is_no_chrome_and_nothing_is_cut_off(windows: Windows, name: str) -> None:
    page = windows.open()
    page.goto(REPORTS[name])
    page.emulate_media(media="print")
    for part in CHROME:
        assert page.locator(f"{part}:visible").count() == 0, part
    tables = page.locator("table:visible")
    for number in range(tables.count()):
        box = tables.nth(number).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 1281

"""Journey 12, triage: twenty decisions by keys alone; the legend shows what is bound, and the focus is never lost."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from artists.demo.fakes import fanarttv
from tests.browser.accessibility import grave_problems, settle
from tests.browser.pages import overflow, press
from tests.browser.server import Server
from tests.browser.windows import Windows

PICTURES = ("logo_exists", "fanart_exists", "thumb_exists", "thumb_min_res")
DECISIONS = 20
CHOICES = 1
"""Candidates taken: few findings have some."""
BOUND = """() => [...document.querySelectorAll("[data-key]")].filter((e) => e.getClientRects().length)
    .map((e) => e.dataset.key).filter((key) => !key.startsWith("g ") && key !== "[")"""


def findings(server: Server, **filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.rest.get("/notifications", **filters)["violations"]
    return found


@pytest.fixture
def waiting(server: Server) -> Iterator[None]:
    """Some findings about pictures wait for a choice. What the journey dismisses is opened again."""
    server.rest.put("/providers/fanarttv/key", api_key=fanarttv.KEY, skip_test=True)
    modes = {
        each["id"]: each["automation_mode"] for each in server.rest.get("/rules")["rules"] if each["id"] in PICTURES
    }
    for rule in PICTURES:
        server.rest.put(f"/rules/{rule}", automation_mode="manual")
        for each in findings(server, rule_id=rule, status="open"):
            server.rest.post(f"/notifications/{each['id']}/fix")
    dismissed = {each["id"] for each in findings(server, status="dismissed")}
    yield
    for each in findings(server, status="dismissed"):
        if each["id"] not in dismissed:
            server.rest.post(f"/notifications/{each['id']}/reopen")
    for rule, mode in modes.items():
        server.rest.put(f"/rules/{rule}", automation_mode=mode)


def decide(page: Page, *keys: str) -> None:
    """Press, and wait for what comes after; the focus is on it."""
    page.evaluate("document.querySelector('#triage').dataset.before = 'yes'")
    for key in keys:
        press(page, key)
    expect(page.locator("#triage[data-before]")).to_have_count(0)
    expect(page.locator("#triage :focus")).to_have_count(1)


def left(page: Page) -> int:
    return int(page.locator("#triage .end small").inner_text().split()[0])


@pytest.mark.usefixtures("waiting")
def test_twenty_decisions_by_keys_count_as_the_server_counts_them(windows: Windows, server: Server) -> None:
    filters = {"category": "image"}
    before = len(findings(server, **filters))
    page = windows.open()
    page.goto("/triage?category=image")
    page.evaluate("document.body.dataset.stays = 'yes'")
    made: Counter[str] = Counter()
    for number in range(DECISIONS):
        expect(page.locator("#triage-head")).to_be_visible()
        _legend_is_what_is_bound(page)
        if made["choose"] < CHOICES and page.locator("[data-key='1']").count():
            decide(page, "1", "Enter")
            made["choose"] += 1
            expect(page.locator("#triage .undo-strip")).to_contain_text("Fixed: ")
        elif number % 3 == 0:
            decide(page, "d")
            made["dismiss"] += 1
        elif number % 5 == 4 and page.locator("#triage [data-key='u']").count():
            decide(page, "u")
            made["undo"] += 1
        else:
            decide(page, "s")
            made["skip"] += 1
    assert made["choose"] == CHOICES
    assert made["dismiss"] > 2
    assert made["skip"] > 2
    assert page.evaluate("document.body.dataset.stays") == "yes", "the page was never loaded anew"
    assert left(page) == len(findings(server, **filters))
    assert before - left(page) == made["choose"] + made["dismiss"] - made["undo"]


@pytest.mark.usefixtures("waiting")
def test_candidates_look_right_in_either_theme_and_on_a_telephone(windows: Windows) -> None:
    for narrow in (False, True):
        page = windows.open(narrow=narrow)
        page.goto("/triage?status=pending_choice")
        expect(page.locator("[data-key='1'] img")).to_be_visible()
        settle(page)
        assert grave_problems(page) == []
        assert overflow(page) == 0


def test_a_fix_by_its_key_is_taken_back_by_another(windows: Windows, server: Server) -> None:
    before = findings(server, rule_id="nfo_exists")
    page = windows.open()
    page.goto("/triage?rule_id=nfo_exists")
    name = page.locator("#triage-head").inner_text()
    decide(page, "f")
    expect(page.locator("#triage .undo-strip")).to_contain_text(f"Fixed: {name}.")
    decide(page, "u")
    expect(page.locator("#triage-head")).to_have_text(name)
    assert [each["id"] for each in findings(server, rule_id="nfo_exists")] == [each["id"] for each in before]


def test_an_artist_is_locked_by_a_key_and_unlocked_by_another(windows: Windows, server: Server) -> None:
    page = windows.open()
    page.goto("/triage?rule_id=logo_exists")
    name = page.locator("#triage-head").inner_text()
    decide(page, "l")
    expect(page.locator("#triage .undo-strip")).to_contain_text(f"Locked: {name}.")
    decide(page, "u")
    expect(page.locator("#triage-head")).to_have_text(name)
    artist = server.rest.get("/artists", search=name)["artists"][0]
    assert not artist["locked"]


def test_the_present_picture_is_cut_by_a_key_and_larger_pictures_are_shown_by_another(windows: Windows) -> None:
    page = windows.open()
    page.goto("/triage?rule_id=thumb_square")
    press(page, "c")
    expect(page).to_have_url(re.compile(r"/artists/\d+/pictures/thumb/crop"))


@pytest.mark.usefixtures("waiting")
def test_z_shows_candidates_larger_and_help_lists_every_key(windows: Windows) -> None:
    page = windows.open()
    page.goto("/triage?status=pending_choice")
    picture = page.locator("[data-key='1'] img")
    small = picture.bounding_box()
    press(page, "z")
    large = picture.bounding_box()
    assert small is not None
    assert large is not None
    assert large["width"] > small["width"] * 1.5
    press(page, "?")
    help_ = page.get_by_role("dialog")
    for words in ("Candidate 1", "Dismiss", "Skip", "Lock the artist", "None of them"):
        expect(help_).to_contain_text(words)


def _legend_is_what_is_bound(page: Page) -> None:
    shown = page.locator("[data-key-legend='all'] kbd").all_inner_texts()
    assert set(shown) == {*page.evaluate(BOUND), "?", "Esc"}

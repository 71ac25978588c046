"""Journey 18: a field is corrected in its place, with the keyboard, and without scripts on a page of its own."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.pages import press, tab_to
from tests.browser.server import Server
from tests.browser.windows import NARROW, Windows

Artist = dict[str, Any]


@pytest.fixture
def person(spare: Callable[..., Artist]) -> Artist:
    """Somebody who was born, not formed."""
    return spare(filter_type_person="+y", filter_missing_meta="-y")


def test_a_date_is_corrected_with_the_keyboard_and_the_focus_moves_on(
    windows: Windows, server: Server, person: Artist, theme: str
) -> None:
    page = windows.open(theme)
    page.goto(f"/artists/{person['id']}")
    born = page.locator("#field-born")
    tab_to(page, born.locator("[data-edit]"), at_most=90)
    press(page, "Enter")
    field = born.get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("yesterday")
    press(page, "Enter")
    _expect_refused(field, "yesterday")
    press(page, "Control+a")
    page.keyboard.type("1911-03-04")
    press(page, "Enter")
    expect(born.locator(".value")).to_have_text("1911-03-04")
    expect(page.locator("#field-died [data-edit]")).to_be_focused()
    _expect_history(page, "Born", "1911-03-04")
    _expect_nfo(server, person, "<born>1911-03-04</born>")


def test_the_focus_moves_on_although_another_region_is_renewed_while_the_value_is_saved(
    windows: Windows, person: Artist, theme: str
) -> None:
    page = windows.open(theme)
    page.goto(f"/artists/{person['id']}")
    page.locator("#field-born [data-edit]").focus()
    press(page, "Enter")
    expect(page.locator("#field-born").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("1911-03-04")

    def answer_after_another_region(route: Route) -> None:
        page.locator("#field-name").evaluate(
            "name => htmx.trigger(name, 'htmx:afterSettle', {elt: name, target: name})"
        )
        route.continue_()

    page.route("**/fields/born/change", answer_after_another_region)
    press(page, "Enter")
    expect(page.locator("#field-died [data-edit]")).to_be_focused()


def test_escape_gives_back_what_was_there(windows: Windows, person: Artist, theme: str) -> None:
    page = windows.open(theme)
    page.goto(f"/artists/{person['id']}")
    origin = page.locator("#field-origin")
    before = origin.locator(".value").inner_text()
    origin.locator("[data-edit]").focus()
    press(page, "Enter")
    expect(origin.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Nowhere")
    press(page, "Escape")
    expect(origin.locator(".value")).to_have_text(before)
    expect(origin.locator("[data-edit]")).to_be_focused()
    expect(page.get_by_text("Nowhere")).to_have_count(0)


def test_genres_are_chips_that_keys_add_and_take_away(
    windows: Windows, server: Server, person: Artist, theme: str
) -> None:
    server.rest.patch(f"/artists/{person['id']}/fields/genres", value="folk, drone")
    page = windows.open(theme)
    page.goto(f"/artists/{person['id']}")
    genres = page.locator("#field-genres")
    genres.locator("[data-edit]").focus()
    press(page, "Enter")
    field = genres.get_by_role("textbox", name="Add to genres")
    expect(field).to_be_focused()
    page.keyboard.type("chamber pop")
    press(page, "Enter")
    expect(genres.get_by_role("button", name="Remove chamber pop")).to_be_visible()
    press(page, "ArrowLeft", "ArrowLeft", "Delete")
    expect(genres.get_by_role("button", name="Remove drone")).to_have_count(0)
    expect(field).to_be_focused()
    press(page, "Enter")
    expect(genres.locator(".value .chip")).to_have_text(["folk", "chamber pop"])
    _expect_history(page, "Genres", "folk, chamber pop")
    _expect_nfo(server, person, "<genre>chamber pop</genre>")


def test_on_a_phone_a_biography_has_the_whole_width_and_its_source_lies_below(
    windows: Windows, server: Server, person: Artist, theme: str
) -> None:
    server.rest.patch(f"/artists/{person['id']}/fields/biography", value="Sings of mills and of weather. " * 8)
    page = windows.open(theme)
    page.set_viewport_size(NARROW)
    page.goto(f"/artists/{person['id']}")
    field = page.locator("#biography dd")
    whole, text, source = (
        place.bounding_box() for place in (field, field.locator(".value"), field.locator(".why, .from").first)
    )
    assert whole
    assert text
    assert source
    assert text["width"] == whole["width"]
    assert source["y"] >= text["y"] + text["height"]


def test_a_change_can_be_taken_back_from_the_history(windows: Windows, server: Server, person: Artist) -> None:
    server.rest.patch(f"/artists/{person['id']}/fields/moods", value="restless")
    page = windows.open("light")
    page.goto(f"/artists/{person['id']}")
    expect(page.locator("#field-moods .value")).to_have_text("restless")
    page.locator("#history").get_by_role("button", name="Take back: Moods").first.click()
    expect(page.locator("#field-moods .value")).not_to_have_text("restless")


def test_without_scripts_the_form_is_a_page_that_leads_back(
    windows: Windows, server: Server, person: Artist, theme: str
) -> None:
    page = windows.open(theme, scripts=False)
    page.goto(f"/artists/{person['id']}")
    page.get_by_role("link", name="Edit born").click()
    page.get_by_label("Born").fill("the day before")
    page.get_by_role("button", name="Save").click()
    _expect_refused(page.get_by_label("Born"), "the day before")
    page.get_by_label("Born").fill("1912")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(rf"/artists/{person['id']}#field-born$"))
    expect(page.locator("#field-born .value")).to_have_text("1912")
    _expect_history(page, "Born", "1912")
    _expect_nfo(server, person, "<born>1912</born>")


def _expect_refused(field: Locator, typed: str) -> None:
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(typed)
    expect(field).to_have_accessible_description(re.compile("date", re.IGNORECASE))


def _expect_history(page: Page, label: str, value: str) -> None:
    newest = page.locator("#history .feed li").first
    expect(newest.locator("strong")).to_have_text(label)
    expect(newest.locator("ins")).to_have_text(value)


def _expect_nfo(server: Server, person: Artist, element: str) -> None:
    path = server.rest.get(f"/artists/{person['id']}")["artist"]["path"]
    server.rest.until(
        lambda: element in (Path(path) / "artist.nfo").read_text(encoding="utf-8"), f"artist.nfo holds {element}"
    )

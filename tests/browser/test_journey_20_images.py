"""Journey 20: a picture is cut to shape by keys, backdrops are added, ordered and deleted, a logo is trimmed."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from artists.sample import odd_encodings as odd
from tests.browser.accessibility import grave_problems, settle
from tests.browser.pages import overflow, press
from tests.browser.server import Server
from tests.browser.windows import Windows

Artist = dict[str, Any]


@pytest.fixture
def artist(spare: Callable[..., Artist], server: Server) -> Artist:
    """Somebody without a backdrop and a logo."""
    found = spare(filter_missing_images="+y")
    for kind in ("fanart", "logo"):
        server.rest.session.delete(f"{server.rest.root}/artists/{found['id']}/images/{kind}", timeout=30)
    return found


def picture(width: int, height: int, *parts: object) -> bytes:
    return odd.saved(odd.scene((width, height), *parts), "PNG")


def payload(data: bytes) -> FilePayload:
    return {"name": "picture.png", "mimeType": "image/png", "buffer": data}


def file_of(server: Server, place: str) -> Image.Image:
    answer = server.rest.session.get(f"{server.rest.root}{place}", timeout=30)
    return Image.open(io.BytesIO(answer.content))


def test_another_shape_is_cut_by_arrows_to_the_pixel(windows: Windows, server: Server, artist: Artist) -> None:
    page, source = windows.open(), picture(900, 600)
    page.goto(f"/artists/{artist['id']}")
    page.locator("summary[data-focus-key=change-thumb]").click()
    page.locator("#slot-thumb input[type=file]").set_input_files(payload(source))
    page.locator("#slot-thumb").get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Crop: thumb")).to_be_visible()
    expect(_number(page, "Width")).to_have_value("600")
    _expect_good(page)
    frame = page.locator("[data-crop-frame]")
    frame.focus()
    press(page, "Control+ArrowLeft", "Shift+ArrowLeft", "ArrowLeft", "ArrowDown")
    for label, value in {"From the left": "139", "From the top": "1", "Width": "599", "Height": "599"}.items():
        expect(_number(page, label)).to_have_value(value)
    page.get_by_role("button", name="Crop and save").click()
    expect(page.locator("#artwork .undo-strip")).to_contain_text("Saved a thumb")
    with Image.open(io.BytesIO(source)) as opened:
        part = opened.convert("RGB").crop((139, 1, 738, 600))
    assert file_of(server, f"/artists/{artist['id']}/images/thumb/file").convert("RGB").tobytes() == part.tobytes()


def test_the_rectangle_follows_the_pointer(windows: Windows, artist: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/pictures/banner")
    page.locator("#own-picture input[type=file]").set_input_files(payload(picture(1000, 600)))
    page.locator("#own-picture").get_by_role("button", name="Upload").click()
    expect(_number(page, "Height")).to_have_value("185")
    box = page.locator("[data-crop-frame]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2000, steps=4)
    page.mouse.up()
    expect(_number(page, "From the top")).to_have_value("415")
    _number(page, "Width").fill("540")
    _number(page, "Width").blur()
    expect(_number(page, "Height")).to_have_value("100")


def test_backdrops_are_added_ordered_and_deleted_and_the_focus_stays(
    windows: Windows, server: Server, artist: Artist
) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/backdrops")
    for number in range(3):
        page.locator("#file-fanart").set_input_files(payload(picture(1280, 720, number)))
        page.get_by_role("button", name="Upload").click()
        expect(page.locator("[data-reorder-item]")).to_have_count(number + 1)
    _expect_good(page)
    assert _numbers(server, artist) == ["fanart.png", "fanart1.png", "fanart2.png"]
    third = page.locator("[data-reorder-item]").nth(2).get_attribute("id")
    page.get_by_role("button", name="Make backdrop 3 the first").focus()
    press(page, "Enter")
    expect(page.locator("[data-reorder-item]").first).to_have_id(str(third))
    expect(page.get_by_role("button", name="Make backdrop the first")).to_be_focused()
    page.get_by_role("button", name="Move backdrop right").focus()
    press(page, "Enter")
    expect(page.locator("[data-reorder-item]").nth(1)).to_have_id(str(third))
    expect(page.get_by_role("button", name="Move backdrop 2 right")).to_be_focused()
    items = page.locator("[data-reorder-item]")
    items.nth(1).drag_to(items.nth(0), target_position={"x": 20, "y": 10})
    expect(items.first).to_have_id(str(third))
    settle(page)
    page.get_by_label("Tick backdrop 2").check()
    page.get_by_label("Tick backdrop 3").check()
    page.get_by_role("button", name="Delete the ticked ones").click()
    expect(items).to_have_count(1)
    expect(items.first).to_have_id(str(third))
    assert _numbers(server, artist) == ["fanart.png"]
    page.get_by_role("button", name="Undo").click()
    expect(items).to_have_count(3)
    assert _numbers(server, artist) == ["fanart.png", "fanart1.png", "fanart2.png"]


def test_what_a_trim_would_leave_is_drawn_before_it_is_cut(windows: Windows, server: Server, artist: Artist) -> None:
    logo = Image.new("RGBA", (900, 500), (20, 40, 60, 60))
    logo.paste((200, 60, 30, 255), (100, 50, 800, 450))
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    page.locator("summary[data-focus-key=change-logo]").click()
    page.locator("#slot-logo input[type=file]").set_input_files(payload(odd.saved(logo, "PNG")))
    page.locator("#slot-logo").get_by_role("button", name="Upload").click()
    expect(page.locator("#slot-logo")).to_contain_text("900 × 500")
    page.locator("summary[data-focus-key=change-logo]").click()
    page.get_by_role("link", name="Crop the logo").click()
    page.get_by_role("link", name="Fit the rectangle to what is not empty").click()
    for label, value in {"From the left": "98", "From the top": "48", "Width": "704", "Height": "404"}.items():
        expect(_number(page, label)).to_have_value(value)
    _expect_good(page)
    page.goto(f"/artists/{artist['id']}")
    page.locator("summary[data-focus-key=change-logo]").click()
    page.get_by_role("button", name="Trim: logo").click()
    expect(page.locator("#slot-logo")).to_contain_text("704 × 404")
    assert file_of(server, f"/artists/{artist['id']}/images/logo/file").size == (704, 404)


def test_without_scripts_a_picture_is_uploaded_cut_by_numbers_and_taken_back(
    windows: Windows, server: Server, artist: Artist
) -> None:
    page = windows.open(scripts=False, narrow=True)
    page.goto(f"/artists/{artist['id']}")
    page.locator("summary[data-focus-key=change-thumb]").click()
    page.locator("#slot-thumb input[type=file]").set_input_files(payload(picture(900, 600)))
    page.locator("#slot-thumb").get_by_role("button", name="Upload").click()
    _number(page, "From the left").fill("20")
    _number(page, "Width").fill("500")
    page.get_by_role("button", name="Draw it").click()
    expect(page.locator("[data-crop-frame]")).to_have_attribute("height", "500")
    assert overflow(page) <= 0
    page.get_by_role("button", name="Crop and save").click()
    expect(page.locator("#slot-thumb")).to_contain_text("500 × 500")
    page.locator("#artwork .undo-strip").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def _numbers(server: Server, artist: Artist) -> list[str]:
    return [each["filename"] for each in server.rest.get(f"/artists/{artist['id']}/images/fanart/list")]


def _expect_good(page: Page) -> None:
    settle(page)
    assert grave_problems(page) == []


def _number(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=label)

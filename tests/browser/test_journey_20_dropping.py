"""Journey 20 without a file dialog: a picture, or its address, is dropped on its slot or pasted there."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import JSHandle, Locator, Page, expect

from artists.demo.fakes import fanarttv
from artists.sample import odd_encodings as odd
from tests.browser.accessibility import settle
from tests.browser.server import Server
from tests.browser.windows import Windows

Artist = dict[str, Any]

LIT = re.compile(r"\bover\b")
MAKE = """({file, address, count}) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(file), (each) => each.charCodeAt(0));
    for (let made = 0; file && made < count; made++)
        data.items.add(new File([bytes], `${made}.png`, {type: "image/png"}));
    if (!file && !address) data.items.add(new File(["notes"], "notes.txt", {type: "text/plain"}));
    if (address) data.setData("text/uri-list", address);
    return data;
}"""
PASTE = """(place, data) =>
    place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))"""

DROPPED = """(place, data) =>
    !place.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}))"""
"""Whether the page has dealt with it; otherwise the browser opens the file in the page's place."""


@pytest.fixture
def artist(spare: Callable[..., Artist], server: Server) -> Artist:
    """Somebody who is known to providers, without a backdrop and a thumb."""
    server.rest.put("/providers/fanarttv/key", api_key=fanarttv.KEY, skip_test=True)
    found = spare(filter_missing_mbid="-y")
    for kind in ("fanart", "thumb"):
        server.rest.session.delete(f"{server.rest.root}/artists/{found['id']}/images/{kind}", timeout=30)
    return found


def carried(page: Page, *, size: tuple[int, int] | None = None, count: int = 1, address: str = "") -> JSHandle:
    """What the pointer or the clipboard holds: pictures of this size, or an address."""
    file = base64.b64encode(odd.saved(odd.scene(size), "PNG")).decode() if size else ""
    return page.evaluate_handle(MAKE, {"file": file, "address": address, "count": count})


def drop(place: Locator, data: JSHandle) -> None:
    """As a pointer does it: the place lights up while something is held over it."""
    place.dispatch_event("dragover", {"dataTransfer": data})
    expect(place).to_have_class(LIT)
    place.dispatch_event("drop", {"dataTransfer": data})


def address_of(server: Server, artist: Artist, kind: str) -> str:
    return str(server.rest.get(f"/artists/{artist['id']}/images/search", type=kind)["images"][0]["url"])


def test_a_picture_is_dropped_on_its_slot_and_the_page_stays(windows: Windows, server: Server, artist: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}")
    page.evaluate("document.body.dataset.stays = 'yes'")
    drop(page.locator("#slot-thumb"), carried(page, size=(640, 640), count=2))
    expect(page.locator("#artwork .undo-strip")).to_contain_text("Saved a thumb")
    expect(page.locator("#slot-thumb")).to_contain_text("640 × 640")
    expect(page.locator("#slot-thumb")).not_to_have_class(LIT)
    expect(page.locator("body")).to_have_attribute("data-stays", "yes")
    assert server.rest.get(f"/artists/{artist['id']}/images/thumb/info")["width"] == 640


def test_a_picture_is_pasted_into_the_gallery_whose_file_it_becomes(
    windows: Windows, server: Server, artist: Artist
) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/backdrops")
    page.locator("body").evaluate(PASTE, carried(page, size=(1280, 720)))
    expect(page.locator("[data-reorder-item]")).to_have_count(1)
    drop(page.locator("[data-drop]"), carried(page, size=(1920, 1080), count=2))
    expect(page.locator("[data-reorder-item]")).to_have_count(3)
    expect(page.get_by_text("2 backdrops are added")).to_be_visible()
    settle(page)
    found = server.rest.get(f"/artists/{artist['id']}/images/fanart/list")
    assert [each["filename"] for each in found] == ["fanart.png", "fanart1.png", "fanart2.png"]


def test_an_address_that_is_dropped_or_pasted_is_fetched(windows: Windows, server: Server, artist: Artist) -> None:
    page, address = windows.open(), address_of(server, artist, "fanart")
    page.goto(f"/artists/{artist['id']}/backdrops")
    drop(page.locator("[data-drop]"), carried(page, address=address))
    expect(page.locator("[data-reorder-item]")).to_have_count(1)
    page.locator("body").evaluate(PASTE, carried(page, address=address))
    expect(page.locator("[data-reorder-item]")).to_have_count(2)


def test_another_shape_that_is_dropped_is_cut_first(windows: Windows, artist: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/pictures/thumb")
    drop(page.locator("#own-picture"), carried(page, size=(900, 600)))
    expect(page.get_by_role("heading", name="Crop: thumb")).to_be_visible()


def test_a_file_that_is_no_picture_is_refused_and_the_page_stays(windows: Windows, artist: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/backdrops")
    place = page.locator("[data-drop]")
    assert place.evaluate(DROPPED, carried(page)) is True
    expect(page.get_by_text("This is not a picture").first).to_be_visible()
    expect(page.locator("[data-reorder-item]")).to_have_count(0)


def test_what_is_typed_or_dropped_elsewhere_brings_nothing(windows: Windows, artist: Artist) -> None:
    page = windows.open()
    page.goto(f"/artists/{artist['id']}/pictures/thumb")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.method == "POST" else None)
    page.locator("#url-thumb").evaluate(PASTE, carried(page, address="https://pictures.example/a.jpg"))
    page.locator("h1").dispatch_event("drop", {"dataTransfer": carried(page, size=(640, 640))})
    page.locator("#own-picture").dispatch_event("drop", {"dataTransfer": page.evaluate_handle("new DataTransfer()")})
    settle(page)
    assert asked == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()

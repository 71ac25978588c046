"""The order in which providers are asked for a field is moved by hand and by buttons, and stays."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.server import Server
from tests.browser.windows import Windows


@pytest.fixture(autouse=True)
def usual_order(server: Server) -> Iterator[None]:
    yield
    server.rest.post("/providers/priorities/reset")


def _order(panel: Locator) -> list[str]:
    return panel.locator("[data-reorder-item] strong").all_inner_texts()


def test_dragged_to_the_top_a_provider_is_asked_first(windows: Windows) -> None:
    page = windows.open()
    page.goto("/settings/priorities")
    panel = page.locator("#priority-biography")
    first, *others, last = _order(panel)
    items = panel.locator("[data-reorder-item]")
    # Where it lies is drawn while it is dragged, before the server has heard of it.
    with page.expect_response(lambda response: response.request.method == "POST"):
        items.last.drag_to(items.first, target_position={"x": 60, "y": 4})
    expect(panel.locator("[data-reorder-item] strong").first).to_have_text(last)
    page.reload()
    assert _order(panel) == [last, first, *others]


def test_buttons_do_the_same_and_keep_the_focus(windows: Windows) -> None:
    page = windows.open()
    page.goto("/settings/priorities")
    panel = page.locator("#priority-biography")
    first, second, *others = _order(panel)
    panel.get_by_role("button", name=f"{second} earlier").click()
    expect(panel.locator("[data-reorder-item] strong").first).to_have_text(second)
    expect(panel.get_by_role("button", name=f"{second} earlier")).to_be_focused()
    page.reload()
    assert _order(panel) == [second, first, *others]

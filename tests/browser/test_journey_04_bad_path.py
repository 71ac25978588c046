"""Journey 4: a folder that cannot be a library is refused with the reason, and nothing is saved."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.windows import Windows


@pytest.fixture
def closed(server: Server) -> Iterator[Path]:
    """A folder that the server may not read."""
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("root reads every folder, and there is no setpriv to take that away from the server")
    folder = server.music.parent / "closed"
    folder.mkdir(exist_ok=True)
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


def test_each_refusal_names_its_reason_and_saves_nothing(
    windows: Windows, server: Server, closed: Path, theme: str
) -> None:
    page = windows.open(theme)
    file = server.music.parent / "list.txt"
    file.write_text("no folder", encoding="utf-8")
    before = server.rest.get("/libraries")
    for path, reason in (
        (server.music.parent / "nowhere", "does not exist"),
        (file, "is not a folder"),
        (closed, "cannot be read by the account"),
        ("music", "must be absolute"),
    ):
        _refused(page, str(path), reason)
    assert server.rest.get("/libraries") == before


def test_overlapping_folders_name_the_library_they_clash_with(windows: Windows, server: Server, theme: str) -> None:
    page = windows.open(theme)
    inside = next(path for path in sorted(server.music.iterdir()) if path.is_dir())
    before = server.rest.get("/libraries")
    for path, clash in (
        (inside, f"is inside the library Music ({server.music})"),
        (server.music.parent, f"holds the library Music ({server.music})"),
        (server.music, "is already the library Music"),
    ):
        _add(page, str(path))
        expect(page.get_by_role("alert")).to_contain_text(clash)
        _expect_what_was_typed(page, str(path))
    assert server.rest.get("/libraries") == before


def test_the_preview_warns_before_anything_is_sent(windows: Windows, server: Server) -> None:
    page = windows.open("light")
    page.goto("/libraries/new")
    page.get_by_label("Folder", exact=True).fill(str(server.music.parent / "nowhere"))
    expect(page.locator("#folder-preview")).to_contain_text("does not exist")
    page.get_by_label("Folder", exact=True).fill(str(server.music))
    expect(page.locator("#folder-preview")).to_contain_text("is already the library Music")


def test_the_quick_start_refuses_it_too_without_scripts(windows: Windows, server: Server) -> None:
    page = windows.open("dark", scripts=False)
    page.goto("/start")
    page.get_by_label("Folder", exact=True).fill(str(server.music.parent / "nowhere"))
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#path-error")).to_contain_text("does not exist")
    expect(page.get_by_label("Folder", exact=True)).to_be_focused()
    assert len(server.rest.get("/libraries")) == 1


def _refused(page: Page, path: str, reason: str) -> None:
    _add(page, path)
    expect(page.locator("#path-error")).to_contain_text(reason)
    expect(page.get_by_label("Folder", exact=True)).to_be_focused()
    _expect_what_was_typed(page, path)


def _add(page: Page, path: str) -> None:
    page.goto("/libraries/new")
    page.get_by_label("Folder", exact=True).fill(path)
    page.get_by_label("Name").fill("Second shelf")
    page.get_by_role("button", name="Add and scan").click()


def _expect_what_was_typed(page: Page, path: str) -> None:
    expect(page.get_by_label("Folder", exact=True)).to_have_value(path)
    expect(page.get_by_label("Name")).to_have_value("Second shelf")

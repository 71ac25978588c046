"""Chromium and the servers of the journeys. Skipped, saying why, where there is no Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.pages import sign_in
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import WIDE, Windows

REQUIRED = os.environ.get("STILLWATER_BROWSER_TESTS") == "required"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Lets a fixture know, when it ends, whether its test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        (pytest.fail if REQUIRED else pytest.skip)("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """Nobody has set it up."""
    server = Server(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Maria's, shared by the journeys that leave it as they found it."""
    server = Server(tmp_path_factory.mktemp("stillwater"))
    try:
        server.start()
        server.first_account()
        yield server
    finally:
        server.stop()


@pytest.fixture
def fresh_windows(request: pytest.FixtureRequest, chromium: Browser, fresh_server: Server) -> Iterator[Windows]:
    yield from _windows(request, Windows(chromium, fresh_server.address, None))


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, server: Server) -> object:
    """The cookies of Maria's window."""
    context = chromium.new_context(base_url=server.address, viewport=WIDE)
    page = context.new_page()
    page.goto("/login/")
    sign_in(page, USERNAME, PASSWORD)
    page.wait_for_url("**/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def windows(request: pytest.FixtureRequest, chromium: Browser, server: Server, signed_in: object) -> Iterator[Windows]:
    yield from _windows(request, Windows(chromium, server.address, signed_in))


def _windows(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Windows]:
    yield windows
    failed = request.node.stash.get(FAILED, True)
    windows.close(picture_as=request.node.name if failed else "")
    assert failed or windows.troubles == []

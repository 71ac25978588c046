"""One real server with a demo library for all browser tests, Chromium, and windows into it.

Skipped, saying why, where there is no Chromium; with STILLWATER_BROWSER_TESTS=required such a test fails.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from artists.sample.builder import build_library
from tests.browser.pages import sign_in
from tests.browser.providers import InventedProviders
from tests.browser.server import PASSWORD, USERNAME, Server
from tests.browser.windows import Windows
from tests.steps import put_database

ARTISTS, SEED = 80, 1973
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell first: the same engine without the browser's own windows, each of which costs as much as a page."""
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=20_000)
"""Milliseconds; a page that is right at once is not waited for, and a busy machine is not a broken page."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Lets a fixture know, when it ends, whether its test failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with this folder's tests: Playwright's running loop would forbid the database to those that follow."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        _cannot("there is no Chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
            )
        except Error as error:
            _cannot(f"Chromium does not start: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("STILLWATER_BROWSER_TESTS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def providers(chromium: Browser) -> Iterator[InventedProviders]:
    with InventedProviders.running(SEED, ARTISTS) as invented:
        yield invented


@pytest.fixture(scope="package")
def server(
    chromium: Browser, providers: InventedProviders, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Eighty invented artists, scanned and checked; Maria is its administrator. MusicBrainz answers once a second, so
    that a run is still on its way when somebody stops it."""
    folder = tmp_path_factory.mktemp("stillwater")
    running = Server(folder, providers=providers.address, forked=True, slow=frozenset({"musicbrainz"}))
    put_database(running.data)
    build_library(running.music, artists=ARTISTS, seed=SEED, flavour="demo")
    try:
        running.start()
        running.first_account()
        running.rest.post("/libraries", name="Music", path=str(running.music))
        running.rest.scan_everything()
        yield running
    finally:
        running.stop()


@pytest.fixture
def fresh_server(chromium: Browser, tmp_path: Path) -> Iterator[Server]:
    """Nobody has an account, there is no library."""
    running = Server(tmp_path / "fresh", forked=True)
    put_database(running.data)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def signed_in(chromium: Browser, server: Server) -> Any:
    """Maria's cookies, from the sign-in page."""
    with chromium.new_context(base_url=server.address) as context:
        page = context.new_page()
        page.goto("/login/")
        sign_in(page, USERNAME, PASSWORD)
        page.wait_for_url("**/")
        return context.storage_state()


@pytest.fixture
def windows(request: pytest.FixtureRequest, chromium: Browser, server: Server, signed_in: Any) -> Iterator[Windows]:
    yield from _windows(request, Windows(chromium, server.address, signed_in))


@pytest.fixture
def fresh_windows(request: pytest.FixtureRequest, chromium: Browser, fresh_server: Server) -> Iterator[Windows]:
    """Windows on the server that nobody has set up."""
    yield from _windows(request, Windows(chromium, fresh_server.address, None))


def _windows(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Windows]:
    yield windows
    windows.close(picture_as=_picture_of_failure(request, windows))
    assert not windows.troubles, "the browser's console: " + "; ".join(windows.troubles)


def _picture_of_failure(request: pytest.FixtureRequest, windows: Windows) -> str:
    failed = request.node.stash.get(FAILED, False) or bool(windows.troubles)
    return re.sub(r"\W+", "-", request.node.name) if failed else ""


@pytest.fixture(scope="module")
def lasting_windows(chromium: Browser, server: Server, signed_in: Any) -> Iterator[Windows]:
    windows = Windows(chromium, server.address, signed_in)
    yield windows
    windows.close()


@pytest.fixture
def looking(request: pytest.FixtureRequest, lasting_windows: Windows) -> Iterator[Windows]:
    """For tests that only look at page after page: they share a window, whose cache is warm."""
    yield lasting_windows
    lasting_windows.picture(_picture_of_failure(request, lasting_windows))
    troubles, lasting_windows.troubles = lasting_windows.troubles, []
    assert not troubles, "the browser's console: " + "; ".join(troubles)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """For the journeys that are walked in both; axe looks at both in every one (tests.browser.accessibility)."""
    return str(request.param)


@pytest.fixture(scope="package")
def spare(server: Server) -> Callable[..., dict[str, Any]]:
    """Hands out artists, each to one test alone, so that no test meets another's changes."""
    given: set[str] = set()

    def next_one(**filters: str) -> dict[str, Any]:
        for artist in server.rest.get("/artists", page_size=200, **filters)["artists"]:
            if artist["id"] not in given and not artist["is_excluded"] and not artist["locked"]:
                given.add(artist["id"])
                found: dict[str, Any] = artist
                return found
        raise AssertionError(f"no artist is left for {filters}")

    return next_one

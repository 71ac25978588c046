"""What would hold up a request to a provider is told before anybody waits."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configuration
from django.test import Client
from pytest_django.fixtures import Settings

from artists.queries.provider_waits import provider_waits, waiting_for
from stillwater.outbound import FileBuckets, FileCircuits, Rate
from stillwater.outbound.circuits import FAILURES_TO_OPEN, FIRST_REST
from tests.artists.services.providers.house import Fakes, make_provider, small_world
from tests.stillwater.misbehaving import Clock

SLOW = Rate("wikipedia", per_second=1, patience=3600)


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    slow = (make_provider("wikipedia", per_second=1), make_provider("lastfm", per_second=5))
    with small_world(monkeypatch, settings, slow) as answering:
        yield answering


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(clock: Clock) -> FileBuckets:
    return FileBuckets(configuration.STILLWATER_DATA / "rate", clock)


def test_nothing_is_told_of_a_provider_that_is_free(clock: Clock) -> None:
    wait = provider_waits(clock)["wikipedia"]
    assert (wait.turn_in, wait.silent_until, wait.share, wait.words) == (0, None, 1, "")
    assert waiting_for(clock) == ""


def test_the_line_before_us_is_counted(buckets: FileBuckets, clock: Clock) -> None:
    buckets.leave(SLOW, buckets.enter(SLOW, SLOW.patience))
    for _ in range(9):
        buckets.enter(SLOW, SLOW.patience)
    wait = provider_waits(clock)["wikipedia"]
    assert wait.turn_in == pytest.approx(10 * SLOW.interval)
    assert wait.words == "The next free moment is in 10 s."
    assert waiting_for(clock) == "waiting for Wikipedia, 1 request per second"


def test_looking_takes_no_place_in_the_line(buckets: FileBuckets, clock: Clock) -> None:
    buckets.enter(SLOW, SLOW.patience)
    before = buckets.look("wikipedia")
    provider_waits(clock)
    assert buckets.look("wikipedia") == before


def test_a_rate_that_was_lowered_is_told(buckets: FileBuckets, clock: Clock) -> None:
    buckets.throttled(SLOW, 4)
    wait = provider_waits(clock)["wikipedia"]
    assert wait.share == 0.5
    assert wait.words == "The next free moment is in 4 s. It asked us to slow down: 0.5 requests per second for now."


def test_a_silent_provider_is_told_with_the_moment_of_the_next_try(clock: Clock) -> None:
    circuits = FileCircuits(configuration.STILLWATER_DATA / "rate", clock)
    for _ in range(FAILURES_TO_OPEN):
        circuits.report("lastfm", "failed")
    wait = provider_waits(clock)["lastfm"]
    assert wait.silent_until is not None
    assert wait.silent_until.timestamp() == clock.now + FIRST_REST
    assert wait.words.startswith("It has not been answering and is left alone until ")


def test_the_card_on_the_settings_page_says_it(admin_client: Client) -> None:
    FileBuckets(configuration.STILLWATER_DATA / "rate").throttled(SLOW, 600)
    assert "It asked us to slow down: 0.5 requests per second for now." in page(admin_client)


def test_the_page_asks_for_a_contact_where_there_is_none(admin_client: Client, settings: Settings) -> None:
    settings.STILLWATER_CONTACT = ""
    assert "STILLWATER_CONTACT" in page(admin_client)
    settings.STILLWATER_CONTACT = "maria@example.org"
    assert "STILLWATER_CONTACT" not in page(admin_client)


def page(client: Client) -> str:
    return client.get("/settings/providers").content.decode()

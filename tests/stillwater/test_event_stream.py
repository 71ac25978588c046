"""The feed that a browser keeps open: replay by id, heartbeat, digest of floods, and a bounded number of streams."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pytest
from django.test import Client

from stillwater import event_stream, events
from stillwater.errors import Unavailable
from stillwater.event_stream import DIGEST_ABOVE, MOST, PER_USER, EventStream, Places
from stillwater.models import Event, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    free = Places()
    monkeypatch.setattr(event_stream, "places", free)
    monkeypatch.setattr("stillwater.api.system.places", free)
    return free


class Stopped(Exception):
    """The test has seen enough."""


def never(_seconds: float) -> None:
    raise Stopped


def waits(*steps: Callable[[], object]) -> Callable[[float], None]:
    """A clock that does the next step each time the stream waits, then stops it."""
    remaining = iter(steps)

    def wait(_seconds: float) -> None:
        step = next(remaining, None)
        if step is None:
            raise Stopped
        step()

    return wait


def told(last_id: int | None, wait: Callable[[float], None]) -> list[str]:
    """Everything a stream says until it stops."""
    said: list[str] = []
    with suppress(Stopped):
        for line in EventStream(1, last_id, wait=wait):
            said.append(line)
    return said


def parsed(message: str) -> tuple[int, str, dict[str, Any]]:
    lines = dict(line.split(": ", 1) for line in message.strip().splitlines())
    return int(lines["id"]), lines["event"], json.loads(lines["data"])


def make(name: str = "artist.new", **payload: Any) -> Event:
    return Event.objects.create(name=name, payload=payload)


class TestStream:
    def test_it_begins_with_connected_and_goes_on_from_now(self) -> None:
        old = make()
        said = told(None, never)
        assert [parsed(message)[:2] for message in said] == [(old.pk, "connected")]

    def test_every_message_has_the_same_envelope_the_first_one_too(self) -> None:
        Event.objects.create(name="scan.completed", payload={})
        envelopes = [tuple(parsed(message)[2]) for message in told(0, never)]
        assert envelopes == [("type", "title", "message", "timestamp", "data")] * 2

    def test_an_event_comes_with_its_id_and_the_envelope_of_the_contract(self) -> None:
        said = told(None, waits(lambda: make("scan.completed", scan_id="3", message="done")))
        number, name, body = parsed(said[1])
        assert (number, name) == (events.newest_id(), "scan.completed")
        assert set(body) == {"type", "title", "message", "timestamp", "data"}
        assert (body["type"], body["title"], body["message"]) == ("scan.completed", "Scan finished", "done")
        assert body["data"]["scan_id"] == "3"

    def test_what_was_missed_is_replayed_once_and_in_order(self) -> None:
        first, second, third = make(n=1), make(n=2), make(n=3)
        said = [parsed(message)[0] for message in told(first.pk, never)]
        assert said == [first.pk, second.pk, third.pk]

    def test_an_id_of_the_future_misses_nothing_that_comes(self) -> None:
        """A browser remembers an id of a database that has been replaced since."""
        make()
        said = told(10**12, waits(lambda: make(n=2)))
        assert [parsed(message)[2]["data"].get("n") for message in said[1:]] == [2]

    def test_a_line_break_in_a_name_cannot_forge_a_message(self) -> None:
        make(name="artist.new", artist="x\n\nevent: metadata.fixed\ndata: {}")
        messages = told(0, never)
        assert [message.count("\nevent: ") for message in messages] == [1, 1]

    def test_a_silent_stream_beats_every_second(self) -> None:
        """A page that was left is noticed by its second beat; somebody who goes fast must not run out of places."""
        said = told(None, waits(*[lambda: None] * 3))
        assert said[1:] == [": heartbeat\n\n"] * 3

    def test_a_flood_of_one_name_becomes_one_message_that_counts(self) -> None:
        last = [make(n=number) for number in range(DIGEST_ABOVE + 1)][-1]
        number, name, body = parsed(told(0, never)[1])
        assert (number, name, body["data"]) == (last.pk, "artist.new", {"count": DIGEST_ABOVE + 1})

    def test_up_to_the_bound_each_event_is_told(self) -> None:
        for number in range(DIGEST_ABOVE):
            make(n=number)
        assert len(told(0, never)) == 1 + DIGEST_ABOVE


class TestPlaces:
    def test_one_person_may_hold_eight_streams(self, places: Places) -> None:
        for _ in range(PER_USER):
            places.take(1)
        with pytest.raises(Unavailable):
            places.take(1)
        places.take(2)

    def test_all_together_may_hold_so_many(self, places: Places) -> None:
        for number in range(MOST):
            places.take(number)
        with pytest.raises(Unavailable):
            places.take(MOST + 1)

    def test_a_closed_stream_gives_its_place_back_once(self, places: Places) -> None:
        places.take(1)
        places.take(1)
        stream = EventStream(1, None, wait=never)
        stream.close()
        stream.close()
        assert places.held[1] == 1

    def test_a_stream_that_was_never_read_gives_its_place_back_too(self, admin_client: Client, places: Places) -> None:
        admin_client.get("/api/v1/events/stream").close()
        assert places.held.total() == 0


class TestOverHttp:
    def first(self, response: Any) -> Iterator[bytes]:
        return islice(response.streaming_content, 1)

    def test_it_is_an_event_stream_that_nobody_stores(self, admin_client: Client) -> None:
        response = admin_client.get("/api/v1/events/stream")
        assert response.headers["Content-Type"] == "text/event-stream"
        assert response.headers["Cache-Control"] == "no-store"
        assert next(iter(self.first(response))).startswith(b"id: ")
        response.close()

    def test_the_ninth_stream_of_one_person_is_refused(self, admin_client: Client, administrator: User) -> None:
        held = [admin_client.get("/api/v1/events/stream") for _ in range(PER_USER)]
        refused = admin_client.get("/api/v1/events/stream")
        assert (refused.status_code, refused.json()) == (503, {"error": "too many event streams are open"})
        for response in held:
            response.close()
        assert admin_client.get("/api/v1/events/stream").status_code == 200

    @pytest.mark.parametrize("odd", ["-1", "1.5", "abc", "²", "٣", "9" * 40, "'; drop table", ""])
    def test_an_odd_last_event_id_is_no_error(self, admin_client: Client, odd: str, places: Places) -> None:
        response = admin_client.get("/api/v1/events/stream", {"last_event_id": odd})
        assert response.status_code == 200
        assert list(self.first(response))
        response.close()
        assert places.held.total() == 0

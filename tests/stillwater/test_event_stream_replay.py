"""A browser that comes back asks for what it missed: by header, or by address when another tab takes over."""

import pytest
from django.test import Client

from stillwater import events
from stillwater.models import Event

pytestmark = pytest.mark.django_db


def _first_messages(response: object, count: int) -> list[str]:
    stream = iter(response.streaming_content)  # type: ignore[attr-defined]
    messages = [next(stream).decode() for _ in range(count)]
    response.close()  # type: ignore[attr-defined]
    return messages


@pytest.mark.parametrize("by_header", [True, False])
def test_what_came_after_the_last_id_is_replayed(admin_client: Client, by_header: bool) -> None:
    Event.objects.create(name="scan.completed", payload={"library_id": "1"})
    seen = events.newest_id()
    Event.objects.create(name="artist.updated", payload={"artist_id": "7"})
    if by_header:
        response = admin_client.get("/api/v1/events/stream", headers={"Last-Event-ID": str(seen)})
    else:
        response = admin_client.get(f"/api/v1/events/stream?last_event_id={seen}")
    connected, replayed = _first_messages(response, 2)
    assert "event: connected" in connected
    assert "event: artist.updated" in replayed
    assert '"artist_id": "7"' in replayed

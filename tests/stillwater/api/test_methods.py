"""HTTP methods that the contract does not name: HEAD as monitors send it, and those that a path does not have."""

import pytest
from django.test import Client

from stillwater import event_stream
from stillwater.models import Option

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["health", "artists", "notifications/export", "reports/health", "docs"])
def test_head_is_a_get_without_its_body(admin_client: Client, path: str) -> None:
    got, head = admin_client.get(f"/api/v1/{path}"), admin_client.head(f"/api/v1/{path}")
    assert (head.status_code, head.headers["Content-Type"]) == (200, got.headers["Content-Type"])
    assert head.content == b""


def test_head_says_who_may_not(client: Client) -> None:
    assert client.head("/api/v1/artists").status_code == 401


def test_head_of_the_stream_holds_no_place(admin_client: Client) -> None:
    response = admin_client.head("/api/v1/events/stream")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/event-stream")
    assert event_stream.places.held.total() == 0


def test_another_method_is_refused_in_json(admin_client: Client) -> None:
    response = admin_client.patch("/api/v1/settings", {"my.own": "x"}, content_type="application/json")
    assert (response.status_code, response.json()) == (405, {"error": "method not allowed"})
    assert set(response.headers["Allow"].split(", ")) == {"GET", "PUT"}
    assert not Option.objects.exists()

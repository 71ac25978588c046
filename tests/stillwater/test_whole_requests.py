"""A body that nobody asked for is read all the same, so that the connection can be used again."""

import pytest
from django.test import Client

from stillwater.middleware import LEFT_OVER

pytestmark = pytest.mark.django_db


def left(client: Client, url: str, body: bytes) -> int:
    """How many bytes of the body were still on their way when the answer left."""
    request = client.post(url, body, content_type="application/json").wsgi_request
    return len(request.META["wsgi.input"].read())


@pytest.mark.parametrize("url", ["/api/v1/notifications/99/fix", "/api/v1/none", "/none"])
def test_a_refused_request_is_read_to_its_end(admin_client: Client, url: str) -> None:
    assert left(admin_client, url, b"{}" * 100) == 0


def test_what_would_take_long_is_not(admin_client: Client) -> None:
    assert left(admin_client, "/none", b" " * (LEFT_OVER + 100)) == 100

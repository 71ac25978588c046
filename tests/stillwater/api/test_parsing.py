"""How a request's parameters and body are read, whichever operation they are for."""

from typing import Any

import pytest
from django.test import Client

from stillwater.models import Option
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


def put_setting(client: Client, body: bytes | str) -> Any:
    return client.put("/api/v1/settings", body, content_type="application/json")


class TestParameters:
    @pytest.mark.parametrize(
        "url",
        [
            "/api/v1/artists?page=&page_size=&sort=&order=&ids=&filter=&library_id=",
            "/api/v1/history?limit=&offset=&artist_id=&field=&source=&from=&to=",
            "/api/v1/notifications?page=&page_size=&artist_id=&library_id=&status=&sort=",
            "/api/v1/reports/compliance?page=&health_min=&health_max=&status=",
            "/api/v1/reports/health/history?from=&to=&library_id=",
            "/api/v1/violations/trend?days=",
        ],
    )
    def test_a_blank_one_was_not_given(self, admin_client: Client, url: str) -> None:
        """A form sends the fields that nobody filled in as well."""
        make_artist("Mara Field")
        blank, bare = admin_client.get(url), admin_client.get(url.partition("?")[0])
        assert (blank.status_code, blank.json()) == (200, bare.json())

    def test_a_nul_character_is_refused(self, admin_client: Client) -> None:
        response = admin_client.get("/api/v1/artists", {"search": "a\0b"})
        assert (response.status_code, response.json()) == (400, {"error": "address holds a NUL character"})


class TestBody:
    @pytest.mark.parametrize(
        ("body", "error"),
        [
            (b"{bad", "invalid JSON body"),
            (b"\xff\xfe", "invalid JSON body"),
            (b"[" * 100_000, "invalid JSON body"),
            (b"[1]", "body must be a JSON object"),
            (b'{"a": "\\u0000"}', "body holds a NUL character"),
            (b'{"a\\u0000": "x"}', "body holds a NUL character"),
            (b'{"a": [{"b": "\\ud83d"}]}', "invalid JSON body"),
        ],
    )
    def test_what_cannot_be_read_or_kept_is_refused(self, admin_client: Client, body: bytes, error: str) -> None:
        response = put_setting(admin_client, body)
        assert (response.status_code, response.json()) == (400, {"error": error})
        assert not Option.objects.exists()

    @pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
    def test_one_that_is_too_large_is_refused_as_that(self, admin_client: Client, kind: str) -> None:
        response = admin_client.put("/api/v1/settings", b"a" * (5 * 1024 * 1024), content_type=kind)
        assert (response.status_code, response.json()) == (413, {"error": "the request is larger than allowed"})

    def test_a_backslash_before_the_same_letters_is_text(self, admin_client: Client) -> None:
        assert put_setting(admin_client, b'{"a": "\\\\u0000 \\ud83d\\ude00"}').status_code == 200
        assert Option.objects.get().value == "\\u0000 😀"

    def test_a_nul_character_in_a_form_is_refused(self, admin_client: Client) -> None:
        response = admin_client.post("/api/v1/auth/tokens", {"name": "a\0b"})
        assert (response.status_code, response.json()) == (400, {"error": "body holds a NUL character"})

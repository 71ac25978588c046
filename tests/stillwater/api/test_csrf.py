"""Forgery: every unsafe route with a session and without a token of ours is refused (S34, design.md 11)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from stillwater.csrf import is_ours, new_secret
from stillwater.models import Option, User
from tests.operations import operations

pytestmark = pytest.mark.django_db

EXEMPT = {"login", "setup"}
FORGED = [None, "", "x", "a" * 32, "A" * 64, "é" * 32, "null"]
EXAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


@pytest.fixture
def browser(administrator: User) -> Client:
    """Signed in, and guarded like a real browser."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    return client


def page_paths(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every path of a page, with something in place of each parameter."""
    for item in resolver.url_patterns:
        route = before + str(getattr(item.pattern, "_route", ""))
        if isinstance(item, URLResolver):
            if item.app_name != "api" and item.namespace != "api":
                yield from page_paths(item, route)
        elif isinstance(item, URLPattern) and hasattr(item.pattern, "_route"):
            yield filled(item, route)


def filled(item: URLPattern, route: str) -> str:
    path = ""
    for part in route.split("<"):
        inside, bracket, rest = part.rpartition(">")
        path += EXAMPLES[inside.partition(":")[0] if ":" in inside else "str"] + rest if bracket else part
    return path


def put_theme(client: Client, **options: Any) -> Any:
    return client.put("/api/v1/preferences/theme", {"value": "dark"}, content_type="application/json", **options)


class TestEveryUnsafeRoute:
    @pytest.mark.parametrize("htmx", [False, True])
    @pytest.mark.parametrize("forged", FORGED)
    def test_of_the_api_refuses_a_session_without_a_token(
        self, browser: Client, forged: str | None, htmx: bool
    ) -> None:
        headers = {**({} if forged is None else {"X-CSRF-Token": forged}), **({"HX-Request": "true"} if htmx else {})}
        unsafe = [operation for operation in operations() if not operation.is_safe and operation.id not in EXEMPT]
        passed = []
        for operation in unsafe:
            response = browser.generic(
                operation.method, operation.url, b"{}", content_type="application/json", headers=headers
            )
            if (response.status_code, response.content) != (403, b'{"error": "invalid CSRF token"}'):
                passed.append(f"{operation}: {response.status_code}")
        assert unsafe
        assert passed == []

    def test_of_the_pages_refuses_a_session_without_a_token(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert browser.post("/logout/", {}).status_code == 403
        # Told apart from every other refusal, and without drawing five hundred pages that say so.
        monkeypatch.setattr("stillwater.csrf.csrf_failure", lambda request: HttpResponse(status=418))
        paths = list(page_paths(get_resolver()))
        assert "/logout/" in paths
        assert [path for path in paths if browser.post(path, {}).status_code != 418] == []

    def test_is_not_opened_by_another_method_in_the_form(self, browser: Client) -> None:
        response = browser.post("/api/v1/auth/logout?_method=GET", {"_method": "GET"})
        assert response.status_code == 403


class TestToken:
    def test_the_cookie_comes_with_every_get(self, client: Client, administrator: User) -> None:
        for path in ("/api/v1/health", "/login/", "/api/v1/auth/me", "/nowhere"):
            client.cookies.clear()
            cookie = client.get(path).cookies["csrf_token"]
            assert is_ours(cookie.value), path
            assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Strict", "", "/")

    def test_the_header_alone_is_enough(self, browser: Client) -> None:
        assert put_theme(browser, headers={"X-CSRF-Token": new_secret()}).status_code == 200

    def test_the_cookie_alone_is_not(self, browser: Client) -> None:
        browser.get("/api/v1/health")
        assert put_theme(browser).status_code == 403

    def test_in_a_form_the_field_has_to_match_the_cookie(self, browser: Client) -> None:
        ours = browser.get("/api/v1/health").cookies["csrf_token"].value
        for name in ("csrf_token", "csrfmiddlewaretoken"):
            assert browser.post("/api/v1/auth/tokens", {"name": "x", name: ours}).status_code == 201
            assert browser.post("/api/v1/auth/tokens", {"name": "x", name: new_secret()}).status_code == 403

    def test_the_field_counts_in_the_forms_of_every_method(self, browser: Client) -> None:
        ours = browser.get("/api/v1/health").cookies["csrf_token"].value
        for token, code in ((ours, 200), (new_secret(), 403)):
            response = browser.put(
                "/api/v1/preferences/theme",
                urlencode({"value": "dark", "csrf_token": token}),
                content_type="application/x-www-form-urlencoded",
            )
            assert response.status_code == code

    def test_the_field_is_no_field_of_the_operation(self, browser: Client) -> None:
        ours = browser.get("/api/v1/health").cookies["csrf_token"].value
        body = urlencode({"my.own": "x", "csrf_token": ours})
        response = browser.put("/api/v1/settings", body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert list(Option.objects.values_list("key", flat=True)) == ["my.own"]

    def test_a_planted_cookie_does_not_help(self, browser: Client) -> None:
        """A neighbour under the same domain can set cookies, but cannot sign them."""
        planted = "a" * 32
        browser.cookies["csrf_token"] = planted
        assert browser.post("/api/v1/auth/tokens", {"name": "x", "csrf_token": planted}).status_code == 403

    def test_a_token_is_signed_with_the_secret_key(self, settings: Any) -> None:
        token = new_secret()
        assert is_ours(token)
        assert not is_ours(token[:-1] + ("a" if token[-1] != "a" else "b"))
        settings.SECRET_KEY = "another"
        assert not is_ours(token)

    def test_without_a_session_a_script_needs_none(self, administrator: User) -> None:
        client = Client(enforce_csrf_checks=True)
        assert client.post("/api/v1/auth/tokens", {"name": "x"}).status_code == 401

    def test_a_refusal_on_a_page_is_a_page(self, browser: Client) -> None:
        response = browser.post("/logout/")
        assert response.status_code == 403
        assert response.headers["Content-Type"].startswith("text/html")

    def test_signing_in_through_the_page_needs_its_token(self, administrator: User) -> None:
        client = Client(enforce_csrf_checks=True)
        body = {"username": "maria", "password": "a calm long secret"}
        assert client.post("/login/", body).status_code == 403
        ours = client.get("/login/").cookies[settings.CSRF_COOKIE_NAME].value
        assert client.post("/login/", {**body, "csrfmiddlewaretoken": ours}).status_code == 302

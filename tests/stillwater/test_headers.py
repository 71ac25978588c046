"""Security headers and a strict CSP on every answer, whatever it is (S28, S32)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from stillwater import urls
from stillwater.errors import Conflict
from stillwater.models import User

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNSAFE_WORDS = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose: /secret/path")


def refused(request: HttpRequest) -> HttpResponse:
    raise Conflict("the folder is taken")


class Pages:
    """The site, and two pages that fail."""

    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
    urlpatterns = [path("broken/", broken), path("api/v1/broken", broken), path("refused/", refused), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.ROOT_URLCONF = Pages


def answers() -> dict[str, tuple[Callable[[Client], Any], int]]:
    return {
        "a page": (lambda client: client.get("/preferences"), 200),
        "a fragment": (lambda client: client.get("/preferences", headers={"HX-Request": "true"}), 200),
        "a redirect": (lambda client: client.get("/login/"), 302),
        "a page that is not there": (lambda client: client.get("/nowhere"), 404),
        "a page that fails": (lambda client: client.get("/broken/"), 500),
        "a refusal of a verb": (lambda client: client.get("/refused/"), 409),
        "a wrong method": (lambda client: client.get("/logout/"), 405),
        "an answer of the API": (lambda client: client.get("/api/v1/auth/me"), 200),
        "the documents of the API": (lambda client: client.get("/api/v1/docs"), 200),
        "an operation that is not there": (lambda client: client.get("/api/v1/nowhere"), 404),
        "an operation that fails": (lambda client: client.get("/api/v1/broken"), 500),
        "a bad request": (lambda client: client.put("/api/v1/preferences/x", "{", "application/json"), 400),
        "an event stream": (lambda client: client.get("/api/v1/events/stream"), 200),
        "a style sheet": (lambda client: client.get("/static/css/base.css"), 200),
        "an icon": (lambda client: client.get("/static/favicon.svg"), 200),
        "a static file that is not there": (lambda client: client.get("/static/nowhere.css"), 404),
        "the admin": (lambda client: client.get("/admin/"), 200),
    }


@pytest.mark.parametrize("what", answers())
def test_every_answer_is_guarded(admin_client: Client, what: str) -> None:
    admin_client.raise_request_exception = False
    ask, status = answers()[what]
    response = ask(admin_client)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "default-src 'self'" in policy
    assert [word for word in UNSAFE_WORDS if word in policy] == []
    response.close()


def test_behind_tls_browsers_are_told_to_stay_there(admin_client: Client) -> None:
    assert "Strict-Transport-Security" in admin_client.get("/api/v1/health", secure=True).headers
    assert "Strict-Transport-Security" not in admin_client.get("/api/v1/health").headers


@pytest.mark.parametrize(
    ("proxies", "said", "secure"),
    [
        (["127.0.0.0/8"], "https", True), (["127.0.0.0/8"], "http, https", True), (["127.0.0.0/8"], "http", False),
        (["127.0.0.0/8"], "", False), ([], "https", False), (["10.0.0.0/8"], "https", False),
    ],
)  # fmt: skip
def test_behind_a_trusted_proxy_with_tls_cookies_are_secure(
    client: Client, administrator: User, settings: Settings, proxies: list[str], said: str, secure: bool
) -> None:
    settings.STILLWATER_TRUSTED_PROXIES = proxies
    body = {"username": "maria", "password": "a calm long secret"}
    response = client.post("/api/v1/auth/login", body, "application/json", headers={"X-Forwarded-Proto": said})
    assert response.status_code == 200
    assert {bool(cookie["secure"]) for cookie in response.cookies.values()} == {secure}
    assert ("Strict-Transport-Security" in response.headers) is secure


@pytest.mark.parametrize("address", ["/broken/", "/api/v1/broken"])
def test_a_failure_tells_nothing_of_the_inside(admin_client: Client, address: str) -> None:
    admin_client.raise_request_exception = False
    text = admin_client.get(address).content.decode()
    assert "secret" not in text
    assert "Traceback" not in text
    assert "RuntimeError" not in text


def test_a_foreign_host_is_refused(admin_client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["music.example"]
    response = admin_client.get("/api/v1/auth/me", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


class TestFrontDoor:
    def test_before_the_first_account_there_is_only_the_setup(self, client: Client, db: None) -> None:
        for address in ("/", "/preferences", "/admin/", "/nowhere"):
            response = client.get(address)
            assert (response.status_code, response.headers["Location"]) == (302, "/setup/")

    def test_afterwards_strangers_are_led_to_the_sign_in(self, client: Client, administrator: User) -> None:
        response = client.get("/preferences?tab=2")
        assert response.headers["Location"] == "/login/?next=/preferences%3Ftab%3D2"

    def test_a_fragment_leads_the_whole_page_there(self, client: Client, administrator: User) -> None:
        headers = {"HX-Request": "true", "HX-Current-URL": "https://music.example/artists?q=x"}
        response = client.get("/preferences", headers=headers)
        assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/login/?next=%2Fartists%3Fq%3Dx")

    def test_the_setup_page_closes_after_the_first_account(self, client: Client, administrator: User) -> None:
        assert client.get("/setup/").status_code == 302
        body = {"username": "eve", "password": "engine of analysis"}
        assert client.post("/setup/", body).status_code == 302
        assert User.objects.count() == 1


class TestNext:
    BODY = {"username": "maria", "password": "a calm long secret"}

    @pytest.mark.parametrize(
        "payload",
        [
            "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
            "javascript:alert(1)", "%2f%2fevil.example", "///evil.example", "/\t/evil.example", "http:///evil.example",
            " //evil.example", "data:text/html,x", "evil.example", "@evil.example", "/\x00/evil.example",
        ],
    )  # fmt: skip
    def test_nobody_is_sent_elsewhere(self, client: Client, administrator: User, payload: str) -> None:
        response = client.post("/login/", {**self.BODY, "next": payload})
        assert response.headers.get("Location", "/") == "/"
        again = client.get("/login/", {"next": payload})
        assert again.headers.get("Location", "/") == "/"

    def test_a_place_of_ours_is_kept(self, client: Client, administrator: User) -> None:
        response = client.post("/login/", {**self.BODY, "next": "/preferences?tab=2"})
        assert response.headers["Location"] == "/preferences?tab=2"

"""Setting up, signing in and out over REST: behaviour.md 8, users-and-risks.md S36 to S46."""

import hashlib

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from stillwater.models import LoginAttempt, Role, User
from stillwater.services import accounts, throttle

pytestmark = pytest.mark.django_db

RIGHT = {"username": "maria", "password": "a calm long secret"}
WRONG = {**RIGHT, "password": "a wrong long secret"}


def post(client: Client, path: str, body: dict[str, str], **headers: str) -> "object":
    return client.post(f"/api/v1/auth/{path}", body, content_type="application/json", headers=headers)


class TestSetup:
    def test_it_works(self, client: Client) -> None:
        response = post(client, "setup", {"username": "ada", "password": "engine of analysis"})
        assert (response.status_code, response.json()) == (201, {"status": "ok"})
        user = User.objects.get()
        assert (user.username, user.role, user.is_protected) == ("ada", Role.ADMINISTRATOR, True)
        assert "session" not in response.cookies

    def test_it_is_closed_afterwards(self, client: Client, administrator: User) -> None:
        response = post(client, "setup", {"username": "eve", "password": "engine of analysis"})
        assert (response.status_code, response.json()) == (409, {"error": "setup already completed"})
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            ({"username": "ada", "password": "short"}, "at least 8 characters"),
            ({"username": "ada", "password": "password"}, "too common"),
            ({"username": "", "password": "engine of analysis"}, "username"),
            ({"username": "a da", "password": "engine of analysis"}, "username"),
            ({"username": "ada\n", "password": ""}, "at least 8 characters"),
            ({"username": "ada", "password": "engine of analysis", "method": "emby"}, "not configured"),
        ],
    )
    def test_what_is_wrong_is_said(self, client: Client, body: dict[str, str], error: str) -> None:
        response = post(client, "setup", body)
        assert response.status_code == 400
        assert error in response.json()["error"]
        assert not User.objects.exists()

    def test_a_long_password_is_taken_whole(self, client: Client) -> None:
        """No silent cut at 72 bytes (S45)."""
        password = "wide river " * 20
        post(client, "setup", {"username": "ada", "password": password})
        assert post(client, "login", {"username": "ada", "password": password}).status_code == 200
        assert post(client, "login", {"username": "ada", "password": password[:72]}).status_code == 401


class TestLogin:
    def test_it_works(self, client: Client, administrator: User) -> None:
        response = post(client, "login", RIGHT)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
        assert response.headers["HX-Redirect"] == "/"
        assert client.get("/api/v1/auth/me").json() == {
            "user_id": str(administrator.pk),
            "username": "maria",
            "display_name": "Maria",
            "role": "administrator",
        }

    def test_a_form_works_as_well_as_json(self, client: Client, administrator: User) -> None:
        assert client.post("/api/v1/auth/login", RIGHT).status_code == 200

    def test_the_cookie_is_held_close(self, client: Client, administrator: User) -> None:
        cookie = post(client, "login", RIGHT).cookies["session"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", 86400)

    def test_behind_tls_the_cookie_is_secure(self, client: Client, administrator: User, settings: Settings) -> None:
        settings.SESSION_COOKIE_SECURE = True
        assert post(client, "login", RIGHT).cookies["session"]["secure"]

    def test_names_do_not_mind_case(self, client: Client, administrator: User) -> None:
        assert post(client, "login", {**RIGHT, "username": "MARIA"}).status_code == 200

    def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(
        self, client: Client, administrator: User
    ) -> None:
        wrong, unknown = post(client, "login", WRONG), post(client, "login", {**RIGHT, "username": "nobody"})
        assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
        assert wrong.status_code == 401

    def test_an_unknown_name_costs_a_hash_too(
        self, client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else the time would tell which names exist (S43)."""
        hashed: list[str] = []
        monkeypatch.setattr(User, "set_password", lambda _user, password: hashed.append(password))
        post(client, "login", {**RIGHT, "username": "nobody"})
        assert hashed == [RIGHT["password"]]

    def test_a_person_who_was_switched_off_does_not_come_in(self, client: Client, operator: User) -> None:
        User.objects.filter(pk=operator.pk).update(is_active=False)
        body = {"username": "olaf", "password": "another calm secret"}
        assert post(client, "login", body).status_code == 401

    def test_a_provider_that_is_not_there_is_refused(self, client: Client, administrator: User) -> None:
        assert post(client, "login", {**RIGHT, "provider": "emby"}).status_code == 400

    @pytest.mark.parametrize("body", ["{", "[1]", '"x"', "nul", '{"username": 5}'])
    def test_a_bad_body_is_a_bad_request(self, client: Client, administrator: User, body: str) -> None:
        response = client.post("/api/v1/auth/login", body, content_type="application/json")
        assert response.status_code == 400
        assert response.json()["error"]

    def test_oidc_is_not_found_until_it_is_configured(self, client: Client, administrator: User) -> None:
        for path in ("login", "callback"):
            response = client.get(f"/api/v1/auth/oidc/{path}")
            assert (response.status_code, response.json()) == (404, {"error": "oidc is not configured"})


class TestSession:
    def test_its_key_is_new_after_signing_in(self, client: Client, administrator: User) -> None:
        """Nobody can slip a known key to a person before (S38)."""
        session = client.session
        session["before"] = True
        session.save()
        before = client.cookies["session"].value
        post(client, "login", RIGHT)
        assert client.cookies["session"].value != before
        assert client.get("/api/v1/auth/me").status_code == 200

    def test_it_is_stored_under_a_hash_alone(self, client: Client, administrator: User) -> None:
        """A stolen database opens no session (S39)."""
        post(client, "login", RIGHT)
        key = client.cookies["session"].value
        row = Session.objects.get()
        assert row.session_key == hashlib.sha256(key.encode()).hexdigest()[:40]
        stolen = Client()
        stolen.cookies["session"] = row.session_key
        assert stolen.get("/api/v1/auth/me").status_code == 401

    def test_signing_out_ends_it_for_everybody_who_has_the_cookie(self, client: Client, administrator: User) -> None:
        post(client, "login", RIGHT)
        key = client.cookies["session"].value
        assert post(client, "logout", {}).json() == {"status": "ok"}
        other = Client()
        other.cookies["session"] = key
        assert other.get("/api/v1/auth/me").status_code == 401
        assert not Session.objects.exists()

    def test_a_new_password_ends_the_others(self, client: Client, administrator: User) -> None:
        post(client, "login", RIGHT)
        accounts.change_password(administrator, "a new calm secret")
        assert client.get("/api/v1/auth/me").status_code == 401

    def test_switching_a_person_off_ends_it(self, operator_client: Client, operator: User) -> None:
        User.objects.filter(pk=operator.pk).update(is_active=False)
        assert operator_client.get("/api/v1/auth/me").status_code == 401

    def test_it_ends_by_itself_after_a_day(self, admin_client: Client) -> None:
        Session.objects.update(expire_date=timezone.now())
        assert admin_client.get("/api/v1/auth/me").status_code == 401


class TestThrottle:
    def test_the_sixth_wrong_password_in_a_minute_waits(self, client: Client, administrator: User) -> None:
        codes = [post(client, "login", WRONG).status_code for _ in range(throttle.PER_ADDRESS_BURST)]
        refused = post(client, "login", RIGHT)
        assert codes == [401] * throttle.PER_ADDRESS_BURST
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) == 60

    def test_it_is_never_for_good(self, client: Client, administrator: User) -> None:
        for _ in range(throttle.PER_ADDRESS_BURST):
            post(client, "login", WRONG)
        LoginAttempt.objects.update(happened_at=timezone.now() - throttle.PER_ADDRESS_WINDOW)
        assert post(client, "login", RIGHT).status_code == 200

    def test_an_account_is_guarded_against_many_addresses(self, administrator: User) -> None:
        for number in range(throttle.PER_ACCOUNT):
            client = Client(REMOTE_ADDR=f"203.0.113.{number}")
            assert post(client, "login", {**WRONG, "username": "Maria"}).status_code == 401
        assert post(Client(REMOTE_ADDR="203.0.113.99"), "login", WRONG).status_code == 429

    def test_another_account_at_another_address_is_not_held_up(self, administrator: User, operator: User) -> None:
        for _ in range(throttle.PER_ADDRESS_BURST):
            post(Client(REMOTE_ADDR="203.0.113.1"), "login", WRONG)
        body = {"username": "olaf", "password": "another calm secret"}
        assert post(Client(REMOTE_ADDR="203.0.113.2"), "login", body).status_code == 200

    def test_a_right_password_clears_the_count(self, client: Client, administrator: User) -> None:
        post(client, "login", WRONG)
        post(client, "login", RIGHT)
        assert not LoginAttempt.objects.exists()

    @pytest.mark.parametrize("claimed", ["198.51.100.7", "a", "", "198.51.100.7, 198.51.100.8", "::1"])
    def test_a_stranger_cannot_claim_other_addresses(self, client: Client, administrator: User, claimed: str) -> None:
        """S44: the header counts from a trusted proxy alone."""
        for _ in range(throttle.PER_ADDRESS_BURST):
            post(client, "login", WRONG, **{"X-Forwarded-For": claimed})
        assert post(client, "login", RIGHT).status_code == 429
        assert set(LoginAttempt.objects.values_list("address", flat=True)) == {"127.0.0.1"}

    def test_behind_a_trusted_proxy_the_last_entry_counts(
        self, client: Client, administrator: User, settings: Settings
    ) -> None:
        settings.STILLWATER_TRUSTED_PROXIES = ["127.0.0.0/8"]
        post(client, "login", WRONG, **{"X-Forwarded-For": "6.6.6.6, 198.51.100.7"})
        assert LoginAttempt.objects.get().address == "198.51.100.7"

    def test_the_memory_of_attempts_is_bounded(self, administrator: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(throttle, "MOST_ROWS", 3)
        for number in range(8):
            throttle.count_failure(username=f"name {number}", address="203.0.113.1")
        throttle.sweep()
        assert [row.username for row in LoginAttempt.objects.order_by("pk")] == ["name 5", "name 6", "name 7"]

    def test_a_very_long_name_is_no_error(self, client: Client, administrator: User) -> None:
        assert post(client, "login", {"username": "x" * 100_000, "password": "y"}).status_code == 401

"""API tokens: shown once, stored as a hash, spelled three ways, held to their scopes."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from stillwater.models import ApiToken, User
from stillwater.services.tokens import create_token

pytestmark = pytest.mark.django_db

URL = "/api/v1/auth/tokens"


def create(client: Client, **body: str) -> "object":
    return client.post(URL, body, content_type="application/json")


class TestCreate:
    def test_it_works(self, admin_client: Client) -> None:
        response = create(admin_client, name="backup script", scopes="read,write")
        body = response.json()
        assert response.status_code == 201
        assert set(body) == {"id", "token", "name"}
        token = ApiToken.objects.get()
        assert (str(token.pk), token.name, token.scopes) == (body["id"], "backup script", "read,write")

    def test_the_token_is_long_and_stored_as_a_hash_alone(self, admin_client: Client) -> None:
        secret = create(admin_client, name="x").json()["token"]
        assert secret.startswith("sw_")
        assert len(bytes.fromhex(secret.removeprefix("sw_"))) == 32
        row = ApiToken.objects.values().get()
        assert row["token_hash"] == hashlib.sha256(secret.encode()).hexdigest()
        assert not any(secret in str(value) for value in row.values())

    def test_it_is_shown_once(self, admin_client: Client) -> None:
        secret = create(admin_client, name="x").json()["token"]
        listed = admin_client.get(URL).content.decode()
        assert secret not in listed
        assert "hash" not in listed

    def test_reading_is_the_default_scope(self, admin_client: Client) -> None:
        create(admin_client, name="x")
        assert ApiToken.objects.get().scopes == "read"

    @pytest.mark.parametrize("body", [{"name": "x", "scopes": "root"}, {"name": "x", "scopes": ","}, {"name": " "}])
    def test_a_bad_request_makes_no_token(self, admin_client: Client, body: dict[str, str]) -> None:
        assert create(admin_client, **body).status_code == 400
        assert not ApiToken.objects.exists()

    def test_an_operator_may_not_make_an_admin_token(self, operator_client: Client) -> None:
        assert create(operator_client, name="x", scopes="read,admin").status_code == 403
        assert create(operator_client, name="x", scopes="write").status_code == 201

    @pytest.mark.parametrize(
        ("own", "wanted", "code"),
        [("write", "admin", 403), ("write", "webhook", 403), ("write", "read,write", 201), ("admin", "webhook", 201)],
    )
    def test_a_token_makes_no_mightier_one_than_itself(
        self, client: Client, administrator: User, own: str, wanted: str, code: int
    ) -> None:
        secret = create_token(administrator, name="leaked", scopes=own)[1]
        response = client.post(
            URL, {"name": "next", "scopes": wanted}, content_type="application/json", headers={"ApiKey": secret}
        )
        assert response.status_code == code
        assert ApiToken.objects.filter(name="next").exists() is (code == 201)

    def test_what_never_happened_to_a_token_is_left_out(self, admin_client: Client) -> None:
        """The contract types both moments as text, so null would be none of it."""
        create(admin_client, name="x")
        assert {"last_used_at", "revoked_at"}.isdisjoint(admin_client.get(URL).json()[0])


class TestUse:
    @pytest.fixture
    def secret(self, administrator: User) -> str:
        return create_token(administrator, name="script", scopes="read")[1]

    def test_each_spelling_opens_the_door(self, client: Client, secret: str) -> None:
        for headers in ({"Authorization": f"Bearer {secret}"}, {"ApiKey": secret}):
            assert client.get("/api/v1/auth/me", headers=headers).json()["username"] == "maria"
        assert client.get("/api/v1/auth/me", {"apikey": secret}).json()["username"] == "maria"

    @pytest.mark.parametrize("wrong", ["sw_" + "0" * 64, "sw_", "x", "' OR 1=1", "é"])
    def test_a_wrong_token_opens_nothing(self, client: Client, administrator: User, wrong: str) -> None:
        assert client.get("/api/v1/auth/me", {"apikey": wrong}).status_code == 401

    def test_its_hash_opens_nothing(self, client: Client, secret: str) -> None:
        row = ApiToken.objects.get()
        assert client.get("/api/v1/auth/me", headers={"ApiKey": row.token_hash}).status_code == 401

    def test_a_revoked_token_opens_nothing(self, client: Client, secret: str) -> None:
        ApiToken.objects.update(revoked_at=timezone.now())
        assert client.get("/api/v1/auth/me", headers={"ApiKey": secret}).status_code == 401

    def test_a_token_of_a_person_who_was_switched_off_opens_nothing(self, client: Client, secret: str) -> None:
        User.objects.update(is_active=False)
        assert client.get("/api/v1/auth/me", headers={"ApiKey": secret}).status_code == 401

    def test_it_needs_no_csrf_token(self, administrator: User) -> None:
        secret = create_token(administrator, name="script", scopes="write")[1]
        client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
        response = client.put("/api/v1/preferences/theme", {"value": "dark"}, content_type="application/json")
        assert response.status_code == 200

    def test_a_cookie_beside_it_brings_the_csrf_guard_back(self, administrator: User, secret: str) -> None:
        """Only a pure call with a token is exempt (S34)."""
        client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
        client.force_login(administrator)
        response = client.put("/api/v1/preferences/theme", {"value": "dark"}, content_type="application/json")
        assert response.status_code == 403

    def test_reading_does_not_allow_changing(self, client: Client, secret: str) -> None:
        response = client.put(
            "/api/v1/preferences/theme", {"value": "dark"}, content_type="application/json", headers={"ApiKey": secret}
        )
        assert (response.status_code, response.json()) == (403, {"error": "token scope does not allow this"})

    def test_an_administrators_token_without_the_scope_admin_is_no_administrator(
        self, client: Client, administrator: User
    ) -> None:
        """The reference let a read token of an administrator do everything (behaviour.md 8, GAP)."""
        for scopes, code in (("read", 403), ("write", 403), ("admin", 200)):
            secret = create_token(administrator, name=scopes, scopes=scopes)[1]
            assert client.get("/api/v1/settings", headers={"ApiKey": secret}).status_code == code

    def test_when_it_was_used_is_noted_once_a_minute(self, client: Client, secret: str) -> None:
        client.get("/api/v1/auth/me", headers={"ApiKey": secret})
        first = ApiToken.objects.get().last_used_at
        client.get("/api/v1/auth/me", headers={"ApiKey": secret})
        assert first is not None
        assert ApiToken.objects.get().last_used_at == first
        ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
        client.get("/api/v1/auth/me", headers={"ApiKey": secret})
        assert ApiToken.objects.get().last_used_at > first


class TestRevokeAndDelete:
    def test_first_revoked_then_deleted(self, admin_client: Client, administrator: User) -> None:
        token, _ = create_token(administrator, name="old")
        assert admin_client.delete(f"{URL}/{token.pk}/permanent").status_code == 409
        for _ in range(2):
            assert admin_client.delete(f"{URL}/{token.pk}").json() == {"status": "revoked"}
        assert admin_client.get(URL).json()[0]["status"] == "revoked"
        assert admin_client.delete(f"{URL}/{token.pk}/permanent").status_code == 204
        assert not ApiToken.objects.exists()

    def test_nobody_reaches_the_token_of_another(self, operator_client: Client, administrator: User) -> None:
        token, _ = create_token(administrator, name="hers")
        assert operator_client.get(URL).json() == []
        for path in ("", "/permanent"):
            response = operator_client.delete(f"{URL}/{token.pk}{path}")
            assert (response.status_code, response.json()) == (404, {"error": "token not found"})

    @pytest.mark.parametrize("odd", ["0", "-1", "x", "²", "9" * 40, "%00"])
    def test_an_unknown_id_is_not_found(self, admin_client: Client, odd: str) -> None:
        assert admin_client.delete(f"{URL}/{odd}").status_code == 404

"""What everybody has: a password of one's own, and tokens that are shown once."""

import pytest
from django.test import Client

from stillwater.models import ApiToken, User

pytestmark = pytest.mark.django_db

OLD, NEW = "a calm long secret", "an even calmer secret"


class TestPassword:
    def test_it_changes_and_one_stays_signed_in(self, admin_client: Client, administrator: User) -> None:
        answer = admin_client.post("/settings/password", {"current": OLD, "password": NEW})
        assert answer.headers["Location"] == "/settings/password"
        administrator.refresh_from_db()
        assert administrator.check_password(NEW)
        assert admin_client.get("/preferences").status_code == 200

    def test_another_browser_is_signed_out(self, admin_client: Client, administrator: User) -> None:
        other = Client()
        other.force_login(administrator)
        admin_client.post("/settings/password", {"current": OLD, "password": NEW})
        assert other.get("/preferences").status_code == 302

    def test_the_present_password_has_to_be_right(self, admin_client: Client, administrator: User) -> None:
        answer = admin_client.post("/settings/password", {"current": "guess", "password": NEW})
        assert answer.status_code == 422
        assert answer.context["form"].errors["current"] == ["This is not your present password."]
        administrator.refresh_from_db()
        assert administrator.check_password(OLD)

    def test_guessing_it_is_slowed_down(self, admin_client: Client) -> None:
        for _ in range(5):
            admin_client.post("/settings/password", {"current": "guess", "password": NEW})
        answer = admin_client.post("/settings/password", {"current": OLD, "password": NEW})
        assert "Too many attempts" in answer.content.decode()

    def test_a_poor_new_one_is_refused_at_its_field(self, admin_client: Client) -> None:
        answer = admin_client.post("/settings/password", {"current": OLD, "password": "short"})
        assert list(answer.context["form"].errors) == ["password"]

    def test_operators_have_one_too(self, operator_client: Client) -> None:
        assert operator_client.get("/settings/password").status_code == 200


class TestTokens:
    def test_a_new_one_is_shown_once(self, admin_client: Client) -> None:
        page = admin_client.post("/settings/tokens", {"name": "Backup", "scopes": ["read", "write"]})
        secret = page.context["secret"]
        assert secret.startswith("sw_")
        assert secret in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
        assert secret not in admin_client.get("/settings/tokens").content.decode()
        assert ApiToken.objects.get().scopes == "read,write"

    def test_it_needs_a_name_and_a_scope(self, admin_client: Client) -> None:
        answer = admin_client.post("/settings/tokens", {"name": ""})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"name", "scopes"}
        assert not ApiToken.objects.exists()

    def test_operators_are_not_offered_the_scope_of_administrators(self, operator_client: Client) -> None:
        assert 'value="admin"' not in operator_client.get("/settings/tokens").content.decode()
        answer = operator_client.post("/settings/tokens", {"name": "Mine", "scopes": ["admin"]})
        assert answer.status_code == 422

    def test_a_revoked_one_can_be_forgotten(self, admin_client: Client) -> None:
        admin_client.post("/settings/tokens", {"name": "Backup", "scopes": ["read"]})
        token = ApiToken.objects.get()
        admin_client.post(f"/settings/tokens/{token.pk}/revoke")
        token.refresh_from_db()
        assert token.revoked_at is not None
        admin_client.post(f"/settings/tokens/{token.pk}/delete")
        assert not ApiToken.objects.exists()

    def test_somebody_else_s_is_not_found(self, admin_client: Client, operator_client: Client) -> None:
        admin_client.post("/settings/tokens", {"name": "Backup", "scopes": ["read"]})
        assert operator_client.post(f"/settings/tokens/{ApiToken.objects.get().pk}/revoke").status_code == 404

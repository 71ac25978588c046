"""Where other programs report: who may, what is refused, and that nonsense changes nothing."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from connections.models import Caller, Notice
from stillwater.models import ApiToken, User
from stillwater.services.options import change_options
from stillwater.services.tokens import create_token
from tests.builders import make_artist
from tests.connections.nonsense import MBID, REAL, bodies

pytestmark = pytest.mark.django_db

PROGRAMS = ("lidarr", "emby", "jellyfin")
of_each_program = pytest.mark.parametrize("program", PROGRAMS)


def url(program: str) -> str:
    return f"/api/v1/webhooks/inbound/{program}"


@pytest.fixture
def token(administrator: User) -> str:
    return create_token(administrator, name="Lidarr", scopes="webhook")[1]


@pytest.fixture
def post(token: str) -> Callable[..., Any]:
    client = Client(raise_request_exception=False)

    def send(program: str, body: Any, content_type: str = "application/json", **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(f"{url(program)}?apikey={token}", raw, content_type=content_type, headers=headers)

    return send


@of_each_program
class TestDoor:
    def test_a_real_message_is_accepted_and_noted(self, post: Callable[..., Any], program: str) -> None:
        answer = post(program, REAL[program])
        assert (answer.status_code, answer.json()) == (200, {"status": "accepted"})
        assert (Notice.objects.get().program, Notice.objects.get().mbid) == (program, MBID)
        assert Caller.objects.get(pk=program).times == 1

    def test_strangers_and_other_scopes_are_refused(self, client: Client, administrator: User, program: str) -> None:
        reading = create_token(administrator, name="r", scopes="read,write")[1]
        for query, status in (("", 401), ("?apikey=sw_0", 401), (f"?apikey={reading}", 403)):
            answer = client.post(url(program) + query, REAL[program], content_type="application/json")
            assert answer.status_code == status
        assert not Notice.objects.exists()

    def test_whatever_the_content_type_says(self, post: Callable[..., Any], program: str) -> None:
        for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
            assert post(program, REAL[program], content_type).status_code == 200

    def test_more_than_a_mebibyte_is_refused(self, post: Callable[..., Any], program: str) -> None:
        body = json.dumps({**REAL[program], "more": "x" * 1024 * 1024}).encode()
        assert post(program, body).status_code == 413
        assert not Notice.objects.exists()

    def test_an_event_must_be_named(self, post: Callable[..., Any], program: str) -> None:
        assert post(program, {}).status_code == 400
        assert "is required" in post(program, {}).json()["error"]


class TestSignature:
    """Where a secret is stored, every message has to be signed with it."""

    @pytest.fixture(autouse=True)
    def stored(self, db: None) -> None:
        change_options({"webhook.inbound.lidarr.secret": "a long secret"})

    def signed(self, body: bytes, secret: str = "a long secret") -> str:
        return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()

    def test_a_signed_message_is_accepted(self, post: Callable[..., Any]) -> None:
        body = json.dumps(REAL["lidarr"]).encode()
        assert post("lidarr", body, **{"X-Hub-Signature-256": self.signed(body)}).status_code == 200

    def test_one_without_or_with_a_wrong_signature_is_not(self, post: Callable[..., Any]) -> None:
        body = json.dumps(REAL["lidarr"]).encode()
        for header in ("", "sha256=00", self.signed(body + b" "), self.signed(body, "another secret")):
            assert post("lidarr", body, **{"X-Hub-Signature-256": header}).status_code == 401
        assert not Notice.objects.exists()

    def test_a_secret_that_does_not_open_closes_the_door(self, post: Callable[..., Any]) -> None:
        apps.get_model("stillwater", "Option").objects.filter(pk="webhook.inbound.lidarr.secret").update(
            value="v1:AAAA"
        )
        assert post("lidarr", REAL["lidarr"]).status_code == 401

    def test_the_other_programs_need_none(self, post: Callable[..., Any]) -> None:
        assert post("emby", REAL["emby"]).status_code == 200


def test_emby_may_send_a_form(post: Callable[..., Any]) -> None:
    body = (
        b"--x\r\nContent-Disposition: form-data; name=data\r\n\r\n" + json.dumps(REAL["emby"]).encode() + b"\r\n--x--"
    )
    assert post("emby", body, "multipart/form-data; boundary=x").status_code == 200
    assert Notice.objects.get().mbid == MBID


@of_each_program
def test_500_odd_bodies_are_no_failure_and_change_nothing(post: Callable[..., Any], program: str) -> None:
    """What can still be understood may be noted; nothing else is touched, and what is refused leaves no trace."""
    make_artist("Mara Field", musicbrainz_id=MBID)
    before = everything()
    statuses = []
    for body in bodies(program):
        noted = Notice.objects.count()
        statuses.append(post(program, body).status_code)
        assert statuses[-1] == 200 or Notice.objects.count() == noted
    assert set(statuses) <= {200, 400}
    assert {200, 400} <= set(statuses)
    assert len(statuses) == 500
    assert everything() == before
    assert all(len(notice.subject) <= 320 for notice in Notice.objects.all())


def everything() -> dict[str, list[Any]]:
    """Every row of every table but those that say who called."""
    mine = (Notice, Caller, ApiToken)
    return {
        model.__name__: list(model._default_manager.values())
        for app in ("stillwater", "artists", "connections", "rules")
        for model in apps.get_app_config(app).get_models()
        if model not in mine
    }

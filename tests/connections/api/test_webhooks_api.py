"""Webhooks over REST: administrators only, the secret once, the test really delivers."""

import json
from typing import Any

import pytest
from django.test import Client

from connections.hooks.happenings import HAPPENINGS
from connections.models import Delivery, Webhook
from stillwater.models import User
from stillwater.services.tokens import create_token
from tests.connections.receiver import Receiver

pytestmark = pytest.mark.django_db

URL = "/api/v1/webhooks"
ADDRESS = "https://hooks.example.org/x"


@pytest.fixture
def script(administrator: User) -> Client:
    """A script with an administrator's token."""
    secret = create_token(administrator, name="s", scopes="admin")[1]
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, method: str, path: str = "", **body: Any) -> Any:
    return client.generic(method, URL + path, json.dumps(body), content_type="application/json")


class TestKeeping:
    def test_a_webhook_is_added_read_changed_and_removed(self, script: Client) -> None:
        made = send(script, "POST", name="Chat", url=ADDRESS, type="slack", events=["artist.new"])
        assert made.status_code == 201
        key = made.json()["id"]
        (listed,) = script.get(URL).json()
        assert listed == script.get(f"{URL}/{key}").json()
        assert (listed["url"], listed["type"], listed["events"], listed["enabled"]) == (
            ADDRESS, "slack", ["artist.new"], True,
        )  # fmt: skip
        changed = send(script, "PUT", f"/{key}", enabled=False).json()
        assert (changed["enabled"], changed["url"]) == (False, ADDRESS)
        assert send(script, "DELETE", f"/{key}").json() == {"status": "deleted"}
        assert send(script, "DELETE", f"/{key}").status_code == 404

    def test_a_form_adds_one_too(self, script: Client) -> None:
        answer = script.post(URL, {"name": "Chat", "url": ADDRESS, "type": "discord"})
        assert answer.status_code == 201
        assert (answer.json()["enabled"], answer.json()["events"]) == (True, list(HAPPENINGS))

    def test_the_secret_comes_out_once(self, script: Client) -> None:
        made = send(script, "POST", name="Chat", url=ADDRESS).json()
        assert made["secret"].startswith("whsec_")
        assert made["secret"] not in script.get(URL).content.decode()
        renewed = send(script, "POST", f"/{made['id']}/secret").json()["secret"]
        assert renewed not in (made["secret"], "")

    @pytest.mark.parametrize(
        "body",
        [
            {"name": "x"},
            {"url": ADDRESS},
            {"name": "x", "url": "nonsense"},
            {"name": "x", "url": ADDRESS, "type": "fax"},
        ],
    )
    def test_what_will_not_do_is_refused(self, script: Client, body: dict[str, str]) -> None:
        answer = send(script, "POST", **body)
        assert (answer.status_code, Webhook.objects.count()) == (400, 0)

    def test_an_operator_sees_none_of_it(self, operator_client: Client, receiver: Receiver) -> None:
        key = receiver.webhook().pk
        for path in ("", f"/{key}", f"/{key}/deliveries"):
            assert operator_client.get(URL + path).status_code == 403


class TestTelling:
    def test_a_test_really_delivers(self, script: Client, receiver: Receiver) -> None:
        key = receiver.webhook().pk
        assert send(script, "POST", f"/{key}/test").json() == {"status": "delivered"}
        assert receiver.heard[0]["event"] == "test"

    def test_a_test_that_failed_says_why_and_nothing_of_the_answer(self, script: Client, receiver: Receiver) -> None:
        receiver.status = 500
        answer = send(script, "POST", f"/{receiver.webhook().pk}/test")
        assert (answer.status_code, answer.json()) == (502, {"error": "127.0.0.1 answered with status 500"})

    def test_the_deliveries_can_be_read_and_sent_again(
        self, script: Client, receiver: Receiver, django_capture_on_commit_callbacks: Any
    ) -> None:
        webhook = receiver.webhook()
        Delivery.objects.create(webhook=webhook, event="artist.new", state="failed", attempts=6, note="no answer")
        (listed,) = script.get(f"{URL}/{webhook.pk}/deliveries").json()
        assert (listed["event"], listed["state"], listed["note"]) == ("artist.new", "failed", "no answer")
        with django_capture_on_commit_callbacks(execute=True):
            assert send(script, "POST", f"/{webhook.pk}/deliveries/{listed['id']}/again").status_code == 200
        assert Delivery.objects.get().state == "delivered"

    def test_nobody_reaches_a_delivery_through_another_webhook(self, script: Client, receiver: Receiver) -> None:
        kept = Delivery.objects.create(webhook=receiver.webhook(), event="artist.new", state="failed")
        other = receiver.webhook().pk
        assert send(script, "POST", f"/{other}/deliveries/{kept.pk}/again").status_code == 404

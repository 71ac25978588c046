"""`manage.py webhooks`: the same verbs without a browser."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from connections.models import Delivery
from connections.services.deliveries import note
from tests.connections.receiver import Receiver

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("webhooks", *arguments, stdout=out)
    return out.getvalue()


def test_the_list_shows_who_is_told_but_no_whole_address(receiver: Receiver) -> None:
    webhook = receiver.webhook(name="Chat", events=["artist.new"])
    (row,) = json.loads(said("--json"))
    assert (row["name"], row["target"], row["events"], row["last"]) == (
        "Chat", webhook.shown_target, ["artist.new"], "",
    )  # fmt: skip
    assert "canary-4711" not in said()
    assert "nothing sent yet" in said()


def test_a_test_is_really_sent(receiver: Receiver) -> None:
    assert said("test", str(receiver.webhook(name="Chat").pk)) == "Delivered to Chat.\n"
    assert receiver.heard[0]["event"] == "test"


def test_a_test_that_is_not_taken_says_why(receiver: Receiver) -> None:
    receiver.status = 404
    with pytest.raises(CommandError, match="answered with status 404"):
        said("test", str(receiver.webhook().pk))


def test_an_unknown_webhook_is_said_to_be_unknown(db: None) -> None:
    with pytest.raises(CommandError, match="webhook not found"):
        said("test", "99")


def test_what_is_due_is_sent(receiver: Receiver) -> None:
    receiver.webhook()
    note("artist.new", {})
    assert said("deliver") == "1 delivered\n"
    assert Delivery.objects.get().state == "delivered"

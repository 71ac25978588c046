"""Deliveries reach real sockets, signed, each once; tests and second sendings are deliveries too."""

import base64
import hashlib
import hmac
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from connections.models import Delivery, DeliveryState, Webhook
from connections.services import deliveries
from connections.services.deliveries import clear_up, deliver_due, note, send_again, try_webhook
from connections.services.webhooks import change_webhook, create_webhook
from stillwater.errors import Conflict, Upstream
from tests.connections.receiver import Receiver, wait_is_over

pytestmark = pytest.mark.django_db


def only() -> Delivery:
    return Delivery.objects.get()


class TestNoting:
    def test_those_who_want_to_hear_it_hear_it(self, receiver: Receiver) -> None:
        wanting = receiver.webhook(events=["artist.new"])
        receiver.webhook(events=["scan.completed"])
        receiver.webhook(events=["artist.new"], enabled=False)
        assert note("artist.new", {"artist_id": "7"}) == 1
        assert (only().webhook, only().state) == (wanting, DeliveryState.WAITING)

    def test_a_receiver_that_is_never_there_does_not_fill_the_disk(
        self, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(deliveries, "MOST_WAITING", 3)
        receiver.webhook()
        assert [note("artist.new", {}) for _ in range(5)] == [1, 1, 1, 0, 0]


class TestDelivering:
    def test_it_arrives_in_the_receivers_shape(self, receiver: Receiver) -> None:
        receiver.webhook(type="slack")
        note("scan.completed", {"message": "3 new"})
        assert deliver_due().delivered == 1
        assert receiver.heard == [{"text": "*Stillwater: scan.completed*\n3 new"}]
        assert (only().state, only().status_code, only().attempts, only().note) == ("delivered", 200, 1, "")

    def test_the_signature_covers_number_moment_and_body(self, receiver: Receiver) -> None:
        _webhook, secret = create_webhook(name="Mine", url=receiver.url("/hook"), allow_private=True)
        note("artist.new", {"artist_name": "Björk"})
        deliver_due()
        (came,) = receiver.requests
        number, moment = came.headers["Webhook-Id"], came.headers["Webhook-Timestamp"]
        assert number == str(only().number)
        assert abs(int(moment) - timezone.now().timestamp()) < 60
        key = base64.b64decode(secret.removeprefix("whsec_"))
        said = f"{number}.{moment}.".encode() + came.body
        expected = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert came.headers["Webhook-Signature"] == f"v1,{expected}"
        assert came.headers["User-Agent"].startswith("Stillwater-Webhook/")

    def test_each_receiver_hears_in_order_and_once(self, receiver: Receiver) -> None:
        receiver.webhook(name="a")
        receiver.webhook(name="b")
        for number in range(3):
            note("artist.new", {"n": number})
        assert deliver_due().delivered == 6
        assert deliver_due().delivered == 0
        assert [body["data"]["n"] for body in receiver.heard] == [0, 0, 1, 1, 2, 2]

    def test_receivers_are_sent_to_side_by_side(self, receiver: Receiver) -> None:
        """Each answer waits for the other request: one after the other would end in a broken barrier."""
        both = threading.Barrier(2, timeout=8)
        receiver.route = lambda handler: (both.wait(), handler.answer())[1]
        receiver.webhook(name="a")
        receiver.webhook(name="b")
        note("artist.new", {})
        assert deliver_due().delivered == 2

    def test_two_workers_do_not_send_it_twice(self, receiver: Receiver) -> None:
        """The first one holds it while the second looks."""
        receiver.webhook()
        note("artist.new", {})
        seen_by_both = deliveries._batch()
        assert [deliveries._claim(one) for one in (only(), *seen_by_both)] == [True, False]
        assert deliver_due().delivered == 0

    def test_what_a_dead_worker_held_is_due_again(self, receiver: Receiver) -> None:
        receiver.webhook()
        note("artist.new", {})
        assert deliveries._claim(only())
        wait_is_over()
        assert deliver_due().delivered == 1
        assert only().attempts == 2

    def test_half_a_character_in_a_name_holds_nothing_up(self, receiver: Receiver) -> None:
        receiver.webhook()
        Delivery.objects.create(webhook=Webhook.objects.get(), event="artist.new", data={"artist_name": "a\udcffb"})
        assert deliver_due().delivered == 1


class TestTrying:
    def test_a_test_is_really_delivered_and_kept(self, receiver: Receiver) -> None:
        trial = try_webhook(receiver.webhook(events=[], enabled=False))
        (body,) = receiver.heard
        assert (body["event"], trial.state) == ("test", DeliveryState.DELIVERED)

    def test_a_test_that_is_not_taken_says_why_and_is_not_tried_again(self, receiver: Receiver) -> None:
        receiver.status = 404
        with pytest.raises(Upstream, match="answered with status 404"):
            try_webhook(receiver.webhook())
        assert (only().state, only().status_code) == (DeliveryState.FAILED, 404)


class TestAgain:
    def failed(self, receiver: Receiver) -> Delivery:
        return Delivery.objects.create(
            webhook=receiver.webhook(), event="artist.new", state=DeliveryState.FAILED, attempts=6, note="x"
        )

    def test_what_failed_is_sent_once_more_from_the_beginning(self, receiver: Receiver) -> None:
        number = self.failed(receiver).number
        send_again(only())
        deliver_due()
        assert (only().state, only().attempts, only().number) == (DeliveryState.DELIVERED, 1, number)

    def test_what_waits_already_is_left_as_it_is(self, receiver: Receiver) -> None:
        self.failed(receiver)
        again = send_again(only())
        with pytest.raises(Conflict):
            send_again(again)

    def test_nothing_is_sent_to_one_that_is_switched_off(self, receiver: Receiver) -> None:
        self.failed(receiver)
        change_webhook(Webhook.objects.get(), {"enabled": False})
        with pytest.raises(Conflict, match="switched off"):
            send_again(only())


def test_what_is_old_is_forgotten(receiver: Receiver) -> None:
    webhook = receiver.webhook()
    old: dict[str, Any] = {"webhook": webhook, "event": "artist.new", "state": DeliveryState.DELIVERED}
    Delivery.objects.create(**old, happened_at=timezone.now() - timedelta(days=15))
    kept = Delivery.objects.create(**old, happened_at=timezone.now() - timedelta(days=13))
    assert clear_up() == 1
    assert only() == kept

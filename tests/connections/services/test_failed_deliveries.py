"""Deliveries that are not taken: tried again with longer waits, then given up; nothing of the answer is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connections.models import Delivery, DeliveryState
from connections.services import deliveries
from connections.services.deliveries import WAITS, deliver_due, note
from tests.connections.receiver import Receiver, wait_is_over

pytestmark = pytest.mark.django_db


def only() -> Delivery:
    return Delivery.objects.get()


class TestFailing:
    def test_it_is_tried_again_after_longer_and_longer_waits(self, receiver: Receiver) -> None:
        receiver.status = 500
        receiver.webhook()
        note("artist.new", {})
        waits = []
        for _ in range(len(WAITS) + 1):
            deliver_due()
            waits.append(only().due_at - (only().tried_at or timezone.now()))
            wait_is_over()
        assert waits[: len(WAITS)] == list(WAITS)
        assert (only().state, only().attempts, only().status_code) == ("failed", 6, 500)
        assert deliver_due().failed == 0
        assert len(receiver.requests) == 6

    def test_every_attempt_has_the_same_number(self, receiver: Receiver) -> None:
        receiver.status = 503
        receiver.webhook()
        note("artist.new", {})
        deliver_due()
        wait_is_over()
        receiver.status = 200
        deliver_due()
        assert len({came.headers["Webhook-Id"] for came in receiver.requests}) == 1
        assert only().state == DeliveryState.DELIVERED

    def test_a_receiver_that_names_a_time_is_left_alone_so_long(self, receiver: Receiver) -> None:
        receiver.status, receiver.answer_headers = 429, {"Retry-After": "3000"}
        receiver.webhook()
        note("artist.new", {})
        deliver_due()
        assert only().due_at - only().tried_at == timedelta(seconds=3000)

    def test_but_not_for_ever(self, receiver: Receiver) -> None:
        receiver.status, receiver.answer_headers = 503, {"Retry-After": "99999999"}
        receiver.webhook()
        note("artist.new", {})
        deliver_due()
        assert only().due_at - only().tried_at == WAITS[-1]

    def test_one_that_says_nothing_is_asked_once_not_for_everything_that_waits(self, receiver: Receiver) -> None:
        webhook = receiver.webhook()
        receiver.server.server_close()
        for _ in range(5):
            note("artist.new", {})
        assert deliver_due().failed == 1
        assert sorted(one.attempts for one in webhook.deliveries.all()) == [0, 0, 0, 0, 1]
        assert not deliveries.due(timezone.now()).exists()

    def test_what_waited_a_day_for_a_silent_one_has_failed(self, receiver: Receiver) -> None:
        webhook = receiver.webhook()
        receiver.server.server_close()
        note("artist.new", {})
        old = Delivery.objects.create(
            webhook=webhook, event="artist.new", happened_at=timezone.now() - timedelta(hours=25)
        )
        deliver_due()
        old.refresh_from_db()
        assert old.state == DeliveryState.FAILED

    def test_one_that_is_gone_is_not_asked_again(self, receiver: Receiver) -> None:
        receiver.status = 410
        receiver.webhook()
        note("artist.new", {})
        deliver_due()
        assert only().state == DeliveryState.FAILED

    def test_a_redirect_is_not_followed(self, receiver: Receiver) -> None:
        receiver.status, receiver.answer_headers = 302, {"Location": "http://169.254.169.254/"}
        receiver.webhook()
        note("artist.new", {})
        deliver_due()
        assert (only().state, len(receiver.requests)) == ("failed", 1)

    def test_what_the_receiver_answered_is_kept_nowhere(
        self, receiver: Receiver, caplog: pytest.LogCaptureFixture
    ) -> None:
        receiver.status = 500
        receiver.webhook()
        note("artist.new", {})
        with caplog.at_level("DEBUG"):
            deliver_due()
        (row,) = Delivery.objects.values()
        kept = f"{row} {caplog.text}"
        assert "inner secret" not in kept
        assert "canary-4711" not in kept
        assert row["note"] == "127.0.0.1 answered with status 500"


class TestPrivateTargets:
    @pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1"])
    def test_a_name_that_leads_home_is_refused_without_a_word(self, receiver: Receiver, host: str) -> None:
        receiver.webhook(url=receiver.url("/hook", host=host), allow_private=False)
        note("artist.new", {})
        deliver_due()
        assert only().state == DeliveryState.FAILED
        assert "not an address on the public internet" in only().note
        assert receiver.requests == []

    def test_with_the_word_it_is_reached(self, receiver: Receiver) -> None:
        receiver.webhook(url=receiver.url("/hook", host="localhost"), allow_private=True)
        note("artist.new", {})
        assert deliver_due().delivered == 1

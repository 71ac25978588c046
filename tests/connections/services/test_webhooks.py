"""Webhooks are kept with their secrets sealed, and changed without surprises."""

import pytest

from connections.hooks.happenings import HAPPENINGS
from connections.hooks.signing import is_secret, new_secret
from connections.models import Delivery, DeliveryState, Webhook
from connections.services.webhooks import (
    change_webhook,
    create_webhook,
    delete_webhook,
    renew_secret,
    url_of,
    webhook_by_id,
)
from stillwater import vault
from stillwater.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db

URL = "https://hooks.example.org/services/T0/B0/canary-4711"


def make(**values: object) -> Webhook:
    return create_webhook(**{"name": "Chat", "url": URL, **values})[0]  # type: ignore[arg-type]


class TestCreating:
    def test_it_hears_of_everything_unless_told_otherwise(self) -> None:
        webhook = make()
        assert (webhook.type, webhook.enabled, webhook.events) == ("generic", True, list(HAPPENINGS))

    def test_a_secret_is_made_and_told_once(self) -> None:
        webhook, secret = create_webhook(name="Chat", url=URL)
        assert is_secret(secret)
        assert vault.open_sealed(webhook.sealed_secret) == secret

    def test_neither_address_nor_secret_lie_open_in_the_table(self) -> None:
        _webhook, secret = create_webhook(name="Chat", url=URL)
        (row,) = Webhook.objects.values()
        stored = " ".join(map(str, row.values()))
        assert "canary-4711" not in stored
        assert secret not in stored
        assert row["target"] == "https://hooks.example.org:443"
        assert Webhook.objects.get().shown_target == "https://hooks.example.org"

    def test_one_may_bring_a_secret(self) -> None:
        secret = new_secret()
        assert create_webhook(name="Chat", url=URL, secret=secret)[1] == secret

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"name": " "}, "name"),
            ({"url": ""}, "url"),
            ({"url": "ftp://example.org/x"}, "url"),
            ({"url": "https://"}, "url"),
            ({"url": "https://me:secret@example.org/"}, "url"),
            ({"url": "https://example.org/" + "x" * 3000}, "url"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"type": "pager"}, "type"),
            ({"events": ["artist.updated"]}, "events"),
            ({"secret": "short"}, "secret"),
        ],
    )
    def test_what_will_not_do_is_refused_by_name(self, values: dict[str, object], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            make(**values)
        assert refused.value.field == field
        assert not Webhook.objects.exists()


class TestPrivateTargets:
    @pytest.mark.parametrize("host", ["192.168.1.5", "127.0.0.1", "10.0.0.1:8080", "[::1]", "100.64.0.1"])
    def test_one_in_the_own_network_needs_a_word(self, host: str) -> None:
        with pytest.raises(Invalid, match="private network"):
            make(url=f"http://{host}/hook")
        assert make(url=f"http://{host}/hook", allow_private=True).allow_private

    @pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "[fe80::1]", "224.0.0.1"])
    def test_where_nobody_s_server_lives_no_word_helps(self, host: str) -> None:
        with pytest.raises(Invalid, match="nothing may be sent"):
            make(url=f"http://{host}/latest/meta-data", allow_private=True)

    def test_the_word_is_for_one_origin(self) -> None:
        webhook = make(url="http://192.168.1.5/hook", allow_private=True)
        assert change_webhook(webhook, {"url": "http://192.168.1.5/other"}).allow_private
        with pytest.raises(Invalid, match="private network"):
            change_webhook(webhook, {"url": "http://192.168.1.5:9999/hook"})
        assert not change_webhook(webhook, {"url": URL}).allow_private


class TestChanging:
    def test_what_is_not_named_stays(self) -> None:
        webhook = make(type="slack", events=["artist.new"])
        changed = change_webhook(webhook, {"name": "Other"})
        assert (changed.name, changed.type, changed.events, url_of(changed)) == ("Other", "slack", ["artist.new"], URL)

    def test_a_refusal_changes_nothing(self) -> None:
        webhook = make()
        with pytest.raises(Invalid):
            change_webhook(webhook, {"name": "Other", "type": "pager"})
        webhook.refresh_from_db()
        assert webhook.name == "Chat"

    def test_there_is_nothing_else_to_change(self) -> None:
        with pytest.raises(Invalid):
            change_webhook(make(), {"sealed_secret": "x"})

    def test_switched_off_it_gives_up_what_was_still_to_be_sent(self) -> None:
        webhook = make()
        waiting = Delivery.objects.create(webhook=webhook, event="artist.new")
        change_webhook(webhook, {"enabled": False})
        waiting.refresh_from_db()
        assert (waiting.state, waiting.note) == (DeliveryState.FAILED, "the webhook was switched off")

    def test_a_new_secret_takes_the_place_of_the_old(self) -> None:
        webhook, old = create_webhook(name="Chat", url=URL)
        new = renew_secret(webhook)
        webhook.refresh_from_db()
        assert new != old
        assert vault.open_sealed(webhook.sealed_secret) == new

    def test_removed_it_is_gone_with_its_deliveries(self) -> None:
        webhook = make()
        Delivery.objects.create(webhook=webhook, event="artist.new")
        delete_webhook(webhook)
        assert not Delivery.objects.exists()
        with pytest.raises(NotFound):
            webhook_by_id("1")

    def test_without_our_key_the_address_is_blank_and_nothing_breaks(self) -> None:
        webhook = make()
        webhook.sealed_url = "v1:" + "A" * 60
        assert url_of(webhook) == ""

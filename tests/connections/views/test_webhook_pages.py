"""The pages of webhooks: for administrators, with and without scripts; secrets are shown once."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from connections.hooks.happenings import HAPPENINGS
from connections.models import Caller, Delivery, Webhook
from stillwater import vault
from stillwater.models import ApiToken
from stillwater.services.options import option
from tests.connections.receiver import Receiver

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
URL = "/settings/webhooks"
FORM = {"name": "Chat", "type": "generic", "url": "https://hooks.example.org/canary-4711", "events": ["artist.new"]}


def html(response: Any) -> str:
    assert response.status_code in (200, 422)
    text: str = response.content.decode()
    return text


class TestList:
    def test_without_one_it_leads_to_adding_one(self, admin_client: Client) -> None:
        assert f'href="{URL}/new"' in html(admin_client.get(URL))

    def test_it_shows_where_each_leads_but_not_the_address(self, admin_client: Client, receiver: Receiver) -> None:
        webhook = receiver.webhook(name="Chat")
        Delivery.objects.create(webhook=webhook, event="artist.new", state="failed", note="no answer")
        page = html(admin_client.get(URL))
        assert webhook.shown_target in page
        assert "failed" in page
        assert "canary-4711" not in page

    def test_more_webhooks_cost_no_more_queries(
        self, admin_client: Client, receiver: Receiver, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        receiver.webhook()
        with django_assert_max_num_queries(60) as few:
            admin_client.get(URL)
        for number in range(8):
            Delivery.objects.create(webhook=receiver.webhook(name=f"{number}"), event="artist.new")
        with django_assert_max_num_queries(len(few)):
            admin_client.get(URL)

    def test_an_operator_sees_none_of_it(self, operator_client: Client, receiver: Receiver) -> None:
        key = receiver.webhook().pk
        for path in ("", "/new", f"/{key}", f"/{key}/deliveries", "/inbound"):
            assert operator_client.get(URL + path).status_code == 403
        for path in (f"/{key}/test", f"/{key}/remove", f"/{key}/secret", "/inbound/lidarr"):
            assert operator_client.post(URL + path).status_code == 403


class TestOne:
    def test_adding_one_shows_its_secret_this_once(self, admin_client: Client) -> None:
        page = html(admin_client.post(f"{URL}/new", FORM))
        assert "whsec_" in page
        assert "canary-4711" not in page
        webhook = Webhook.objects.get()
        assert (webhook.events, webhook.enabled) == (["artist.new"], False)
        assert "whsec_" not in html(admin_client.get(f"{URL}/{webhook.pk}"))

    def test_a_new_one_hears_of_everything_unless_something_is_unticked(self, admin_client: Client) -> None:
        assert html(admin_client.get(f"{URL}/new")).count(" checked") == len(HAPPENINGS) + 1

    def test_what_will_not_do_stays_typed_with_the_reason(self, admin_client: Client) -> None:
        response = admin_client.post(f"{URL}/new", {**FORM, "url": "http://192.168.1.5/x"})
        assert response.status_code == 422
        assert "private network" in html(response)
        assert 'value="http://192.168.1.5/x"' in html(response)
        assert not Webhook.objects.exists()

    def test_an_address_that_is_left_empty_stays(self, admin_client: Client, receiver: Receiver) -> None:
        webhook = receiver.webhook()
        body = {**FORM, "url": "", "name": "Other", "allow_private": "on", "enabled": "on"}
        assert admin_client.post(f"{URL}/{webhook.pk}", body).status_code == 302
        changed = Webhook.objects.get()
        assert (changed.name, changed.sealed_url, changed.allow_private) == ("Other", webhook.sealed_url, True)

    def test_a_new_secret_is_shown_once(self, admin_client: Client, receiver: Receiver) -> None:
        response = admin_client.post(f"{URL}/{receiver.webhook().pk}/secret")
        assert "whsec_" in html(response)
        assert response.headers["Cache-Control"] == "no-store"

    def test_removing_one_leads_back(self, admin_client: Client, receiver: Receiver) -> None:
        response = admin_client.post(f"{URL}/{receiver.webhook().pk}/remove")
        assert response.headers["Location"] == URL
        assert not Webhook.objects.exists()


class TestDeliveries:
    def test_a_test_is_delivered_and_seen_at_once(self, admin_client: Client, receiver: Receiver) -> None:
        response = admin_client.post(f"{URL}/{receiver.webhook().pk}/test", headers=HTMX)
        assert 'id="deliveries"' in html(response)
        assert "<html" not in html(response)
        assert "The test was delivered." in response.headers["HX-Trigger"]
        assert receiver.heard[0]["event"] == "test"

    def test_without_scripts_it_leads_back_to_the_page(self, admin_client: Client, receiver: Receiver) -> None:
        receiver.status = 500
        page = html(admin_client.post(f"{URL}/{receiver.webhook().pk}/test", follow=True))
        assert "127.0.0.1 answered with status 500" in page
        assert "inner secret" not in page

    def test_what_failed_is_sent_again(
        self, admin_client: Client, receiver: Receiver, django_capture_on_commit_callbacks: Any
    ) -> None:
        webhook = receiver.webhook()
        failed = Delivery.objects.create(webhook=webhook, event="artist.new", state="failed", note="no answer")
        assert "No answer." in html(admin_client.get(f"{URL}/{webhook.pk}"))
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(f"{URL}/{webhook.pk}/deliveries/{failed.pk}/again", headers=HTMX)
        assert Delivery.objects.get().state == "delivered"

    def test_a_long_list_has_pages(self, admin_client: Client, receiver: Receiver) -> None:
        webhook = receiver.webhook()
        Delivery.objects.bulk_create(Delivery(webhook=webhook, event="artist.new") for _ in range(30))
        fragment = html(admin_client.get(f"{URL}/{webhook.pk}/deliveries?page=2", headers=HTMX))
        assert "26–30 of 30 deliveries" in fragment
        assert "<html" not in fragment


class TestIncoming:
    def test_the_addresses_are_there_to_be_copied(self, admin_client: Client) -> None:
        page = html(admin_client.get(URL))
        for program in ("lidarr", "emby", "jellyfin"):
            assert f'value="http://testserver/api/v1/webhooks/inbound/{program}"' in page

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_one_click_makes_an_address_that_works(self, admin_client: Client, headers: dict[str, str]) -> None:
        response = admin_client.post(f"{URL}/inbound/lidarr", headers=headers)
        address = html(response).split('id="inbound-lidarr" value="')[1].split('"')[0]
        assert Client().post(address, {"eventType": "Test"}, content_type="application/json").status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert ApiToken.objects.get().scopes == "webhook"
        assert "apikey" not in html(admin_client.get(URL))

    def test_it_shows_who_was_heard(self, admin_client: Client) -> None:
        Caller.objects.create(program="emby", said="library.new", times=3)
        assert "said library.new" in html(admin_client.get(URL))

    def test_a_secret_is_typed_sealed_and_forgotten(self, admin_client: Client) -> None:
        place = "/settings/webhooks/inbound/emby/secret"
        page = admin_client.post(place, {"secret": "a long secret"}).content.decode()
        assert "Its messages have to be signed" in page
        assert "a long secret" not in page
        assert vault.open_sealed(option("webhook.inbound.emby.secret")) == "a long secret"
        assert admin_client.post(place, {"secret": " "}).status_code == 422
        assert option("webhook.inbound.emby.secret")
        admin_client.post(place, {"forget": "yes"})
        assert option("webhook.inbound.emby.secret") == ""

    def test_there_is_no_address_for_others(self, admin_client: Client) -> None:
        assert admin_client.post(f"{URL}/inbound/plex").status_code == 404
        assert not ApiToken.objects.exists()

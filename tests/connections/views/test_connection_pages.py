"""The settings pages of servers, with and without htmx."""

import pytest
from django.test import Client

from connections.models import Connection
from tests.connections.conftest import KEYS, House, connect

pytestmark = pytest.mark.django_db
PAGE = "/settings/servers"


def typed(servers: House, **values: str) -> dict[str, str]:
    return {"type": "emby", "name": "Living room", "url": servers.url("emby"), "api_key": KEYS["emby"], **values}


def test_without_a_server_the_page_says_what_to_do(admin_client: Client) -> None:
    page = admin_client.get(PAGE).content.decode()
    assert "No server is connected" in page
    assert f"{PAGE}/add" in page


def test_a_server_is_tested_and_then_stands_among_the_others(admin_client: Client, servers: House) -> None:
    page = admin_client.post(f"{PAGE}/add", typed(servers), follow=True).content.decode()
    assert "Living room is connected." in page
    assert "Living room 4.9.1.80 as root" in page
    assert KEYS["emby"] not in page


def test_one_that_fails_can_be_saved_anyway(admin_client: Client, servers: House) -> None:
    answer = admin_client.post(f"{PAGE}/add", typed(servers, api_key="wrong key"))
    assert answer.status_code == 422
    assert "Emby does not accept this key." in answer.content.decode()
    assert "Save anyway" in answer.content.decode()
    admin_client.post(f"{PAGE}/add", typed(servers, api_key="wrong key", anyway="yes"))
    assert Connection.objects.get().status == "unknown"


def test_a_test_answers_with_the_card(admin_client: Client, servers: House) -> None:
    connection = connect(servers, "emby")
    servers.emby.fault = "503"
    card = admin_client.post(f"{PAGE}/{connection.pk}/test", HTTP_HX_REQUEST="true").content.decode()
    assert f'id="connection-{connection.pk}"' in card
    assert "does not work" in card


def test_switches_that_are_not_sent_are_off(admin_client: Client, servers: House) -> None:
    connection = connect(servers, "emby")
    admin_client.post(f"{PAGE}/{connection.pk}/switches", {"feature_metadata_push": "on"})
    connection.refresh_from_db()
    assert (connection.feature_metadata_push, connection.feature_library_import) == (True, False)


def test_changing_shows_no_key_and_keeps_what_is_not_typed(admin_client: Client, servers: House) -> None:
    connection = connect(servers, "emby")
    assert connection.sealed_key not in admin_client.get(f"{PAGE}/{connection.pk}").content.decode()
    admin_client.post(f"{PAGE}/{connection.pk}", {"name": "New", "url": connection.url, "enabled": "on", "api_key": ""})
    connection.refresh_from_db()
    assert (connection.name, connection.status) == ("New", "ok")


def test_a_server_is_forgotten(admin_client: Client, servers: House) -> None:
    connection = connect(servers, "emby")
    assert "is forgotten" in admin_client.post(f"{PAGE}/{connection.pk}/remove", follow=True).content.decode()


@pytest.mark.parametrize("path", ["", "/add"])
def test_operators_are_refused(operator_client: Client, path: str) -> None:
    assert operator_client.get(PAGE + path).status_code == 403

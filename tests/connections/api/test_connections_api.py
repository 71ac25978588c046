"""Connections and platform ids over REST: keys never come back, administrators change, everybody looks."""

import json
from typing import Any

import pytest
from django.test import Client

from connections.models import Connection
from tests.artists.api.test_libraries_api import send
from tests.builders import make_artist
from tests.connections.conftest import KEYS, House, connect

pytestmark = pytest.mark.django_db
URL = "/api/v1/connections"


def new(servers: House, **values: Any) -> dict[str, Any]:
    return {"name": "Attic", "type": "jellyfin", "url": servers.url("jellyfin"), "api_key": KEYS["jellyfin"], **values}


class TestAdding:
    def test_a_new_one_is_created_and_the_known_one_answered(self, admin_client: Client, servers: House) -> None:
        made = send(admin_client, "POST", URL, new(servers))
        assert (made.status_code, made.json()["has_key"], made.json()["status"]) == (201, True, "ok")
        assert KEYS["jellyfin"] not in made.content.decode()
        assert send(admin_client, "POST", URL, new(servers)).status_code == 200

    def test_a_failed_test_has_a_body_of_its_own(self, admin_client: Client, servers: House) -> None:
        answer = send(admin_client, "POST", URL, new(servers, api_key="wrong key"))
        assert (answer.status_code, answer.json()["status"]) == (422, "test_failed")
        assert send(admin_client, "POST", URL, new(servers, api_key="wrong key", skip_test=True)).status_code == 201

    def test_an_unknown_kind_is_refused(self, admin_client: Client, servers: House) -> None:
        assert send(admin_client, "POST", URL, new(servers, type="plex")).status_code == 400

    def test_operators_may_look_only(self, operator_client: Client, servers: House) -> None:
        assert operator_client.get(URL).json() == []
        assert send(operator_client, "POST", URL, new(servers)).status_code == 403


class TestOne:
    def test_a_stored_server_is_tested(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        answer = send(admin_client, "POST", f"{URL}/{connection.pk}/test").json()
        assert (answer["status"], answer["message"]) == ("ok", "Living room 4.9.1.80 as root, 1 music library")
        servers.emby.fault = "500"
        assert send(admin_client, "POST", f"{URL}/{connection.pk}/test").json()["status"] == "error"

    def test_switches_that_are_not_named_stay(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        body = {"feature_metadata_push": True}
        assert send(admin_client, "PATCH", f"{URL}/{connection.pk}/features", body).json() == {"status": "updated"}
        shown = admin_client.get(f"{URL}/{connection.pk}").json()
        assert (shown["feature_metadata_push"], shown["feature_library_import"]) == (True, True)

    def test_change_and_delete(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        assert send(admin_client, "PUT", f"{URL}/{connection.pk}", {"name": "New"}).json()["name"] == "New"
        assert send(admin_client, "DELETE", f"{URL}/{connection.pk}").json() == {"status": "deleted"}
        assert not Connection.objects.exists()

    @pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/test")])
    def test_what_does_not_exist_is_not_found(self, admin_client: Client, method: str, path: str) -> None:
        assert send(admin_client, method, f"{URL}/99{path}").status_code == 404

    def test_a_list_costs_the_same_however_long(
        self, admin_client: Client, servers: House, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(5):
            Connection.objects.create(name=str(number), type="emby", url=f"http://emby-{number}")
        with django_assert_max_num_queries(5):
            assert len(admin_client.get(URL).json()) == 5


class TestPlatformIds:
    def test_an_artist_is_linked_by_hand(self, operator_client: Client, servers: House) -> None:
        artist, connection = make_artist(), connect(servers, "emby")
        url = f"/api/v1/artists/{artist.pk}/platform-ids"
        assert send(operator_client, "PUT", f"{url}/{connection.pk}", {"platform_artist_id": "7"}).status_code == 200
        (link,) = operator_client.get(url).json()
        assert (link["connection_id"], link["platform_artist_id"]) == (str(connection.pk), "7")
        assert send(operator_client, "DELETE", f"{url}/{connection.pk}").json() == {"status": "deleted"}
        assert json.loads(operator_client.get(url).content) == []

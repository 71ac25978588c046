"""What a server writes itself, over REST: shown, switched off one by one, managed as a whole."""

from typing import Any

import pytest
from django.test import Client

from connections.models import Connection, KeptSettings
from tests.artists.api.test_libraries_api import send
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed import music, text

pytestmark = pytest.mark.django_db


def url(connection: Connection, path: str) -> str:
    return f"/api/v1/connections/{connection.pk}/{path}"


class TestSettings:
    def test_a_library_with_its_fetchers_and_savers(self, operator_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        said = operator_client.get(url(connection, "platform-settings")).json()
        assert said == {
            "connection_type": "emby",
            "note": "",
            "libraries": [
                {
                    "library_id": "4", "library_name": "Music", "image_fetchers": ["TheAudioDB"],
                    "metadata_fetchers": ["MusicBrainz"], "metadata_savers": ["Nfo"], "has_conflicts": True,
                    "needs_lockdata": False, "enable_internet_providers": True, "uses_default_fetchers": False,
                }
            ],
        }  # fmt: skip

    def test_no_stored_choice_is_shown_as_a_conflict(self, operator_client: Client, servers: House) -> None:
        """Bug 41."""
        music(servers, "emby").update({"TypeOptions": [], "SaveLocalMetadata": False, "MetadataSavers": []})
        (library,) = operator_client.get(url(connect(servers, "emby"), "platform-settings")).json()["libraries"]
        assert (library["image_fetchers"], library["uses_default_fetchers"], library["has_conflicts"]) == (
            [],
            True,
            True,
        )

    def test_nfo_savers_alone_ask_for_locks_on_jellyfin(self, operator_client: Client, servers: House) -> None:
        music(servers, "jellyfin").update({"EnableInternetProviders": False, "SaveLocalMetadata": False})
        (library,) = operator_client.get(url(connect(servers, "jellyfin"), "platform-settings")).json()["libraries"]
        assert (library["has_conflicts"], library["needs_lockdata"]) == (False, True)

    def test_the_consumers_of_lidarr(self, operator_client: Client, servers: House) -> None:
        said = operator_client.get(url(connect(servers, "lidarr"), "platform-settings")).json()
        consumer = {"id": 1, "consumer_name": "Kodi (XBMC) / Emby", "metadata_type": "XbmcMetadata", "enabled": False}
        assert said == {"connection_type": "lidarr", "metadata_consumers": [consumer], "note": ""}

    @pytest.mark.parametrize("path", ["platform-settings", "platform-summary"])
    def test_a_server_that_is_away_is_a_502(self, operator_client: Client, servers: House, path: str) -> None:
        connection = connect(servers, "emby")
        servers.emby.fault = "500"
        assert operator_client.get(url(connection, path)).status_code == 502


class TestSummary:
    def test_it_counts_libraries_and_those_that_are_quiet(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        assert admin_client.get(url(connection, "platform-summary")).json() == {
            "total_libraries": 1, "managed_libraries": 0, "total_consumers": 0, "has_conflicts": True,
            "needs_lockdata": False,
        }  # fmt: skip
        send(admin_client, "POST", url(connection, "stillwater-managed"), {"enabled": True})
        found = admin_client.get(url(connection, "platform-summary")).json()
        assert (found["managed_libraries"], found["has_conflicts"]) == (1, False)

    def test_lidarr_has_consumers(self, operator_client: Client, servers: House) -> None:
        found = operator_client.get(url(connect(servers, "lidarr"), "platform-summary")).json()
        assert (found["total_libraries"], found["total_consumers"], found["has_conflicts"]) == (0, 1, False)


class TestDisable:
    def test_one_library(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        answer = send(admin_client, "POST", url(connection, "platform-settings/disable"), {"library_id": "4"})
        assert (answer.status_code, answer.json()["status"]) == (200, "disabled")
        assert music(servers, "emby")["MetadataSavers"] == []
        assert KeptSettings.objects.get().alone

    def test_one_consumer(self, admin_client: Client, servers: House) -> None:
        servers.lidarr.consumers[0]["enable"] = True
        connection = connect(servers, "lidarr")
        answer = send(admin_client, "POST", url(connection, "platform-settings/disable"), {"consumer_id": 1})
        assert answer.json()["note"] == "Kodi (XBMC) / Emby: artistMetadata, artistImages switched off"

    @pytest.mark.parametrize(
        ("body", "status"),
        [({}, 400), ({"consumer_id": 1}, 400), ({"library_id": " "}, 400), ({"library_id": "9"}, 404)],
    )
    def test_what_makes_no_sense_is_refused(
        self, admin_client: Client, servers: House, body: dict[str, Any], status: int
    ) -> None:
        connection = connect(servers, "emby")
        assert send(admin_client, "POST", url(connection, "platform-settings/disable"), body).status_code == status

    def test_operators_are_refused(self, operator_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        for path in ("platform-settings/disable", "stillwater-managed"):
            assert send(operator_client, "POST", url(connection, path), {"enabled": True}).status_code == 403


class TestManaged:
    def test_on_and_off(self, admin_client: Client, servers: House) -> None:
        before, connection = text(servers, "emby"), connect(servers, "emby")
        said = send(admin_client, "POST", url(connection, "stillwater-managed"), {"enabled": True}).json()
        assert (said["connection_id"], said["feature_manage_server_files"]) == (str(connection.pk), True)
        assert admin_client.get(f"/api/v1/connections/{connection.pk}").json()["feature_manage_server_files"]
        said = send(admin_client, "POST", url(connection, "stillwater-managed"), {"enabled": False}).json()
        assert said["feature_manage_server_files"] is False
        assert text(servers, "emby") == before

    def test_a_form_and_the_address_say_it_too_and_the_address_wins(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        address = url(connection, "stillwater-managed")
        assert admin_client.post(address, {"enabled": "true"}).json()["feature_manage_server_files"] is True
        said = admin_client.post(f"{address}?enabled=false", {"enabled": "true"}).json()
        assert said["feature_manage_server_files"] is False

    @pytest.mark.parametrize("body", [{}, {"enabled": None}, {"enabled": "perhaps"}, {"enabled": [True]}])
    def test_what_is_neither_on_nor_off_is_refused(
        self, admin_client: Client, servers: House, body: dict[str, Any]
    ) -> None:
        connection = connect(servers, "emby")
        assert send(admin_client, "POST", url(connection, "stillwater-managed"), body).status_code == 400

    def test_an_unknown_connection_and_a_server_that_is_away(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        body = {"enabled": True}
        assert send(admin_client, "POST", "/api/v1/connections/99/stillwater-managed", body).status_code == 404
        servers.emby.fault = "500"
        assert send(admin_client, "POST", url(connection, "stillwater-managed"), body).status_code == 502

    def test_deletion_of_a_managed_server_that_is_away_needs_a_word(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        send(admin_client, "POST", url(connection, "stillwater-managed"), {"enabled": True})
        servers.emby.fault = "500"
        address = f"/api/v1/connections/{connection.pk}"
        assert send(admin_client, "DELETE", address).status_code == 409
        assert send(admin_client, "DELETE", f"{address}?abandon=true").json() == {"status": "deleted"}

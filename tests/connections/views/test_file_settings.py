"""The page of what a server writes itself, with and without htmx: shown in plain words, switched off, put back."""

import pytest
from django.test import Client

from connections.models import Connection, KeptSettings
from connections.services.managed import manage
from connections.tasks.managed import SWITCH, look, switch_server
from stillwater.models import Job
from stillwater.progress import no_progress
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed import music, text

pytestmark = pytest.mark.django_db
PAGE = "/settings/servers"


def page(client: Client, connection: Connection, path: str = "files") -> str:
    return client.get(f"{PAGE}/{connection.pk}/{path}").content.decode()


class TestLooking:
    def test_it_says_in_plain_words_what_is_done_to_the_files(self, admin_client: Client, servers: House) -> None:
        said = page(admin_client, connect(servers, "emby"))
        assert "Emby writes artist.nfo anew from what it knows" in said
        assert "Emby saves pictures into the folders of the artists" in said
        assert "as the server is set" in said

    def test_what_was_changed_and_will_be_put_back(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        said = page(admin_client, connection)
        assert "managed by Stillwater" in said
        assert "It was Nfo, and will be again." in said

    def test_a_server_that_is_away_shows_what_was_kept(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        servers.emby.fault = "500"
        said = page(admin_client, connection)
        assert "It could not be asked" in said
        assert '<span class="mono">MetadataSavers</span> was Nfo' in said

    def test_what_was_on_again_is_said(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        music(servers, "emby")["SaveLocalMetadata"] = True
        look({}, no_progress)
        assert "SaveLocalMetadata was on again on the server" in page(admin_client, connection)

    def test_a_library_that_does_not_show_its_settings(self, admin_client: Client, servers: House) -> None:
        servers.emby.shelf.folders[0]["LibraryOptions"] = None
        assert "Emby does not show its settings" in page(admin_client, connect(servers, "emby"))

    def test_a_mixed_library_is_said_to_hold_films(self, admin_client: Client, servers: House) -> None:
        servers.emby.shelf.folders[0]["CollectionType"] = None
        assert "switched off for its films too" in page(admin_client, connect(servers, "emby"))

    def test_operators_are_refused(self, operator_client: Client, servers: House) -> None:
        assert operator_client.get(f"{PAGE}/{connect(servers, 'emby').pk}/files").status_code == 403


class TestSwitching:
    def test_the_switch_is_a_job_that_the_page_follows(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        said = admin_client.post(f"{PAGE}/{connection.pk}/files/managed", {"on": "yes"}, follow=True).content.decode()
        job = Job.objects.get(kind=SWITCH)
        assert job.params == {"connection_id": connection.pk, "on": True}
        assert "being changed" in said
        assert 'data-live="operation.progress"' in said
        assert servers.asked("POST") == []

    def test_its_work_switches_and_says_what_it_did(self, servers: House) -> None:
        connection = connect(servers, "emby")
        result = switch_server({"connection_id": connection.pk, "on": True}, no_progress)
        said = "Music: MetadataSavers, SaveLocalMetadata, ImageFetchers of MusicArtist switched off"
        assert result == {"message": said, "managed": True}

    def test_a_second_press_starts_nothing(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        for on in ("yes", "no"):
            admin_client.post(f"{PAGE}/{connection.pk}/files/managed", {"on": on}, HTTP_HX_REQUEST="true")
        assert Job.objects.filter(kind=SWITCH).count() == 1

    def test_one_library_is_switched_off_and_put_back(self, admin_client: Client, servers: House) -> None:
        before, connection = text(servers, "emby"), connect(servers, "emby")
        fragment = admin_client.post(
            f"{PAGE}/{connection.pk}/files/off", {"writer": "4"}, HTTP_HX_REQUEST="true"
        ).content.decode()
        assert "switched off alone" in fragment
        assert "<html" not in fragment
        admin_client.post(f"{PAGE}/{connection.pk}/files/back", {"writer": "4"})
        assert text(servers, "emby") == before

    def test_a_refusal_is_said_and_nothing_is_lost(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        said = admin_client.post(f"{PAGE}/{connection.pk}/files/off", {"writer": "99"}, follow=True).content.decode()
        assert "Emby has no such library." in said

    def test_what_was_not_put_back_can_be_left_as_it_is(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        Connection.objects.update(feature_manage_server_files=False)
        assert "not put back yet" in page(admin_client, connection)
        admin_client.post(f"{PAGE}/{connection.pk}/files/forget")
        assert not KeptSettings.objects.exists()

    def test_the_admin_switches_too(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        for action, managed in (("manage", True), ("release", False)):
            body = {"action": action, "_selected_action": [connection.pk]}
            admin_client.post("/admin/connections/connection/", body)
            connection.refresh_from_db()
            assert connection.feature_manage_server_files is managed


class TestForgetting:
    def test_a_managed_server_that_is_away_is_forgotten_only_with_a_tick(
        self, admin_client: Client, servers: House
    ) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        servers.emby.fault = "500"
        address = f"{PAGE}/{connection.pk}/remove"
        said = admin_client.post(address, follow=True).content.decode()
        assert "it cannot be put back now" in said
        assert 'name="abandon"' in said
        said = admin_client.post(address, {"abandon": "yes"}, follow=True).content.decode()
        assert "Never put back" in said
        assert "MetadataSavers" in said

    def test_what_was_kept_of_it_can_be_forgotten_too(self, admin_client: Client, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        servers.emby.fault = "500"
        admin_client.post(f"{PAGE}/{connection.pk}/remove", {"abandon": "yes"})
        admin_client.post(f"{PAGE}/lost/{KeptSettings.objects.get().pk}/forget")
        assert not KeptSettings.objects.exists()


def test_the_card_says_who_writes(admin_client: Client, servers: House) -> None:
    connection = connect(servers, "emby")
    manage(connection)
    cards = admin_client.get(PAGE).content.decode()
    assert "managed by Stillwater" in cards
    assert f"{PAGE}/{connection.pk}/files" in cards


def test_cards_cost_the_same_however_many(
    admin_client: Client, servers: House, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        Connection.objects.create(name=str(number), type="emby", url=f"http://emby-{number}")
    with django_assert_max_num_queries(25) as few:  # type: ignore[operator]
        admin_client.get(PAGE)
    for number in range(5, 15):
        Connection.objects.create(name=str(number), type="emby", url=f"http://emby-{number}")
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        admin_client.get(PAGE)

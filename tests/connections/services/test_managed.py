"""Stillwater alone writes artwork and NFO files: switched off on the server, seen to be off, and put back as it was."""

import json
from copy import deepcopy
from typing import Any

import pytest

from artists.demo.replies import Question, Reply
from connections.clients.errors import ClientError, NotReachable, Refused, WrongServer
from connections.models import Connection, KeptSettings
from connections.services.managed import look_after, manage, release
from stillwater.errors import Invalid
from stillwater.progress import Cancelled
from tests.connections.clients.contract import check
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db

STRANGE = {
    "SomethingNew": {"deep": [1.0, None, "Ä", {"b": 1, "a": 2}]}, "MetadataSavers": None, "Nothing": None,
    "PathInfos": [{"Path": "/media/classical", "NetworkPath": "\\\\nas\\music", "Unheard": True}],
    "TypeOptions": [{"Type": "MusicAlbum", "ImageFetchers": ["TheAudioDB"]}], "SaveLocalMetadata": True,
}  # fmt: skip
KINDS = ("emby", "jellyfin", "lidarr")


def options(servers: House, kind: str) -> list[Any]:
    """All that a server keeps of its settings."""
    if kind == "lidarr":
        return servers.lidarr.consumers
    shelf = servers.emby.shelf if kind == "emby" else servers.jellyfin.shelf
    return [folder["LibraryOptions"] for folder in shelf.folders]


def music(servers: House, kind: str) -> dict[str, Any]:
    first: dict[str, Any] = options(servers, kind)[0]
    return first


def text(servers: House, kind: str) -> str:
    """Byte for byte, order and all."""
    return json.dumps(options(servers, kind))


def furnish(servers: House) -> None:
    """A second library whose settings nobody of us has ever seen, and a consumer that writes."""
    folder = {"Name": "Classical", "Locations": ["/media/classical"], "CollectionType": "music", "ItemId": "5"}
    servers.emby.shelf.folders.append({**folder, "LibraryOptions": deepcopy(STRANGE)})
    servers.lidarr.consumers[0]["enable"] = True


@pytest.fixture
def furnished(servers: House) -> House:
    furnish(servers)
    return servers


class TestSwitchingOn:
    def test_the_server_writes_nothing_any_more(self, furnished: House) -> None:
        connection = connect(furnished, "emby")
        assert manage(connection).managed
        for each in options(furnished, "emby"):
            assert (each["SaveLocalMetadata"], each["MetadataSavers"]) == (False, [])
            (entry,) = [entry for entry in each["TypeOptions"] if entry["Type"] == "MusicArtist"]
            assert entry["ImageFetchers"] == []
        connection.refresh_from_db()
        assert connection.feature_manage_server_files

    def test_lidarr_writes_neither_of_ours_and_goes_on_with_the_rest(self, furnished: House) -> None:
        manage(connect(furnished, "lidarr"))
        fields = {field["name"]: field["value"] for field in furnished.lidarr.consumers[0]["fields"]}
        assert fields == {"artistMetadata": False, "artistImages": False, "albumImages": True}

    def test_films_are_left_alone(self, servers: House) -> None:
        films = deepcopy(options(servers, "jellyfin")[1])
        manage(connect(servers, "jellyfin"))
        assert options(servers, "jellyfin")[1] == films

    def test_a_library_without_a_choice_of_fetchers_keeps_its_usual_texts(self, furnished: House) -> None:
        """Bug 41: no choice means that the defaults are on."""
        manage(connect(furnished, "emby"))
        made = options(furnished, "emby")[1]["TypeOptions"][1]
        assert made == {"Type": "MusicArtist", "MetadataFetchers": ["MusicBrainz", "TheAudioDB"], "ImageFetchers": []}

    def test_a_saver_that_stays_armed_is_noticed(self, servers: House) -> None:
        """Bug 36: every switch is read back."""
        connection = connect(servers, "emby")

        def half(question: Question) -> Reply | None:
            if question.method != "POST":
                return None
            taken = json.loads(question.body)["LibraryOptions"]
            music(servers, "emby").update({**taken, "MetadataSavers": ["Nfo"]})
            return Reply(204)

        servers.instead = half
        with pytest.raises(Refused, match="did not keep it switched off for Music: MetadataSavers"):
            manage(connection)
        connection.refresh_from_db()
        assert not connection.feature_manage_server_files

    def test_what_was_changed_before_a_failure_is_put_back_at_once(self, furnished: House) -> None:
        before = text(furnished, "emby")
        refused = iter([False, True])

        def second_refused(question: Question) -> Reply | None:
            return Reply(400) if question.method == "POST" and next(refused, False) else None

        connection = connect(furnished, "emby")
        furnished.instead = second_refused
        with pytest.raises(Refused):
            manage(connection)
        assert text(furnished, "emby") == before
        assert not KeptSettings.objects.exists()

    def test_cancelled_in_the_middle_it_is_put_back_at_once(self, furnished: House) -> None:
        def cancelling(done: int, _total: int | None, _message: str = "") -> None:
            if done:
                raise Cancelled

        before, connection = text(furnished, "emby"), connect(furnished, "emby")
        with pytest.raises(Cancelled):
            manage(connection, progress=cancelling)
        assert furnished.asked("POST")
        assert text(furnished, "emby") == before

    def test_a_library_that_does_not_show_its_settings_cannot_be_changed(self, servers: House) -> None:
        servers.emby.shelf.folders[0]["LibraryOptions"] = None
        with pytest.raises(Refused, match="does not show the settings of Music"):
            manage(connect(servers, "emby"))
        assert servers.emby.shelf.folders[0]["LibraryOptions"] is None

    def test_a_server_that_is_switched_off_is_refused(self, servers: House) -> None:
        connection = connect(servers, "emby")
        Connection.objects.update(enabled=False)
        with pytest.raises(Invalid):
            manage(connection)


class TestPuttingBack:
    @pytest.mark.parametrize("kind", KINDS)
    def test_all_is_byte_for_byte_as_it_was(self, furnished: House, kind: str) -> None:
        before, connection = text(furnished, kind), connect(furnished, kind)
        manage(connection)
        assert text(furnished, kind) != before
        assert not release(connection).managed
        assert text(furnished, kind) == before
        assert not KeptSettings.objects.exists()

    @pytest.mark.parametrize("kind", ["jellyfin", "lidarr"])
    def test_every_request_is_one_that_the_server_documents(self, furnished: House, kind: str) -> None:
        connection = connect(furnished, kind)
        manage(connection)
        release(connection)
        assert furnished.asked("POST" if kind == "jellyfin" else "PUT")
        for question, reply in furnished.exchanges:
            check(question, reply)

    @pytest.mark.parametrize("missing", ["TypeOptions", "MetadataSavers", "SaveLocalMetadata"])
    @pytest.mark.parametrize("as_null", [True, False])
    def test_what_was_not_there_is_not_there_again(self, servers: House, missing: str, as_null: bool) -> None:
        music(servers, "emby").pop(missing)
        if as_null:
            music(servers, "emby")[missing] = None
        before, connection = text(servers, "emby"), connect(servers, "emby")
        manage(connection)
        release(connection)
        assert text(servers, "emby") == before

    def test_twice_on_keeps_the_first_original(self, furnished: House) -> None:
        """Bug 13."""
        before, connection = text(furnished, "emby"), connect(furnished, "emby")
        manage(connection)
        manage(connection)
        release(connection)
        release(connection)
        assert text(furnished, "emby") == before

    def test_what_somebody_chose_on_the_server_meanwhile_stays_and_is_said(self, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        music(servers, "emby")["MetadataSavers"] = ["Album Xml"]
        outcome = release(connection)
        assert (music(servers, "emby")["MetadataSavers"], music(servers, "emby")["SaveLocalMetadata"]) == (
            ["Album Xml"],
            True,
        )
        assert outcome.stays == [
            "Music: MetadataSavers was changed on the server meanwhile and stays as it is: Album Xml"
        ]

    def test_what_somebody_did_to_the_entry_that_we_made_stays(self, furnished: House) -> None:
        connection = connect(furnished, "emby")
        manage(connection)
        made = options(furnished, "emby")[1]["TypeOptions"][1]
        made["ImageOptions"] = [{"Type": "Logo", "Limit": 1}]
        release(connection)
        kept = options(furnished, "emby")[1]["TypeOptions"][1]
        assert "ImageFetchers" not in kept
        assert kept["ImageOptions"] == [{"Type": "Logo", "Limit": 1}]

    def test_a_library_that_is_gone_needs_nothing(self, furnished: House) -> None:
        connection = connect(furnished, "emby")
        manage(connection)
        del furnished.emby.shelf.folders[1]
        assert release(connection).gone == ["Classical is no longer on the server"]
        assert not KeptSettings.objects.exists()

    def test_a_server_that_shows_no_library_proves_nothing(self, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        servers.emby.shelf.folders.clear()
        with pytest.raises(ClientError, match="shows no library at all"):
            release(connection)
        assert KeptSettings.objects.get().problem

    def test_another_server_at_the_same_address_is_left_alone(self, servers: House) -> None:
        """Weirdness 59: its library 4 is another one."""
        connection = connect(servers, "emby")
        manage(connection)
        servers.emby.shelf.server_id = "installed anew"
        servers.exchanges.clear()
        with pytest.raises(WrongServer):
            release(connection)
        assert servers.asked("POST") == []
        assert KeptSettings.objects.exists()

    def test_a_server_that_is_away_loses_nothing(self, furnished: House) -> None:
        before, connection = text(furnished, "emby"), connect(furnished, "emby")
        manage(connection)
        furnished.emby.fault = "500"
        with pytest.raises(NotReachable):
            release(connection)
        furnished.emby.fault = ""
        look_after(connection)
        assert text(furnished, "emby") == before

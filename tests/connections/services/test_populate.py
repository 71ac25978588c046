"""Taking over the artists of a server: nobody doubled, nobody guessed, nobody taken away."""

from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist, Library, MetadataChange
from artists.services.libraries import delete_library
from connections.clients.errors import ClientError
from connections.models import ArtistLink
from connections.services.connections import set_features
from connections.services.discovery import discover, import_libraries
from connections.services.links import set_link
from connections.services.populate import Populated, populate
from stillwater.errors import Conflict, Invalid
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db
KINDS = ("emby", "jellyfin", "lidarr")


def imported(servers: House, kind: str = "emby") -> Library:
    connection = connect(servers, kind)
    set_features(connection, {"feature_library_import": True})
    return import_libraries(connection, [(discover(connection)[0].there.external_id, "")])[0]


def taken_over(servers: House, kind: str = "emby") -> Populated:
    return populate(imported(servers, kind))


class TestImporting:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_library_comes_without_a_folder_and_once(self, servers: House, kind: str) -> None:
        library = imported(servers, kind)
        assert (library.path, library.source, library.name) == ("", kind, "Music")
        assert import_libraries(connect(servers, kind), [(library.external_id, "Again")]) == [library]

    def test_a_name_that_is_taken_gets_that_of_the_server(self, servers: House) -> None:
        make_library("Music")
        assert imported(servers).name == "Music (The emby)"

    def test_a_library_that_the_server_does_not_have_is_refused(self, servers: House) -> None:
        connection = connect(servers, "emby")
        with pytest.raises(Invalid):
            import_libraries(connection, [("4", ""), ("nonsense", "")])
        assert not Library.objects.exists()

    def test_the_switch_holds_it_back(self, servers: House) -> None:
        connection = connect(servers, "emby")
        set_features(connection, {"feature_library_import": False})
        with pytest.raises(Conflict, match="switched off"):
            discover(connection)

    def test_a_server_that_failed_its_test_is_not_asked(self, servers: House) -> None:
        connection = connect(servers, "emby")
        connection.status = "error"
        with pytest.raises(Conflict):
            discover(connection)


class TestMeeting:
    @pytest.mark.parametrize("kind", KINDS)
    def test_who_is_new_comes_with_what_the_server_says(self, servers: House, kind: str) -> None:
        assert taken_over(servers, kind).new == 2
        artist = Artist.objects.get(musicbrainz_id=MBID)
        assert (artist.name, artist.path, artist.biography) == (QUILLFEN.name, "", QUILLFEN.biography)
        assert artist.genres == list(QUILLFEN.genres)
        assert artist.metadata_sources["biography"] == kind
        assert artist.name_key == "quillfen harbor"
        assert artist.memberships.get().source == kind

    def test_a_second_run_changes_nothing(self, servers: House) -> None:
        library = imported(servers)
        populate(library)
        before = list(ArtistLink.objects.order_by("pk").values())
        again = populate(library)
        assert (again.new, again.met, again.linked) == (0, 2, 0)
        assert list(ArtistLink.objects.order_by("pk").values()) == before

    def test_the_same_artist_of_two_servers_is_one(self, servers: House) -> None:
        taken_over(servers, "emby")
        assert taken_over(servers, "jellyfin").new == 0
        assert Artist.objects.get(musicbrainz_id=MBID).links.count() == 2

    def test_a_name_adopts_the_mbid_and_the_history_knows(self, servers: House) -> None:
        artist = make_artist(QUILLFEN.name)
        taken_over(servers)
        artist.refresh_from_db()
        assert artist.musicbrainz_id == MBID
        change = MetadataChange.objects.filter(artist=artist, field="musicbrainz_id")
        assert change.count() in (0, 1)
        assert artist.metadata_sources["musicbrainz_id"]

    def test_a_locked_artist_adopts_nothing(self, servers: House) -> None:
        artist = make_artist(QUILLFEN.name, locked_fields=["musicbrainz_id"])
        taken_over(servers)
        artist.refresh_from_db()
        assert artist.musicbrainz_id == ""
        assert artist.links.count() == 1

    def test_a_namesake_with_another_mbid_is_left_out_and_told(self, servers: House) -> None:
        make_artist(QUILLFEN.name, musicbrainz_id="0da00000-3b64-4f8a-9a17-52c0b6e4d999")
        result = taken_over(servers)
        assert (result.skipped, list(result.left_out)) == (1, [QUILLFEN.name])
        assert not Artist.objects.filter(musicbrainz_id=MBID).exists()

    def test_values_that_we_have_are_not_overwritten(self, servers: House) -> None:
        artist = make_artist(QUILLFEN.name, musicbrainz_id=MBID, biography="Mine.")
        taken_over(servers)
        artist.refresh_from_db()
        assert artist.biography == "Mine."


class TestAbsence:
    def test_who_is_missing_from_a_listing_keeps_link_and_library(self, servers: House) -> None:
        """Bug 38: the server may be scanning."""
        library = imported(servers)
        populate(library)
        servers.emby.shelf.members["4"].pop(0)
        populate(library)
        assert ArtistLink.objects.count() == library.memberships.count() == 2

    def test_an_empty_listing_takes_nobody_away(self, servers: House) -> None:
        library = imported(servers)
        populate(library)
        servers.instead = lambda question: None
        servers.emby.shelf.items.clear()
        servers.emby.shelf.members.clear()
        populate(library)
        assert Artist.objects.count() == ArtistLink.objects.count() == 2

    def test_a_server_that_fails_in_the_middle_says_so(self, servers: House) -> None:
        library = imported(servers)
        populate(library)
        servers.emby.fault = "500"
        with pytest.raises(ClientError):
            populate(library)
        assert ArtistLink.objects.count() == 2

    def test_a_library_that_is_gone_there_is_no_reason_to_do_anything(self, servers: House) -> None:
        library = imported(servers)
        populate(library)
        servers.emby.shelf.folders.clear()
        with pytest.raises(Conflict, match="no such library"):
            populate(library)
        assert library.memberships.count() == 2

    def test_who_leaves_the_last_folder_stays_while_a_server_has_them(self, servers: House, tmp_path: Path) -> None:
        library = imported(servers)
        populate(library)
        folder = make_library("Disk", tmp_path)
        artist = make_artist("On disk", library=folder)
        set_link(artist, library_connection(library), "777")
        assert delete_library(folder, delete_artists=True) == 0
        artist.refresh_from_db()


class TestFolders:
    def test_mappings_are_found_by_artists_that_are_known_for_sure(self, servers: House, tmp_path: Path) -> None:
        folders(servers, tmp_path)
        library = imported(servers)
        assert populate(library).mappings == 1
        mapping = library_connection(library).path_mappings.get()
        assert (mapping.server_path, mapping.local_path, mapping.inferred) == ("/media/music", str(tmp_path), True)

    def test_a_new_artist_whose_folder_we_see_has_it(self, servers: House, tmp_path: Path) -> None:
        folders(servers, tmp_path)
        library = imported(servers)
        populate(library)
        (tmp_path / "Newcomer").mkdir()
        first = next(iter(servers.emby.shelf.items.values()))
        item = {**first, "Id": "5000", "Name": "Newcomer", "ProviderIds": {}, "Path": "/media/music/Newcomer"}
        servers.emby.shelf.items["5000"] = item
        servers.emby.shelf.members["4"].append("5000")
        assert populate(library).new == 1
        assert Artist.objects.get(name="Newcomer").path == str(tmp_path / "Newcomer")


def folders(servers: House, root: Path) -> None:
    """The artists of the server as we have them on disk."""
    disk = make_library("Disk", root)
    for item in servers.emby.shelf.items.values():
        folder = root / Path(item["Path"]).name
        folder.mkdir()
        mbid = item["ProviderIds"]["MusicBrainzArtist"]
        make_artist(item["Name"], library=disk, path=str(folder), musicbrainz_id=mbid)


def library_connection(library: Library) -> Any:
    return ArtistLink.objects.filter(connection_id=library.connection_id)[0].connection

"""What the three kinds of server are asked, and how their answers are read."""

import pytest

from artists.demo.replies import Question, Reply, json_reply
from connections.clients.base import ServerLibrary
from connections.clients.emby import Emby
from connections.clients.errors import KeyRefused, NoSuchItem, NotReachable, WrongServer
from connections.clients.jellyfin import Jellyfin
from connections.clients.lidarr import Lidarr
from tests.connections.conftest import House

KINDS = (Emby, Jellyfin, Lidarr)
BROWSERS = (Emby, Jellyfin)


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_says_its_name_and_version_below_a_sub_path(self, servers: House, kind: type[Emby]) -> None:
        assert servers.client(kind).info().version

    def test_a_wrong_key_is_its_own_error(self, servers: House, kind: type[Emby]) -> None:
        with pytest.raises(KeyRefused):
            servers.client(kind, key="wrong key").info()

    def test_its_artists_have_their_identifiers_and_folders(self, servers: House, kind: type[Emby]) -> None:
        client = servers.client(kind)
        found = list(client.artists(client.libraries()[0]))
        assert len(found) == len({artist.id for artist in found}) == 2
        assert all(artist.mbid and artist.path.startswith("/media/music/") for artist in found)

    def test_one_artist_is_read_by_its_identifier(self, servers: House, kind: type[Emby]) -> None:
        client = servers.client(kind)
        first = next(client.artists(client.libraries()[0]))
        assert client.artist(first.id).mbid == first.mbid

    @pytest.mark.parametrize("item_id", ["", "  ", "nobody"])
    def test_no_identifier_never_means_the_whole_server(self, servers: House, kind: type[Emby], item_id: str) -> None:
        with pytest.raises(NoSuchItem):
            servers.client(kind).artist(item_id)

    def test_a_sign_in_page_with_status_200_is_no_answer(self, servers: House, kind: type[Emby]) -> None:
        servers.instead = lambda question: Reply(200, b"<html>Sign in</html>", {}, "text/html")
        with pytest.raises(WrongServer, match="web page"):
            servers.client(kind).info()

    def test_a_redirect_is_named_and_not_followed(self, servers: House, kind: type[Emby]) -> None:
        servers.instead = lambda question: Reply(301, b"", {"Location": "https://music.example/x"}, "text/html")
        with pytest.raises(WrongServer, match=r"https://music\.example/x"):
            servers.client(kind).info()

    def test_another_program_at_the_address_is_noticed(self, servers: House, kind: type[Emby]) -> None:
        servers.instead = lambda question: json_reply({"version": "1", "appName": "Sonarr"})
        with pytest.raises(WrongServer):
            servers.client(kind).info()

    def test_reads_are_asked_again_when_the_server_is_busy(self, servers: House, kind: type[Emby]) -> None:
        left = [Reply(503, b"", {}, "text/html"), Reply(502)]
        servers.instead = lambda question: left.pop() if left else None
        assert servers.client(kind).info().version

    def test_a_server_in_trouble_is_not_one_without_artists(self, servers: House, kind: type[Emby]) -> None:
        servers.instead = lambda question: Reply(500)
        with pytest.raises(NotReachable):
            list(servers.client(kind).artists(ServerLibrary("1", "Music", ("/media/music",))))


@pytest.mark.parametrize("kind", BROWSERS)
class TestPaging:
    """Weirdness 54."""

    def pages(self, servers: House, kind: type[Emby], *pages: object) -> list[str]:
        left = list(pages)

        def page(question: Question) -> Reply | None:
            return json_reply(left.pop(0)) if question.path == "/Artists/AlbumArtists" and left else json_reply({})

        servers.instead = page
        return [artist.id for artist in servers.client(kind).artists(ServerLibrary("4", "Music"))]

    def test_a_total_of_nothing_beside_artists_is_not_believed(self, servers: House, kind: type[Emby]) -> None:
        rows = [{"Id": str(number), "Name": "A"} for number in range(100)]
        more = [{"Id": "more", "Name": "B"}]
        found = self.pages(
            servers, kind, {"Items": rows, "TotalRecordCount": 0}, {"Items": more, "TotalRecordCount": 0}
        )
        assert found[-1] == "more"

    def test_an_artist_that_slips_to_the_next_page_comes_once(self, servers: House, kind: type[Emby]) -> None:
        first, second = {"Id": "1", "Name": "A"}, {"Id": "2", "Name": "B"}
        pages = [{"Items": [first], "TotalRecordCount": 3}, {"Items": [first, second], "TotalRecordCount": 3}]
        assert self.pages(servers, kind, *pages) == ["1", "2"]

    @pytest.mark.parametrize(
        "page", [{"Items": None}, {"Items": [None, {}, {"Id": "1"}], "TotalRecordCount": 9}, [], 3]
    )
    def test_nonsense_ends_the_list(self, servers: House, kind: type[Emby], page: object) -> None:
        assert self.pages(servers, kind, page) == []

    def test_a_server_that_shows_the_same_page_for_ever_is_left(self, servers: House, kind: type[Emby]) -> None:
        page = {"Items": [{"Id": "1", "Name": "A"}], "TotalRecordCount": 9}
        assert self.pages(servers, kind, *[page] * 9) == ["1"]
        assert len(servers.exchanges) == 2


class TestDifferences:
    def test_an_answer_about_another_item_is_refused(self, servers: House) -> None:
        servers.instead = lambda question: json_reply({"Id": "other", "Name": "Other", "LockData": False})
        with pytest.raises(WrongServer, match="another item"):
            servers.client(Jellyfin).artist("wanted")

    def test_emby_does_not_take_jellyfin_for_itself(self, servers: House) -> None:
        servers.instead = lambda question: json_reply(servers.jellyfin.system())
        with pytest.raises(WrongServer):
            servers.client(Emby).info()

    def test_administrators_come_first(self, servers: House) -> None:
        assert [user.name for user in servers.client(Jellyfin).users()] == ["root", "guest"]

    def test_films_are_no_music_library_and_a_library_without_a_type_is(self, servers: House) -> None:
        servers.jellyfin.shelf.folders.append({"Name": "Mixed", "ItemId": "77", "CollectionType": None})
        assert [library.name for library in servers.client(Jellyfin).libraries()] == ["Music", "Mixed"]

    def test_year_one_is_no_date(self, servers: House) -> None:
        item_id, item = next(iter(servers.jellyfin.shelf.items.items()))
        item |= {"PremiereDate": "0001-01-01T00:00:00.0000000Z", "EndDate": "1999-12-31T23:59:59.1234567+01:00"}
        artist = servers.client(Jellyfin).artist(item_id)
        assert (artist.began, artist.ended) == ("", "1999-12-31")


class TestWhatAServerWrites:
    @pytest.mark.parametrize(
        ("options", "habits"),
        [
            ({"SaveLocalMetadata": True, "MetadataSavers": ["Nfo"]}, (True, True)),
            ({"SaveLocalMetadata": False, "MetadataSavers": ["Kodi NFO"]}, (True, False)),  # bug 36
            ({"SaveLocalMetadata": True, "MetadataSavers": []}, (False, True)),
            ({"SaveLocalMetadata": True, "MetadataSavers": None}, (True, True)),
            (None, (False, False)),
        ],
    )  # fmt: skip
    def test_every_switch_counts(self, servers: House, options: object, habits: tuple[bool, bool]) -> None:
        servers.jellyfin.shelf.folders[0]["LibraryOptions"] = options
        found = servers.client(Jellyfin).libraries()[0].habits
        assert (found.writes_nfo, found.writes_images) == habits

    def test_without_a_stored_choice_the_defaults_of_the_server_fetch_pictures(self, servers: House) -> None:
        """Bug 41."""
        servers.jellyfin.shelf.folders[0]["LibraryOptions"]["TypeOptions"] = []
        assert servers.client(Jellyfin).libraries()[0].habits.fetchers is None

    def test_lidarr_writes_what_its_consumers_that_are_on_write(self, servers: House) -> None:
        assert not servers.client(Lidarr).habits().writes_nfo
        servers.lidarr.consumers[0]["enable"] = True
        assert servers.client(Lidarr).habits().writes_nfo

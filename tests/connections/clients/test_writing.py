"""What is written to Emby and Jellyfin, and everything that must not get lost on the way."""

from copy import deepcopy
from typing import Any

import pytest

from artists.demo.replies import Question, Reply
from connections.clients.base import ArtistValues, LockWish, Picture
from connections.clients.emby import Emby
from connections.clients.errors import NoSuchItem, NotReachable, Refused, WrongServer
from connections.clients.jellyfin import Jellyfin
from connections.clients.lidarr import Lidarr
from tests.connections.conftest import House

BROWSERS = (Emby, Jellyfin)
OURS = ArtistValues(
    name="Quillfen Harbour", sort_name="Harbour, Quillfen", biography="New words.", genres=("Folk",),
    tags=("Shoegaze", "Calm"), mbid="0da00000-3b64-4f8a-9a17-52c0b6e4d999",
    began="2005-03", ended="c. 2019 in Akureyri",
)  # fmt: skip


def shelf_of(servers: House, kind: type[Emby]) -> Any:
    return getattr(servers, kind.spec.name).shelf


def first_of(servers: House, kind: type[Emby]) -> tuple[str, dict[str, Any]]:
    return next(iter(shelf_of(servers, kind).items.items()))


def picture(text: str) -> Picture:
    return Picture(text.encode(), "image/jpeg")


@pytest.mark.parametrize("kind", BROWSERS)
class TestPushing:
    def test_what_is_pushed_is_there_afterwards(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        assert servers.client(kind).push(item_id, OURS)
        there = servers.client(kind).artist(item_id)
        assert (there.name, there.sort_name, there.biography) == (OURS.name, OURS.sort_name, OURS.biography)
        assert (there.genres, there.tags, there.mbid) == (OURS.genres, OURS.tags, OURS.mbid)
        assert (there.began, there.ended) == ("2005-03-01", "2019-01-01")

    def test_nothing_else_is_lost(self, servers: House, kind: type[Emby]) -> None:
        """Bug 43: whatever a client leaves out is cleared, so all of the item goes back."""
        item_id, item = first_of(servers, kind)
        item |= {
            "LockData": True,
            "LockedFields": ["Cast", "Genres"],
            "ProviderIds": {**item["ProviderIds"], "Own": "7"},
        }
        before = deepcopy(item)
        servers.client(kind).push(item_id, OURS)
        touched = {
            "Name", "Overview", "Genres", "GenreItems", "Tags", "TagItems", "PremiereDate", "EndDate", "SortName",
            "ForcedSortName", "ProviderIds",
        }  # fmt: skip
        assert {key: item[key] or None for key in before.keys() - touched} == {
            key: before[key] or None for key in before.keys() - touched
        }
        assert item["ProviderIds"] == before["ProviderIds"] | {"MusicBrainzArtist": OURS.mbid}
        assert shelf_of(servers, kind).cascades == []

    def test_equal_values_are_not_sent(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.client(kind).push(item_id, OURS)
        assert not servers.client(kind).push(item_id, OURS)
        assert servers.asked("POST") == [f"POST /Items/{item_id}"]

    def test_blank_values_empty_nothing(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        assert not servers.client(kind).push(item_id, ArtistValues())
        assert servers.asked("POST") == []

    def test_a_write_without_an_answer_is_not_sent_again(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.instead = lambda question: Reply(503) if question.method == "POST" else None
        with pytest.raises(NotReachable):
            servers.client(kind).push(item_id, OURS)
        assert len(servers.asked("POST")) == 1

    def test_a_write_that_was_cut_off_may_have_been_carried_out(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)

        def cut(question: Question) -> Reply | None:
            if question.method == "POST":
                getattr(servers, kind.spec.name).fault = "reset"
            return None

        servers.instead = cut
        with pytest.raises(NotReachable) as caught:
            servers.client(kind).push(item_id, OURS)
        assert caught.value.unclear

    def test_an_item_that_does_not_say_whether_it_is_locked_is_left_alone(
        self, servers: House, kind: type[Emby]
    ) -> None:
        item_id, item = first_of(servers, kind)
        del item["LockData"]
        with pytest.raises(WrongServer, match="locked"):
            servers.client(kind).push(item_id, OURS)
        assert servers.asked("POST") == []

    def test_a_blank_identifier_writes_nothing(self, servers: House, kind: type[Emby]) -> None:
        with pytest.raises(NoSuchItem):
            servers.client(kind).push(" ", OURS)
        assert servers.exchanges == []


@pytest.mark.parametrize("kind", BROWSERS)
class TestLocking:
    def test_our_fields_are_locked_by_the_names_of_the_server(self, servers: House, kind: type[Emby]) -> None:
        """Bug 58: one name that Jellyfin does not know has the whole item refused."""
        item_id, item = first_of(servers, kind)
        item["LockedFields"] = ["Cast"]
        wish = LockWish(True, ("biography", "styles", "moods", "sort_name", "years_active"))
        servers.client(kind).push(item_id, ArtistValues(), wish)
        sort_name = ["SortName"] if kind is Emby else []
        assert (item["LockData"], item["LockedFields"]) == (True, ["Cast", "Overview", "Tags", *sort_name])

    def test_an_equal_lock_reaches_no_album(self, servers: House, kind: type[Emby]) -> None:
        item_id, item = first_of(servers, kind)
        item |= {"LockData": True, "LockedFields": ["Overview", "Cast"]}
        assert not servers.client(kind).push(item_id, ArtistValues(), LockWish(True, ("biography",)))
        assert servers.asked("POST") == []

    def test_values_and_lock_go_in_one_post(self, servers: House, kind: type[Emby]) -> None:
        item_id, item = first_of(servers, kind)
        servers.client(kind).push(item_id, OURS, LockWish(True))
        assert len(servers.exchanges) == 2
        assert (item["LockData"], item["Overview"]) == (True, OURS.biography)


@pytest.mark.parametrize("kind", BROWSERS)
class TestPictures:
    def test_travel_as_base64_and_arrive_as_they_were(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.client(kind).upload(item_id, "logo", Picture(b"\x89PNG\xff\x00", "image/png"))
        there = servers.client(kind).image(item_id, "logo")
        assert (there.data, there.media_type) == (b"\x89PNG\xff\x00", "image/png")

    def test_pushing_backdrops_twice_leaves_each_once(self, servers: House, kind: type[Emby]) -> None:
        """Bug 58: both servers append."""
        item_id, _ = first_of(servers, kind)
        wanted = [picture("one"), picture("two"), picture("three")]
        assert servers.client(kind).replace_backdrops(item_id, wanted)
        assert not servers.client(kind).replace_backdrops(item_id, wanted)
        assert [each.draw() for each in shelf_of(servers, kind).held(item_id, "Backdrop")] == [b"one", b"two", b"three"]

    def test_only_the_backdrops_from_the_first_difference_on_move(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        client = servers.client(kind)
        client.replace_backdrops(item_id, [picture("one"), picture("two"), picture("three")])
        servers.exchanges.clear()
        client.replace_backdrops(item_id, [picture("one"), picture("three")])
        backdrop = f"/Items/{item_id}/Images/Backdrop"
        assert servers.asked("DELETE") == [f"DELETE {backdrop}/2", f"DELETE {backdrop}/1"]
        assert servers.asked("POST") == [f"POST {backdrop}"]

    def test_deleting_all_backdrops_takes_the_last_first(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.client(kind).delete_image(item_id, "fanart")
        assert shelf_of(servers, kind).held(item_id, "Backdrop") == []

    def test_a_page_instead_of_a_picture_is_no_picture(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.instead = lambda question: Reply(200, b"<html>", {}, "text/html")
        with pytest.raises(WrongServer):
            servers.client(kind).image(item_id, "thumb")


class TestOrders:
    @pytest.mark.parametrize("kind", BROWSERS)
    def test_a_refresh_does_something(self, servers: House, kind: type[Emby]) -> None:
        item_id, _ = first_of(servers, kind)
        servers.client(kind).refresh(item_id)
        assert shelf_of(servers, kind).refreshed == [item_id]

    @pytest.mark.parametrize("kind", BROWSERS)
    def test_a_scan_is_begun(self, servers: House, kind: type[Emby]) -> None:
        servers.client(kind).scan()
        assert shelf_of(servers, kind).scans == 1

    def test_lidarr_is_asked_by_number(self, servers: House) -> None:
        servers.client(Lidarr).refresh("1")
        assert servers.lidarr.commands == [{"name": "RefreshArtist", "artistId": 1}]
        with pytest.raises(NoSuchItem):
            servers.client(Lidarr).refresh("")

    def test_lidarr_refuses_what_it_cannot(self, servers: House) -> None:
        with pytest.raises(Refused):
            servers.client(Lidarr).push("1", OURS)

"""Field by field to a server and back, and the lock that goes along where a library asks for it."""

from typing import Any

import pytest
from django.test import Client

from artists.models import Artist, Library
from artists.services.editing import set_field
from artists.services.locks import lock_artist, unlock_artist
from connections.models import ArtistLink
from connections.services.pull import pull_artist
from connections.services.push import push_artist, push_lock
from connections.services.state import state_of
from stillwater.errors import Invalid
from tests.artists.api.test_libraries_api import send
from tests.artists.providers.acts import QUILLFEN
from tests.builders import make_library
from tests.connections.conftest import House
from tests.connections.services.test_push import item_of, linked, pushing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(servers: House) -> ArtistLink:
    return linked(servers, biography="Ours.", sort_name="Harbor, Quillfen")


class TestSending:
    @pytest.mark.parametrize("kind", ["emby", "jellyfin"])
    def test_one_part_leaves_the_others(self, servers: House, kind: str) -> None:
        link = linked(servers, kind, biography="Ours.", sort_name="Harbor, Quillfen")
        assert push_artist(link, ["biography"])
        assert item_of(servers, kind)["Overview"] == "Ours."
        assert item_of(servers, kind)["SortName"] == QUILLFEN.sort_name

    def test_an_unknown_part_is_refused(self, link: ArtistLink) -> None:
        with pytest.raises(Invalid):
            push_artist(link, ["shoe_size"])
        with pytest.raises(Invalid):
            pull_artist(link, ["name"])

    def test_a_part_does_not_settle_what_waits(self, servers: House, link: ArtistLink) -> None:
        ArtistLink.objects.update(push_problem="it was silent")
        push_artist(link, ["biography"])
        assert ArtistLink.objects.get().push_problem == "it was silent"


class TestTaking:
    def test_one_part_leaves_the_others(self, link: ArtistLink) -> None:
        assert pull_artist(link, ["sort_name"]) == ["sort_name"]
        artist = Artist.objects.get()
        assert (artist.sort_name, artist.biography) == (QUILLFEN.sort_name, "Ours.")

    def test_tags_become_styles_and_moods_stay_moods(self, servers: House) -> None:
        link = linked(servers, moods=["Calm"])
        item_of(servers)["Tags"] = ["Shoegaze", "Calm"]
        assert pull_artist(link, ["tags"]) == ["styles"]
        assert (Artist.objects.get().styles, Artist.objects.get().moods) == (["Shoegaze"], ["Calm"])

    def test_all_parts_obey_locks_and_blanks(self, servers: House) -> None:
        """Never over a lock, never a blank over a value."""
        link = linked(
            servers, sort_name="Mine", biography="Mine.", styles=["Mine"], locked_fields=["sort_name", "styles"]
        )
        item_of(servers)["Overview"] = ""
        assert pull_artist(link, ["sort_name", "biography", "tags"]) == []
        artist = Artist.objects.get()
        assert (artist.sort_name, artist.biography, artist.styles) == ("Mine", "Mine.", ["Mine"])


class TestShown:
    def test_each_difference_says_which_way_it_may_go(self, servers: House, link: ArtistLink) -> None:
        Artist.objects.update(locked_fields=["sort_name"], genres=[])
        found = {row.part: row for row in state_of(ArtistLink.objects.get()).differing}
        assert (found["biography"].can_send, found["biography"].can_take) == (True, True)
        assert (found["sort_name"].can_send, found["sort_name"].can_take) == (True, False)
        assert (found["genres"].can_send, found["genres"].can_take) == (False, True)

    def test_the_card_has_both_texts_whole_and_buttons_beside_them(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        long = "word " * 900 + "end of ours"
        Artist.objects.update(biography=long)
        page = f"/artists/{link.artist_id}/servers/{link.pk}"
        card = operator_client.get(page).content.decode()
        assert "end of ours" in card
        assert "Send our biography to The jellyfin" in card
        said = operator_client.post(f"{page}/push", {"part": "biography"}, follow=True).content.decode()
        assert "It says the same now." in said
        assert item_of(servers)["Overview"] == long
        taken = operator_client.post(f"{page}/pull", {"part": "sort_name"}, follow=True).content.decode()
        assert "Taken over: sort name." in taken

    def test_over_rest(self, operator_client: Client, servers: House, link: ArtistLink) -> None:
        url, body = f"/api/v1/artists/{link.artist_id}", {"connection_id": str(link.connection_id)}
        assert send(operator_client, "POST", f"{url}/push", {**body, "fields": ["sort_name"]}).status_code == 200
        assert item_of(servers)["Overview"] == QUILLFEN.biography
        assert send(operator_client, "POST", f"{url}/push", {**body, "fields": ["x"]}).status_code == 400
        pulled = send(operator_client, "POST", f"{url}/pull?connection_id={link.connection_id}&fields=biography").json()
        assert pulled["updated"] == ["biography"]


class TestLocks:
    def asking(self, servers: House, **values: Any) -> ArtistLink:
        """A library of the artist asks for locked files."""
        link = pushing(servers, **values)
        make_library("Locking", nfo_lock_data=True).memberships.create(artist=link.artist)
        return link

    def test_an_edit_takes_the_lock_along_in_two_calls(self, servers: House) -> None:
        link = self.asking(servers, locked_fields=["genres"])
        set_field(link.artist, "biography", "Typed here.")
        assert len(servers.exchanges) == 2
        item = item_of(servers)
        assert (item["LockData"], item["LockedFields"], item["Overview"]) == (True, ["Genres"], "Typed here.")

    def test_where_nobody_asks_the_lock_of_the_server_stays(self, servers: House) -> None:
        link = pushing(servers)
        item_of(servers)["LockData"] = True
        set_field(link.artist, "biography", "Typed here.")
        assert item_of(servers)["LockData"] is True

    def test_when_nobody_asks_any_more_our_lock_goes(self, servers: House) -> None:
        link = self.asking(servers)
        set_field(link.artist, "biography", "Typed here.")
        Library.objects.update(nfo_lock_data=False)
        set_field(link.artist, "biography", "Typed again.")
        assert item_of(servers)["LockData"] is False

    def test_a_lock_that_was_sent_by_hand_is_kept_in_agreement(self, servers: House) -> None:
        """Bug 46: unlocked here, it is unlocked there."""
        link = pushing(servers)
        lock_artist(link.artist)
        assert item_of(servers)["LockData"] is False
        assert push_lock(link)
        assert item_of(servers)["LockData"] is True
        unlock_artist(link.artist)
        assert item_of(servers)["LockData"] is False

    def test_the_page_offers_it_where_it_differs(self, operator_client: Client, servers: House) -> None:
        link = linked(servers)
        lock_artist(link.artist)
        page = f"/artists/{link.artist_id}/servers/{link.pk}"
        assert "Lock there as here" in operator_client.get(page).content.decode()
        assert "locked there as it is here" in operator_client.post(f"{page}/lock", follow=True).content.decode()
        assert item_of(servers)["LockData"] is True

"""Sending to servers and taking over from them: only what differs, never a blank over a value, every failure seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from artists.demo.replies import Reply
from artists.models import Artist
from artists.services.editing import set_field
from connections.models import ArtistLink, Connection
from connections.services.connections import change_connection, set_features
from connections.services.links import set_link
from connections.services.pull import pull_artist
from connections.services.push import push_artist, push_due, want_push
from connections.services.sync_values import values_from, values_of
from stillwater import events
from stillwater.errors import Invalid
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.builders import make_artist
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db(transaction=True)


def linked(servers: House, kind: str = "jellyfin", **values: Any) -> ArtistLink:
    """Quillfen Harbor as that server has them, and as we do."""
    values = {"musicbrainz_id": MBID, "genres": list(QUILLFEN.genres), **values}
    artist = make_artist(QUILLFEN.name, type="group", **values)
    return set_link(artist, connect(servers, kind), item_of(servers, kind)["Id"])


def item_of(servers: House, kind: str = "jellyfin") -> dict[str, Any]:
    items = getattr(servers, kind).shelf.items.values()
    return next(item for item in items if item["ProviderIds"]["MusicBrainzArtist"] == MBID)


def pushing(servers: House, **values: Any) -> ArtistLink:
    link = linked(servers, **values)
    set_features(link.connection, {"feature_metadata_push": True})
    servers.exchanges.clear()
    return link


@pytest.fixture
def told() -> Iterator[list[events.Payload]]:
    """The failures that were told of."""
    heard: list[events.Payload] = []
    listen = heard.append
    events.subscribe("connection.push_failed", listen)
    yield heard
    events._subscribers["connection.push_failed"].remove(listen)


class TestWords:
    def test_a_group_sends_formed_and_a_person_born(self) -> None:
        life = {"born": "1970", "formed": "1999", "died": "2001", "disbanded": "2010"}
        assert (values_of(Artist(type="group", **life)).began, values_of(Artist(type="solo", **life)).began) == (
            "1999",
            "1970",
        )
        assert values_of(Artist(formed="1999")).began == "1999"

    def test_what_a_server_tells_of_a_year_is_no_news(self, servers: House) -> None:
        link = linked(servers, formed="2004", biography=QUILLFEN.biography)
        assert values_from(link.artist, servers.said_of(link)) == {}


class TestPushing:
    @pytest.mark.parametrize("kind", ["emby", "jellyfin"])
    def test_only_what_differs_is_sent_in_two_calls(self, servers: House, kind: str) -> None:
        link = linked(servers, kind, biography="Ours.")
        servers.exchanges.clear()
        assert push_artist(link)
        assert item_of(servers, kind)["Overview"] == "Ours."
        assert len(servers.exchanges) == 2
        assert not push_artist(link)
        assert len(servers.exchanges) == 3

    def test_the_switch_asks_for_a_refresh(self, servers: House) -> None:
        link = linked(servers, biography="Ours.")
        set_features(link.connection, {"feature_trigger_refresh": True})
        push_artist(ArtistLink.objects.get())
        assert servers.jellyfin.shelf.refreshed == [link.platform_artist_id]

    def test_a_server_that_is_off_or_takes_nothing_is_refused(self, servers: House) -> None:
        link = linked(servers)
        change_connection(link.connection, {"enabled": False})
        with pytest.raises(Invalid, match="switched off"):
            push_artist(link)
        lidarr = set_link(make_artist("Other"), connect(servers, "lidarr"), "1")
        with pytest.raises(Invalid, match="takes no metadata"):
            push_artist(lidarr)


class TestByItself:
    def test_an_edit_reaches_the_server(self, servers: House) -> None:
        link = pushing(servers)
        set_field(link.artist, "biography", "Typed here.")
        assert item_of(servers)["Overview"] == "Typed here."
        link.refresh_from_db()
        assert (link.push_due_at, link.push_problem) == (None, "")
        assert link.pushed_at

    def test_without_the_switch_nothing_is_sent(self, servers: House) -> None:
        link = linked(servers)
        servers.exchanges.clear()
        set_field(link.artist, "biography", "Typed here.")
        assert servers.exchanges == []

    def test_many_edits_before_its_turn_are_one_push(self, servers: House) -> None:
        link = pushing(servers, biography="Ours.")
        for _ in range(5):
            want_push([link.artist_id])
        push_due()
        assert len(servers.asked("POST")) == 1

    def test_silence_is_tried_again_later_and_can_be_seen(self, servers: House) -> None:
        link = pushing(servers)
        servers.jellyfin.fault = "500"
        set_field(link.artist, "biography", "Typed here.")
        link.refresh_from_db()
        assert link.push_due_at > timezone.now()
        assert "in trouble" in link.push_problem
        servers.jellyfin.fault = ""
        ArtistLink.objects.update(push_due_at=timezone.now())
        push_due()
        link.refresh_from_db()
        assert (link.push_due_at, link.push_problem) == (None, "")

    def test_a_refusal_is_not_repeated(self, servers: House) -> None:
        link = pushing(servers)
        servers.jellyfin.shelf.key = "changed"
        set_field(link.artist, "biography", "Typed here.")
        link.refresh_from_db()
        assert link.push_due_at is None
        assert "does not accept this key" in link.push_problem

    def test_a_silent_server_is_asked_once_for_all_that_wait(self, servers: House) -> None:
        link = pushing(servers)
        other = set_link(make_artist("Other"), link.connection, "other")
        servers.instead = lambda question: Reply(500)
        ArtistLink.objects.update(push_due_at=timezone.now())
        push_due()
        other.refresh_from_db()
        assert other.push_due_at > timezone.now()
        assert servers.asked() == [f"GET /Items/{link.platform_artist_id}"]

    def test_one_artist_that_a_server_does_not_know_is_gone_there(self, servers: House) -> None:
        """Bug 42."""
        link = pushing(servers, biography="Ours.")
        other = set_link(make_artist("Other"), link.connection, "other")
        ArtistLink.objects.update(push_due_at=timezone.now())
        assert (push_due().sent, item_of(servers)["Overview"]) == (1, "Ours.")
        other.refresh_from_db()
        assert (other.push_due_at, other.push_problem) == (None, "Jellyfin has no such item")

    def test_a_server_that_knows_none_of_several_is_in_trouble_itself(
        self, servers: House, told: list[events.Payload]
    ) -> None:
        """Bug 42: all that wait are kept, and one failure is told."""
        link = pushing(servers, biography="Ours.")
        set_link(make_artist("Other"), link.connection, "other")
        ArtistLink.objects.update(push_due_at=timezone.now())
        items, servers.jellyfin.shelf.items = servers.jellyfin.shelf.items, {}
        assert push_due().failed == 2
        problem = "The jellyfin knows none of the 2 artists that it was asked for"
        assert [each.push_problem for each in ArtistLink.objects.all()] == [problem, problem]
        assert all(each.push_due_at > timezone.now() for each in ArtistLink.objects.all())
        assert len(told) == 1
        servers.jellyfin.shelf.items = items
        ArtistLink.objects.filter(pk=link.pk).update(push_due_at=timezone.now())
        assert push_due().sent == 1


class TestPulling:
    def test_what_the_server_says_is_taken_over_and_can_be_undone(self, servers: House) -> None:
        link = linked(servers)
        assert pull_artist(link) == ["biography", "formed"]
        artist = Artist.objects.get()
        assert (artist.biography, artist.metadata_sources["biography"]) == (QUILLFEN.biography, "jellyfin")
        assert artist.operations.filter(summary="Pulled from The jellyfin").exists()

    def test_a_lock_holds_and_a_blank_replaces_nothing(self, servers: House) -> None:
        item_of(servers)["Genres"] = []
        link = linked(servers, biography="Mine.", locked_fields=["biography"], formed="2004")
        assert pull_artist(link) == []
        artist = Artist.objects.get()
        assert (artist.biography, artist.genres) == ("Mine.", list(QUILLFEN.genres))

    def test_what_a_server_told_is_not_sent_to_it_as_a_change(self, servers: House) -> None:
        link = pushing(servers)
        pull_artist(link)
        assert Connection.objects.get().status == "ok"
        assert item_of(servers)["Overview"] == QUILLFEN.biography

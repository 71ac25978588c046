"""The servers' backdrops: listed, looked at through us, told from ours by what they show, and taken over."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from artists.imaging.headers import read_header_bytes
from artists.models import ArtistImage
from connections.demo.shelf import HeldPicture
from connections.models import ArtistLink
from connections.services.push_images import push_images
from tests.artists.api.test_libraries_api import send
from tests.builders import make_artist
from tests.connections.conftest import House
from tests.connections.services.test_push import linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(servers: House) -> ArtistLink:
    """Quillfen Harbor without a folder; the server shows two backdrops."""
    return linked(servers)


def at(link: ArtistLink, rest: str) -> str:
    return f"/api/v1/artists/{link.artist_id}/{rest}"


def listed(client: Client, link: ArtistLink) -> list[dict[str, Any]]:
    found = client.get(at(link, "platform-backdrops")).json()["connections"]
    return list(found[0]["backdrops"]) if found else []


def take(client: Client, link: ArtistLink, index: int, slot: int) -> Any:
    body = {"connection_id": str(link.connection_id), "platform_index": index}
    return send(client, "POST", at(link, f"images/fanart/{slot}/assign"), body)


def state(client: Client, link: ArtistLink) -> dict[str, Any]:
    return dict(client.get(at(link, "fanart-sync-state")).json())


def test_an_artist_that_no_server_knows_has_none(operator_client: Client) -> None:
    artist = make_artist()
    assert operator_client.get(f"/api/v1/artists/{artist.pk}/platform-backdrops").json() == {"connections": []}
    sync = operator_client.get(f"/api/v1/artists/{artist.pk}/fanart-sync-state").json()
    assert sync == {"slots": [], "state": "no_connections"}


def test_each_is_listed_with_an_address_of_ours(operator_client: Client, link: ArtistLink) -> None:
    backdrops = listed(operator_client, link)
    assert [each["index"] for each in backdrops] == [0, 1]
    assert all(each["thumbnail_url"].startswith(at(link, "platform-backdrops/")) for each in backdrops)


def test_a_server_that_fails_is_left_out(operator_client: Client, servers: House, link: ArtistLink) -> None:
    servers.jellyfin.fault = "500"
    assert listed(operator_client, link) == []


class TestLooking:
    def test_a_small_copy_comes_through_us_and_is_fetched_once(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        address = listed(operator_client, link)[1]["thumbnail_url"]
        servers.exchanges.clear()
        first = operator_client.get(address)
        assert (first["Content-Type"], first["Cache-Control"]) == ("image/webp", "private, max-age=3600")
        assert read_header_bytes(first.content).width == 512
        assert servers.asked() == [
            f"GET /Items/{link.platform_artist_id}", f"GET /Items/{link.platform_artist_id}/Images/Backdrop/1",
        ]  # fmt: skip
        assert operator_client.get(address).content == first.content
        assert len(servers.exchanges) == 2

    def test_one_that_moved_is_found_by_its_mark(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        address = listed(operator_client, link)[1]["thumbnail_url"]
        del servers.jellyfin.shelf.held(link.platform_artist_id, "Backdrop")[0]
        assert operator_client.get(address).status_code == 200
        assert servers.asked()[-1].endswith("/Images/Backdrop/0")

    def test_one_that_is_gone_or_never_was_is_not_found(self, operator_client: Client, link: ArtistLink) -> None:
        base = at(link, f"platform-backdrops/{link.connection_id}")
        for rest in ("7/thumbnail", "0/thumbnail?v=other"):
            assert operator_client.get(f"{base}/{rest}").status_code == 404
        assert operator_client.get(at(link, "platform-backdrops/999/0/thumbnail")).status_code == 404

    def test_a_failure_and_what_is_no_picture_are_the_servers_fault(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        url = at(link, f"platform-backdrops/{link.connection_id}/0/thumbnail")
        servers.jellyfin.shelf.held(link.platform_artist_id, "Backdrop")[0] = HeldPicture.of(b"no", "image/jpeg")
        assert operator_client.get(url).status_code == 502
        servers.jellyfin.fault = "500"
        assert operator_client.get(url).status_code == 502


class TestTakingOver:
    def test_a_backdrop_lands_in_the_slot_after_the_last(self, operator_client: Client, link: ArtistLink) -> None:
        answer = take(operator_client, link, 1, 0)
        assert answer.json() == {"status": "ok", "slot": 0, "count": 1, "sync_warnings": []}
        image = ArtistImage.objects.get()
        assert (image.kind, image.source, image.locked) == ("fanart", "jellyfin", True)

    def test_a_slot_beyond_and_a_picture_that_is_not_there_are_refused(
        self, operator_client: Client, link: ArtistLink
    ) -> None:
        assert take(operator_client, link, 0, 3).status_code == 400
        assert take(operator_client, link, 9, 0).status_code == 404
        assert not ArtistImage.objects.exists()

    def test_a_server_that_fails_changes_nothing(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        servers.jellyfin.fault = "500"
        assert take(operator_client, link, 0, 0).status_code == 502


class TestAgreement:
    def test_as_many_pictures_are_not_the_same_pictures(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        take(operator_client, link, 0, 0)
        servers.jellyfin.shelf.held(link.platform_artist_id, "Backdrop").pop(0)
        found = state(operator_client, link)
        assert (found["state"], found["slots"][0]["connections"][0]["synced"]) == ("unsynced", False)

    def test_what_shows_the_same_is_in_agreement_wherever_it_lies(
        self, operator_client: Client, link: ArtistLink
    ) -> None:
        """What was taken over carries our mark, so its bytes are others than the server's."""
        take(operator_client, link, 1, 0)
        assert state(operator_client, link)["state"] == "synced"

    def test_what_shows_the_same_is_not_sent_again(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        take(operator_client, link, 0, 0)
        take(operator_client, link, 1, 1)
        assert push_images(link).uploaded == []
        assert servers.asked("POST") == []

    def test_looking_twice_fetches_no_picture_twice(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        take(operator_client, link, 0, 0)
        state(operator_client, link)
        servers.exchanges.clear()
        assert state(operator_client, link)["state"] == "synced"
        assert servers.asked() == [f"GET /Items/{link.platform_artist_id}"]

    def test_a_silent_server_is_not_one_without_the_picture(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        take(operator_client, link, 0, 0)
        servers.jellyfin.fault = "500"
        found = state(operator_client, link)
        assert (found["state"], found["slots"][0]["connections"]) == ("unknown", [])


class TestPages:
    def test_the_card_shows_what_is_there_and_takes_it_over(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        page = f"/artists/{link.artist_id}/servers/{link.pk}/pictures"
        shown = operator_client.get(page).content.decode()
        assert shown.count("not here") == 5
        assert servers.origin not in shown
        tag = servers.jellyfin.shelf.held(link.platform_artist_id, "Primary")[0].tag
        taken = operator_client.post(f"{page}/take", {"kind": "thumb", "tag": tag}, follow=True).content.decode()
        assert "the same as thumb" in taken
        assert operator_client.get(f"{page}/thumb?v={tag}")["Content-Type"] == "image/webp"

    def test_pictures_are_sent_and_deleted_there(
        self, operator_client: Client, servers: House, link: ArtistLink, tmp_path: Path
    ) -> None:
        page = f"/artists/{link.artist_id}/servers/{link.pk}/pictures"
        held = servers.jellyfin.shelf.held(link.platform_artist_id, "Backdrop")
        kept = held[0]
        gone = operator_client.post(f"{page}/remove", {"kind": "fanart", "tag": held[1].tag}, follow=True)
        assert "gone from The jellyfin" in gone.content.decode()
        assert held == [kept]
        assert "same pictures already" in operator_client.post(f"{page}/send", follow=True).content.decode()
        tag = servers.jellyfin.shelf.held(link.platform_artist_id, "Primary")[0].tag
        operator_client.post(f"{page}/take", {"kind": "thumb", "tag": tag})
        servers.jellyfin.shelf.held(link.platform_artist_id, "Primary").clear()
        assert "Sent: thumb" in operator_client.post(f"{page}/send", follow=True).content.decode()

    def test_a_silent_server_is_a_panel_that_says_so(
        self, operator_client: Client, servers: House, link: ArtistLink
    ) -> None:
        servers.jellyfin.fault = "500"
        page = operator_client.get(f"/artists/{link.artist_id}/servers/{link.pk}/pictures").content.decode()
        assert "is in trouble" in page

    def test_operations_answer_htmx_with_the_panels(self, operator_client: Client, link: ArtistLink) -> None:
        for rest in ("platform-backdrops", "fanart-sync-state"):
            answer = operator_client.get(at(link, rest), headers={"HX-Request": "true"}).content.decode()
            assert "Pictures on The jellyfin" in answer

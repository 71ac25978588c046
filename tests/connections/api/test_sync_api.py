"""Push, pull and the state card over REST, and the pages that offer them."""

import pytest
from django.test import Client

from artists.models import Artist
from connections.models import ArtistLink
from stillwater.outbound.circuits import FAILURES_TO_OPEN
from tests.artists.api.test_libraries_api import send
from tests.artists.providers.acts import QUILLFEN
from tests.builders import make_artist
from tests.connections.conftest import House, connect
from tests.connections.services.test_push import item_of, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(servers: House) -> ArtistLink:
    return linked(servers, biography="Ours.")


def test_push_and_pull(operator_client: Client, servers: House, link: ArtistLink) -> None:
    url = f"/api/v1/artists/{link.artist_id}"
    body = {"connection_id": str(link.connection_id)}
    assert send(operator_client, "POST", f"{url}/push", body).json() == {"status": "pushed"}
    assert item_of(servers)["Overview"] == "Ours."
    item_of(servers)["Overview"] = "Theirs."
    pulled = send(operator_client, "POST", f"{url}/pull?connection_id={link.connection_id}").json()
    assert pulled == {"status": "pulled", "updated": ["biography", "formed"]}
    assert Artist.objects.get().biography == "Theirs."


def test_an_artist_that_is_not_linked_is_refused_unless_the_item_is_named(
    operator_client: Client, servers: House
) -> None:
    artist, connection = make_artist(QUILLFEN.name, biography="Ours."), connect(servers, "jellyfin")
    url, body = f"/api/v1/artists/{artist.pk}", {"connection_id": str(connection.pk)}
    assert send(operator_client, "POST", f"{url}/push", body).status_code == 400
    named = {**body, "platform_artist_id": item_of(servers)["Id"]}
    assert send(operator_client, "POST", f"{url}/push", named).status_code == 200
    assert not ArtistLink.objects.exists()
    assert operator_client.get(f"{url}/platform-state?connection_id={connection.pk}").status_code == 404


def test_a_server_that_fails_is_a_failure(operator_client: Client, servers: House, link: ArtistLink) -> None:
    servers.jellyfin.fault = "500"
    answer = send(
        operator_client, "POST", f"/api/v1/artists/{link.artist_id}/push", {"connection_id": str(link.connection_id)}
    )
    assert answer.status_code == 500
    assert "in trouble" in answer.json()["error"]


def test_the_card_shows_both_sides_in_full(operator_client: Client, servers: House, link: ArtistLink) -> None:
    url = f"/api/v1/artists/{link.artist_id}/platform-state?connection_id={link.connection_id}"
    card = operator_client.get(url).content.decode()
    assert "Ours." in card
    assert QUILLFEN.biography in card
    assert "Send ours" in card
    assert "Send ours" not in operator_client.get(f"{url}&readonly=true").content.decode()
    servers.jellyfin.fault = "500"
    assert "Ask again" in operator_client.get(url).content.decode()


def test_the_pages_send_and_take_over_without_scripts(
    operator_client: Client, servers: House, link: ArtistLink
) -> None:
    page = f"/artists/{link.artist_id}/servers"
    assert "Ask The jellyfin now" in operator_client.get(page).content.decode()
    card = f"{page}/{link.pk}"
    assert "differences" in operator_client.get(card).content.decode()
    assert "It says the same now." in operator_client.post(f"{card}/push", follow=True).content.decode()
    item_of(servers)["Overview"] = "Theirs."
    assert "Taken over: biography" in operator_client.post(f"{card}/pull", follow=True).content.decode()
    servers.jellyfin.fault = "500"
    assert "is in trouble" in operator_client.post(f"{card}/push", follow=True).content.decode()


def test_history_names_the_server_that_a_value_is_from(
    operator_client: Client, servers: House, link: ArtistLink
) -> None:
    operator_client.post(f"/artists/{link.artist_id}/servers/{link.pk}/pull")
    history = operator_client.get(f"/artists/{link.artist_id}/history").content.decode()
    assert ", Jellyfin</small>" in history
    assert "provider:" not in history


def test_a_pull_asks_with_what_it_would_take_over_and_is_not_offered_where_that_is_nothing(
    operator_client: Client, servers: House, link: ArtistLink
) -> None:
    url = f"/artists/{link.artist_id}/servers/{link.pk}"
    card = operator_client.get(url).content.decode()
    assert "Take over from The jellyfin: biography" in card
    assert f'data-confirm-shows="#biography-{link.pk}-sides"' in card
    operator_client.post(f"{url}/pull")
    assert "Take theirs over" not in operator_client.get(url).content.decode()


def test_pictures_of_a_server_that_fails_can_be_asked_for_again(
    operator_client: Client, servers: House, link: ArtistLink
) -> None:
    servers.jellyfin.fault = "500"
    panel = operator_client.get(f"/artists/{link.artist_id}/servers/{link.pk}/pictures").content.decode()
    assert "in trouble" in panel
    assert "Ask again" in panel


def test_who_asks_again_gets_through_to_a_server_that_was_left_alone_and_opens_it_for_all(
    operator_client: Client, servers: House, link: ArtistLink
) -> None:
    url = f"/artists/{link.artist_id}/servers/{link.pk}"
    servers.jellyfin.fault = "500"
    for _time in range(FAILURES_TO_OPEN):
        operator_client.get(url)
    servers.jellyfin.fault = ""
    assert "left alone for a while" in operator_client.get(url).content.decode()
    assert "Send ours" in operator_client.get(f"{url}?again=1").content.decode()
    assert "Send ours" in operator_client.get(url).content.decode()

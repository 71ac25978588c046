"""Lidarr beside us: where it has the folder, and the items of artists that became part of others."""

from pathlib import Path

import pytest
from django.test import Client

from artists.models import Artist
from artists.services.merging.merging import merge
from artists.services.undo import undo_group
from connections.models import ArtistLink
from connections.services.folder_state import Leftover, folder_state
from connections.services.links import set_link
from connections.services.paths import add_mapping
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(servers: House, tmp_path: Path) -> ArtistLink:
    """The first item of Lidarr, whose folder is as Lidarr has it; it writes nothing."""
    for consumer in servers.lidarr.consumers:
        consumer["enable"] = False
    first = servers.lidarr.artists[0]
    folder = tmp_path / first["path"].rpartition("/")[2]
    folder.mkdir()
    connection = connect(servers, "lidarr")
    add_mapping(connection, first["path"].rpartition("/")[0], str(tmp_path))
    artist = make_artist("Quillfen Harbor", library=make_library(path=tmp_path), path=str(folder))
    return set_link(artist, connection, "1")


def other(link: ArtistLink, item_id: str) -> Artist:
    """Another artist of ours, whose item is another one of the same Lidarr."""
    artist = make_artist("Harbor, Quillfen")
    set_link(artist, link.connection, item_id)
    return artist


def test_in_agreement_there_is_no_difference(link: ArtistLink) -> None:
    assert folder_state(link).differences == 0


def test_another_folder_there_is_told(servers: House, link: ArtistLink) -> None:
    servers.lidarr.artists[0]["path"] = "/media/music/Elsewhere"
    state = folder_state(link)
    assert (state.moved, state.theirs) == (True, "/media/music/Elsewhere")


class TestMerged:
    def test_the_item_of_the_other_one_is_told_until_it_is_gone_there(self, servers: House, link: ArtistLink) -> None:
        merge(link.artist, [other(link, "2")], override=True)
        second = servers.lidarr.artists[1]
        assert folder_state(link).leftovers == (Leftover(second["artistName"], second["path"]),)
        servers.strays = True
        del servers.lidarr.artists[1]
        assert folder_state(link).leftovers == ()

    def test_also_of_one_that_had_become_part_of_the_other_before(self, servers: House, link: ArtistLink) -> None:
        between = make_artist("Harbor")
        set_link(between, link.connection, "3")
        merge(between, [other(link, "2")], override=True)
        merge(link.artist, [between], override=True)
        assert len(folder_state(link).leftovers) == len(servers.lidarr.artists[1:3])

    def test_taken_back_it_is_nobodys_leftover(self, link: ArtistLink) -> None:
        merge(link.artist, [other(link, "2")], override=True)
        undo_group(link.artist.operations.order_by("-pk")[0].group)
        assert folder_state(link).leftovers == ()

    def test_the_card_says_what_to_do(self, operator_client: Client, servers: House, link: ArtistLink) -> None:
        merge(link.artist, [other(link, "2")], override=True)
        page = operator_client.get(f"/artists/{link.artist_id}/servers/{link.pk}").content.decode()
        assert f"still has {servers.lidarr.artists[1]['artistName']}" in page
        assert "1 difference" in page
        assert "no answer" not in page

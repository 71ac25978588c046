"""`manage.py push` and `manage.py pull`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from artists.models import Artist
from connections.models import ArtistLink
from connections.services.links import set_link
from tests.artists.providers.acts import QUILLFEN
from tests.connections.conftest import House, connect
from tests.connections.services.test_push import item_of, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(servers: House) -> ArtistLink:
    return linked(servers, biography="Ours.")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_only_what_is_named_is_sent(servers: House, link: ArtistLink) -> None:
    item_of(servers)["Genres"] = ["Other"]
    assert said("push", str(link.artist_id), "--fields", "genres") == "Quillfen Harbor on The jellyfin: sent\n"
    assert (item_of(servers)["Genres"], item_of(servers)["Overview"]) == (list(QUILLFEN.genres), QUILLFEN.biography)


def test_pull_takes_over_what_differs(servers: House, link: ArtistLink) -> None:
    assert "biography, formed" in said("pull", str(link.artist_id))
    assert Artist.objects.get().biography == QUILLFEN.biography
    assert "nothing to take over" in said("pull", str(link.artist_id))


def test_of_several_servers_one_has_to_be_named(servers: House, link: ArtistLink) -> None:
    set_link(link.artist, connect(servers, "emby"), item_of(servers, "emby")["Id"])
    with pytest.raises(CommandError, match="several servers"):
        said("pull", str(link.artist_id))
    assert "on The emby" in said("pull", str(link.artist_id), "--server", "The emby")
    with pytest.raises(CommandError, match="not linked to a connection called Other"):
        said("pull", str(link.artist_id), "--server", "Other")


def test_pictures_are_sent_when_asked(servers: House, link: ArtistLink) -> None:
    assert "equal already" in said("push", str(link.artist_id), "--pictures")


def test_a_failure_and_an_unknown_field_are_exit_codes(servers: House, link: ArtistLink) -> None:
    with pytest.raises(SystemExit):
        said("push", str(link.artist_id), "--fields", "shoe_size")
    servers.jellyfin.fault = "500"
    with pytest.raises(SystemExit):
        said("pull", str(link.artist_id))

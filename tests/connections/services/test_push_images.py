"""Pictures on their way to servers: none twice, none multiplied, none of ours lost."""

from pathlib import Path
from typing import Any

import pytest

from artists.demo.replies import Question, Reply
from connections.demo.houses import leave_folders_alone
from connections.models import ArtistLink
from connections.services.connections import set_features
from connections.services.ledger import refresh
from connections.services.push_images import delete_image, push_images
from stillwater.errors import Invalid, WriteBlocked
from tests.artists.api.test_libraries_api import send
from tests.builders import make_image, make_library
from tests.connections.conftest import House
from tests.connections.services.test_push import linked

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20


@pytest.fixture
def link(servers: House, tmp_path: Path) -> ArtistLink:
    """Two backdrops and a thumb on disk."""
    folder = tmp_path / "music" / "Quillfen Harbor"
    folder.mkdir(parents=True)
    leave_folders_alone(servers.jellyfin)
    link = linked(servers, path=str(folder))
    make_library(path=tmp_path / "music").memberships.create(artist=link.artist)
    for name, kind, slot in (("folder.jpg", "thumb", 0), ("fanart.jpg", "fanart", 0), ("fanart1.jpg", "fanart", 1)):
        (folder / name).write_bytes(JPEG + name.encode())
        make_image(link.artist, kind, slot, file_name=name)
    servers.exchanges.clear()
    return link


def held(servers: House, link: ArtistLink, kind: str) -> list[bytes]:
    return [picture.draw() for picture in servers.jellyfin.shelf.held(link.platform_artist_id, kind)]


def test_what_differs_is_sent_and_nothing_twice(servers: House, link: ArtistLink) -> None:
    """Weirdness 58: pushing all twice leaves each backdrop once."""
    first = push_images(link)
    assert (first.uploaded, first.errors) == (["thumb", "fanart[0]", "fanart[1]"], [])
    assert held(servers, link, "Backdrop") == [JPEG + b"fanart.jpg", JPEG + b"fanart1.jpg"]
    assert push_images(link).uploaded == []
    assert len(held(servers, link, "Backdrop")) == 2


def test_kinds_that_we_have_not_stay_on_the_server(servers: House, link: ArtistLink) -> None:
    push_images(link)
    assert len(held(servers, link, "Logo")) == 1


def test_a_backdrop_that_cannot_be_read_takes_none_off_the_server(servers: House, link: ArtistLink) -> None:
    before = len(held(servers, link, "Backdrop"))
    (Path(link.artist.path) / "fanart1.jpg").unlink()
    result = push_images(link, ["fanart"])
    assert result.errors[0].startswith("fanart: ")
    assert len(held(servers, link, "Backdrop")) == before


def test_a_file_that_the_server_removes_after_the_upload_is_put_back_and_told(servers: House, link: ArtistLink) -> None:
    """Bug 35."""
    ours = Path(link.artist.path) / "folder.jpg"

    def removing(question: Question) -> Reply | None:
        if question.method == "POST":
            ours.unlink(missing_ok=True)
        return None

    servers.instead = removing
    result = push_images(link, ["thumb"])
    assert ours.read_bytes() == JPEG + b"folder.jpg"
    assert "removed or replaced folder.jpg" in result.errors[0]


def test_one_kind_that_fails_leaves_the_others(servers: House, link: ArtistLink) -> None:
    servers.instead = lambda asked: Reply(400) if asked.method == "POST" and "Primary" in asked.path else None
    result = push_images(link)
    assert result.uploaded == ["fanart[0]", "fanart[1]"]
    assert result.errors[0].startswith("thumb: ")


def test_the_switch_and_unknown_kinds_are_refused(servers: House, link: ArtistLink) -> None:
    with pytest.raises(Invalid):
        push_images(link, ["poster"])
    set_features(link.connection, {"feature_image_write": False})
    with pytest.raises(Invalid, match="switched off"):
        push_images(ArtistLink.objects.get())


def test_all_backdrops_are_taken_off_and_ours_stay(servers: House, link: ArtistLink) -> None:
    delete_image(link, "fanart")
    assert held(servers, link, "Backdrop") == []
    assert (Path(link.artist.path) / "fanart.jpg").exists()


def test_over_rest(operator_client: Any, servers: House, link: ArtistLink) -> None:
    url, body = f"/api/v1/artists/{link.artist_id}/push/images", {"connection_id": str(link.connection_id)}
    assert send(operator_client, "POST", url, {**body, "image_types": ["thumb"]}).json()["uploaded"] == ["thumb"]
    assert send(operator_client, "DELETE", f"{url}/logo", body).json() == {"status": "deleted"}
    assert send(operator_client, "POST", url, {**body, "image_types": ["poster"]}).status_code == 400


class TestAServerThatSavesPicturesIntoOurFolder:
    """It would write over our files what it is sent, and remove ours along with its own."""

    @pytest.fixture(autouse=True)
    def _loud(self, servers: House, link: ArtistLink) -> None:
        for folder in servers.jellyfin.shelf.folders:
            folder["LibraryOptions"]["SaveLocalMetadata"] = True
        refresh()
        servers.exchanges.clear()

    def test_it_is_sent_nothing_and_loses_nothing(self, servers: House, link: ArtistLink) -> None:
        with pytest.raises(WriteBlocked, match="The jellyfin writes pictures"):
            push_images(link)
        with pytest.raises(WriteBlocked, match="let Stillwater manage"):
            delete_image(link, "logo")
        assert servers.exchanges == []

    def test_an_artist_without_a_folder_is_sent_all_the_same(self, servers: House, link: ArtistLink) -> None:
        link.artist.path = ""
        push_images(link)
        assert servers.exchanges

    @pytest.mark.parametrize(("method", "rest"), [("POST", ""), ("DELETE", "/logo")])
    def test_over_rest_it_is_told_with_the_ledger(
        self, operator_client: Any, link: ArtistLink, method: str, rest: str
    ) -> None:
        url = f"/api/v1/artists/{link.artist_id}/push/images{rest}"
        answer = send(operator_client, method, url, {"connection_id": str(link.connection_id)})
        assert answer.status_code == 409
        assert (answer.json()["error"], answer.json()["axis"]) == ("image_write_blocked", "image")
        assert answer.json()["ledger"]["connections"][0]["image_writeback"] is True

"""The pictures of a server come with its artists where these have no folder and no picture, and only once."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from artists.demo.replies import Question, Reply
from artists.models import Artist, ArtistImage, Library
from artists.services.locks import lock_artist
from artists.services.pictures.rearranging import remove_pictures
from connections.clients.errors import ClientError
from connections.demo.shelf import HeldPicture
from connections.models import ArtistLink, Connection
from connections.services.bring_pictures import bring_pictures
from connections.services.connections import set_features
from connections.services.discovery import import_libraries
from connections.services.links import set_link
from connections.services.populate import populate
from connections.tasks.libraries import start_populate
from stillwater.models import Job
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db
ALL = [("banner", 0), ("fanart", 0), ("fanart", 1), ("logo", 0), ("thumb", 0)]


@pytest.fixture
def library(servers: House) -> Library:
    """Quillfen Harbor and Oda Brackwell, as Emby has them."""
    (library,) = import_libraries(connect(servers, "emby"), [("4", "")])
    populate(library)
    return library


def quillfen() -> Artist:
    return Artist.objects.get(musicbrainz_id=MBID)


def here(artist: Artist | None = None) -> list[tuple[str, int]]:
    images = ArtistImage.objects.filter(artist=artist or quillfen(), exists=True).order_by("kind", "slot")
    return [(image.kind, image.slot) for image in images]


def held(servers: House, kind: str) -> list[HeldPicture]:
    return servers.emby.shelf.held("1000", kind)


def test_an_artist_without_a_folder_gets_them_into_our_cache(servers: House, library: Library) -> None:
    result = bring_pictures(library)
    assert (result.pictures, result.artists, result.problems) == (6, 2, [])
    assert here() == ALL
    image = ArtistImage.objects.filter(kind="thumb", artist=quillfen()).get()
    assert (Path(settings.STILLWATER_DATA) / "cache" / "images" / str(image.artist_id) / image.file_name).exists()
    assert (image.source, image.locked) == ("emby", False)
    assert quillfen().operations.filter(source="import").count() == 5


def test_the_import_brings_them_by_itself(
    servers: House, library: Library, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        start_populate(library)
    assert here() == ALL
    assert Job.objects.get(kind="server_pictures").state == "done"


def test_a_second_run_fetches_nothing(servers: House, library: Library) -> None:
    bring_pictures(library)
    servers.exchanges.clear()
    assert bring_pictures(library).pictures == 0
    assert not [each for each in servers.asked() if "/Images/" in each]


def test_the_switch_holds_them_back(servers: House, library: Library) -> None:
    set_features(Connection.objects.get(), {"feature_image_write": False})
    assert bring_pictures(library).pictures == 0
    assert here() == []


def test_whoever_has_a_folder_or_a_lock_gets_none(servers: House, tmp_path: Path) -> None:
    (tmp_path / QUILLFEN.name).mkdir()
    disk = make_library("Disk", tmp_path)
    artist = make_artist(QUILLFEN.name, library=disk, path=str(tmp_path / QUILLFEN.name), musicbrainz_id=MBID)
    (library,) = import_libraries(connect(servers, "emby"), [("4", "")])
    populate(library)
    lock_artist(Artist.objects.exclude(pk=artist.pk).get())
    assert bring_pictures(library).pictures == 0
    assert list((tmp_path / QUILLFEN.name).iterdir()) == []


def test_what_we_have_is_not_replaced(servers: House, library: Library) -> None:
    bring_pictures(library)
    before = ArtistImage.objects.get(kind="thumb", artist=quillfen()).content_hash
    held(servers, "Primary")[0] = held(servers, "Logo")[0]
    bring_pictures(library)
    assert ArtistImage.objects.get(kind="thumb", artist=quillfen()).content_hash == before


def test_a_picture_that_was_deleted_here_stays_deleted(servers: House, library: Library) -> None:
    bring_pictures(library)
    remove_pictures(quillfen(), "thumb")
    remove_pictures(quillfen(), "fanart")
    bring_pictures(library)
    assert here() == [("banner", 0), ("logo", 0)]


def test_the_same_backdrop_under_another_tag_comes_once(servers: House, library: Library) -> None:
    backdrops = held(servers, "Backdrop")
    backdrops.append(HeldPicture("another tag", backdrops[0].draw))
    bring_pictures(library)
    assert here() == ALL


def test_the_same_backdrop_under_41_tags_is_one_file(servers: House, library: Library) -> None:
    """Bug 40."""
    backdrops = held(servers, "Backdrop")
    first = backdrops[0]
    backdrops[:] = [HeldPicture(f"tag {number}", first.draw) for number in range(41)]
    bring_pictures(library)
    assert [slot for kind, slot in here() if kind == "fanart"] == [0]


def test_equal_ones_are_dropped_before_there_are_too_many(
    servers: House, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another backdrop behind 41 equal ones comes; what is beyond the limit comes neither now nor later."""
    monkeypatch.setattr("connections.services.bring_pictures.MOST_BACKDROPS", 2)
    backdrops = held(servers, "Backdrop")
    first, second = backdrops
    third = held(servers, "Primary")[0]
    backdrops[:] = [*(HeldPicture(f"tag {number}", first.draw) for number in range(41)), second, third]
    bring_pictures(library)
    assert here() == ALL
    remove_pictures(quillfen(), "fanart")
    assert bring_pictures(library).pictures == 0


def test_one_that_fails_leaves_the_others_and_is_tried_again(servers: House, library: Library) -> None:
    servers.instead = lambda asked: Reply(404) if asked.path.endswith("/1000/Images/Backdrop/0") else None
    result = bring_pictures(library)
    assert (result.failed, result.problems[0]) == (1, "Quillfen Harbor, fanart: Emby has no such item")
    assert here() == [each for each in ALL if each != ("fanart", 1)]
    servers.instead = lambda asked: None
    assert bring_pictures(library).pictures == 1
    assert here() == ALL


def test_a_server_that_falls_silent_is_left_and_taken_up_later(servers: House, library: Library) -> None:
    def silent(asked: Question) -> Reply | None:
        return Reply(500) if "/Images/Logo" in asked.path else None

    servers.instead = silent
    with pytest.raises(ClientError):
        bring_pictures(library)
    servers.instead = lambda asked: None
    bring_pictures(library)
    assert here() == ALL


def test_a_picture_of_another_server_stays_the_only_kind(servers: House, library: Library) -> None:
    """Our backdrops came from Emby: Jellyfin's are not put beside them."""
    bring_pictures(library)
    connection = connect(servers, "jellyfin")
    item_id = next(iter(servers.jellyfin.shelf.items))
    set_link(quillfen(), connection, item_id)
    (other,) = import_libraries(connection, [(servers.jellyfin.shelf.folders[0]["ItemId"], "")])
    assert bring_pictures(other).pictures == 0


def test_the_command_brings_them_when_asked(servers: House, library: Library, capsys: Any) -> None:
    call_command("populate", "--pictures")
    assert "6 pictures for 2 artists" in capsys.readouterr().out
    assert ArtistLink.objects.filter(brought=[]).count() == 0

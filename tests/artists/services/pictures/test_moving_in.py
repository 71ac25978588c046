"""Pictures that lie in our data folder, for want of another, move when their artist gets a folder; none is lost."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from artists.models import Artist, Library, Operation
from artists.sample import odd_encodings as odd
from artists.services.cut_off import sweep_cut_off
from artists.services.gates import join_guard, leave_guard
from artists.services.picture_cache import clear_cache
from artists.services.pictures.moving_in import move_in_all
from artists.services.pictures.places import cached_pictures
from artists.services.pictures.saving import Origin, save_picture
from artists.services.scanner.scanning import scan_libraries
from artists.services.snapshots import kept
from artists.services.undo import can_undo, undo
from stillwater.errors import Invalid, WriteBlocked
from tests.artists.services.music import MBID, nfo, picture, put
from tests.artists.services.pictures.breaking import Breakage, Killed, broken
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


def backdrop(number: int) -> bytes:
    return odd.saved(odd.scene((64, 36), number), "JPEG")


@pytest.fixture
def nell(library: Library) -> Artist:
    """Known from a server only: a hand-picked thumb and two backdrops, the second from a provider."""
    artist = make_artist("Nell Ash", musicbrainz_id=MBID.format(9))
    save_picture(artist, "thumb", picture(), Origin("upload"))
    save_picture(artist, "fanart", backdrop(1), Origin("upload"))
    save_picture(artist, "fanart", backdrop(2), Origin("fanarttv"), source="provider:fanarttv")
    return artist


@pytest.fixture
def home(nell: Artist) -> Path:
    return cached_pictures() / str(nell.pk)


@pytest.fixture
def place(library: Library, nell: Artist) -> Path:
    """The folder that comes: its NFO names the artist."""
    folder = Path(library.path) / "Nell Ash"
    put(folder / "artist.nfo", nfo("Nell Ash", musicbrainzartistid=MBID.format(9)))
    return folder


def rows(artist: Artist) -> list[tuple[object, ...]]:
    columns = ("kind", "slot", "file_name", "exists", "content_hash", "perceptual_hash", "source", "locked")
    return list(artist.images.order_by("kind", "slot").values_list(*columns))


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.iterdir() if path.suffix in (".jpg", ".png")] if folder.is_dir() else []
    return {path.name: path.read_bytes() for path in found}


class TestTheScanThatFindsTheFolder:
    def test_brings_files_and_rows_along_with_locks_and_sources(self, nell: Artist, home: Path, place: Path) -> None:
        before, pictures = rows(nell), files(home)
        scan_libraries()
        assert Artist.objects.get(musicbrainz_id=nell.musicbrainz_id).path == str(place)
        assert (files(place), files(home)) == (pictures, {})
        assert rows(nell) == before
        assert [row[-1] for row in rows(nell)] == [True, False, True]
        assert scan_libraries().updated_artists == 0
        assert rows(nell) == before

    def test_leaves_what_the_folder_has_and_lets_backdrops_follow(self, nell: Artist, home: Path, place: Path) -> None:
        old = files(home)
        put(place / "folder.jpg", picture(shade=10))
        put(place / "fanart.jpg", backdrop(7))
        scan_libraries()
        scan_libraries()
        assert files(home) == {}
        assert files(place) == {
            "folder.jpg": picture(shade=10),
            "fanart.jpg": backdrop(7),
            "fanart1.jpg": old["fanart1.jpg"],
            "fanart2.jpg": old["fanart.jpg"],
        }
        shown = nell.images.filter(exists=True).order_by("kind", "slot")
        assert list(shown.values_list("kind", "slot", "file_name")) == [
            ("fanart", 0, "fanart.jpg"), ("fanart", 1, "fanart1.jpg"), ("fanart", 2, "fanart2.jpg"),
            ("thumb", 0, "folder.jpg"),
        ]  # fmt: skip
        assert kept(hashlib.sha256(old["folder.jpg"]).hexdigest()) == old["folder.jpg"]

    def test_a_server_that_writes_there_keeps_them_waiting_and_no_sweep_takes_them(
        self, nell: Artist, home: Path, place: Path
    ) -> None:
        pictures = files(home)

        def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
            return {each.pk: WriteBlocked("a server writes there") for each in artists}

        join_guard(guard)
        try:
            assert "wait" in scan_libraries().notes[-1]
        finally:
            leave_guard(guard)
        clear_cache()
        assert (files(home), files(place)) == (pictures, {})
        scan_libraries()
        assert (files(place), files(home)) == (pictures, {})

    def test_is_no_change_to_take_back(self, nell: Artist, place: Path) -> None:
        scan_libraries()
        made = Operation.objects.get(source="move")
        assert not can_undo(made)
        with pytest.raises(Invalid, match="stay with the artist"):
            undo(made.pk)


def test_locks_are_not_in_its_way(nell: Artist, home: Path, place: Path) -> None:
    nell.images.update(locked=True)
    pictures = files(home)
    scan_libraries()
    assert files(place) == pictures


def test_killed_at_any_step_every_picture_is_in_one_place_and_the_next_scan_ends_it(
    nell: Artist, home: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, pictures, deaths = rows(nell), files(home), 0
    Artist.objects.filter(pk=nell.pk).update(path=str(place))
    nell.images.update(exists=False)
    for nth in range(1, 1000):
        breakage = Breakage(nth, None)
        with broken(monkeypatch, breakage):
            try:
                move_in_all()
            except Killed:
                deaths += 1
        sweep_cut_off()
        assert (files(home), files(place)) in [(pictures, {}), ({}, pictures)]
        if files(place):
            assert rows(nell) == before
            break
    assert deaths > 50
    assert not Operation.objects.filter(pending=True).exists()

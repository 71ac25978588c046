"""What a scan takes for a picture of another program, and what it does not."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from artists.imaging.hashing import content_hash
from artists.models import Artist, ForeignFile, Library
from artists.queries.foreign_files import listed_files
from artists.services.foreign.examining import examine
from artists.services.pictures.rearranging import rearrange_fanart
from artists.services.pictures.saving import Origin, save_picture
from artists.services.scanner.scanning import scan_artist, scan_libraries
from artists.services.undo import undo
from artists.tasks.foreign import tick
from tests.artists.services.music import artist_folder, picture, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(library: Library) -> Path:
    """Mara Field's, scanned once: a thumbnail, a backdrop and a stranger lie there."""
    found = artist_folder(Path(library.path), "Mara Field")
    put(found / "fanart.jpg", picture(1920, 1080))
    put(found / "stranger.jpg", picture(30, 30))
    scan_libraries()
    return found


def names() -> list[str]:
    """What is listed after another scan."""
    scan_libraries()
    examine(workers=1)
    return sorted(listed_files().values_list("file_name", flat=True))


class TestNoticed:
    def test_what_lay_there_at_the_first_scan_is_at_home(self, folder: Path) -> None:
        assert names() == []

    def test_a_picture_that_joins_a_slot_is_foreign(self, folder: Path) -> None:
        put(folder / "logo.png", picture(400, 155))
        assert names() == ["logo.png"]

    def test_a_picture_that_stands_in_no_slot_is_foreign_too(self, folder: Path) -> None:
        put(folder / "poster.jpg", picture(shade=10))
        put(folder / "cover-old.jpg", picture(shade=20))
        put(folder / "folder.webp", picture(shade=30))
        assert names() == ["cover-old.jpg", "folder.webp", "poster.jpg"]

    def test_a_picture_in_the_place_of_a_known_one_is_foreign_and_says_so(self, folder: Path) -> None:
        put(folder / "folder.jpg", picture(shade=200), age=5)
        assert names() == ["folder.jpg"]
        assert ForeignFile.objects.get().replaced

    def test_a_stranger_that_is_overwritten_is_noticed(self, folder: Path) -> None:
        put(folder / "stranger.jpg", picture(40, 40), age=5)
        assert names() == ["stranger.jpg"]

    def test_a_look_into_one_folder_alone_notices_it(self, folder: Path) -> None:
        put(folder / "logo.png", picture(400, 155))
        scan_artist(Artist.objects.get())
        assert ForeignFile.objects.get().file_name == "logo.png"

    def test_nobody_is_shown_a_file_that_was_not_looked_at(self, folder: Path) -> None:
        put(folder / "logo.png", picture(400, 155))
        scan_libraries()
        assert not listed_files().exists()
        assert ForeignFile.objects.exists()


class TestAtHome:
    def test_a_file_whose_time_alone_changed(self, folder: Path) -> None:
        Artist.objects.get().images.filter(kind="thumb").update(content_hash=digest(folder / "folder.jpg"))
        put(folder / "folder.jpg", picture(), age=5)
        assert names() == []

    def test_a_file_that_was_renamed(self, folder: Path) -> None:
        (folder / "fanart.jpg").rename(folder / "backdrop.jpg")
        assert names() == []

    def test_a_copy_of_a_known_picture(self, folder: Path) -> None:
        Artist.objects.get().images.filter(kind="thumb").update(content_hash=digest(folder / "folder.jpg"))
        put(folder / "poster.jpg", picture())
        assert names() == []

    def test_what_we_save_ourselves(self, folder: Path) -> None:
        save_picture(Artist.objects.get(), "thumb", picture(700, 700), Origin("upload"))
        (folder / "banner.jpg").write_bytes((folder / "folder.jpg").read_bytes())
        assert names() == []

    def test_unmarked_backdrops_that_we_put_in_another_order(self, folder: Path) -> None:
        put(folder / "fanart1.jpg", picture(1920, 1080, shade=1))
        scan_libraries()
        ForeignFile.objects.all().delete()
        rearrange_fanart(Artist.objects.get(), [1, 0])
        assert names() == []

    def test_an_unmarked_picture_that_an_undo_brought_back(self, folder: Path) -> None:
        saved = save_picture(Artist.objects.get(), "thumb", picture(700, 700), Origin("upload"), group=uuid4())
        assert saved.change.operation is not None
        undo(saved.change.operation.pk)
        assert names() == []


class TestLaterLooks:
    def test_a_file_that_is_gone_is_let_go(self, folder: Path) -> None:
        put(folder / "logo.png", picture(400, 155))
        assert names() == ["logo.png"]
        (folder / "logo.png").unlink()
        assert names() == []

    def test_a_file_that_cannot_be_read_stays_and_is_not_tried_all_the_time(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(folder / "logo.png", picture(400, 155))
        scan_libraries()
        monkeypatch.setattr("artists.imaging.ownership.read_file", _refusing)
        assert examine(workers=1).unreadable == 1
        monkeypatch.undo()
        assert ForeignFile.objects.get().unreadable
        assert examine(workers=1).foreign == 1

    def test_a_listed_file_that_cannot_be_read_stays_listed(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(folder / "logo.png", picture(400, 155))
        assert names() == ["logo.png"]
        monkeypatch.setattr("artists.imaging.ownership.read_file", _refusing)
        assert names() == ["logo.png"]


def test_many_changed_folders_cost_as_many_questions_as_few(
    library: Library, django_assert_max_num_queries: object
) -> None:
    assert callable(django_assert_max_num_queries)
    folders = [artist_folder(Path(library.path), f"Artist {number}", musicbrainzartistid="") for number in range(30)]
    scan_libraries()
    for each in folders:
        put(each / "poster.jpg", picture(shade=40))
    scan_libraries()
    assert ForeignFile.objects.count() == 30
    with django_assert_max_num_queries(12):
        examine(workers=1)


def digest(path: Path) -> str:
    return content_hash(path)


def _refusing(*_arguments: object) -> bytes:
    raise PermissionError(13, "Permission denied")


Run = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def run(django_capture_on_commit_callbacks: Run) -> Run:
    """Work that was asked for is done at once."""
    return django_capture_on_commit_callbacks


def ticked(run: Run) -> None:
    with run(execute=True):
        tick()


class TestByTheClock:
    def test_what_a_watcher_noted_is_looked_at(self, folder: Path, run: Run) -> None:
        put(folder / "logo.png", picture(400, 155))
        scan_artist(Artist.objects.get())
        ticked(run)
        assert listed_files().exists()

    def test_folders_that_nobody_went_through_for_hours_are(self, folder: Path, run: Run) -> None:
        ticked(run)
        Library.objects.update(last_scanned_at=timezone.now() - timedelta(hours=7))
        put(folder / "logo.png", picture(400, 155))
        ticked(run)
        assert not listed_files().exists(), "not before it is due again"
        (settings.STILLWATER_DATA / "ticks" / "foreign-files").unlink()
        ticked(run)
        assert listed_files().exists()

    def test_a_library_that_was_never_scanned_is_left_alone(self, library: Library, run: Run) -> None:
        artist_folder(Path(library.path), "Mara Field")
        ticked(run)
        assert not Artist.objects.exists()

"""Folders that are gone: flagged first, removed at the second sight, and never when the disk looks unwell."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from artists.models import Artist, Library
from artists.services import keeping
from artists.services.editing import set_field
from artists.services.libraries import confirm_removals
from artists.services.locks import lock_artist
from artists.services.scanner.removal import why_stop
from artists.services.scanner.scanning import scan_libraries
from stillwater.errors import Conflict
from tests.artists.services.music import artist_folder, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    """Ten artists, scanned once."""
    root = Path(library.path)
    many(root, 10)
    scan_libraries()
    return root


def remove(root: Path, count: int) -> None:
    for folder in sorted(root.iterdir())[:count]:
        shutil.rmtree(folder)


def test_a_vanished_artist_is_flagged_first_and_removed_at_the_second_sight(root: Path) -> None:
    remove(root, 1)
    first = scan_libraries()
    assert (first.missing_artists, first.removed_artists) == (1, 0)
    assert Artist.objects.get(name="Artist 000").missing_since is not None
    second = scan_libraries()
    assert (second.missing_artists, second.removed_artists) == (0, 1)
    assert Artist.objects.count() == 9


def test_a_folder_that_comes_back_is_no_longer_missing(root: Path) -> None:
    (root / "Artist 000").rename(root / ".away")
    scan_libraries()
    (root / ".away").rename(root / "Artist 000")
    scan_libraries()
    artist = Artist.objects.get(name="Artist 000")
    assert artist.missing_since is None
    assert artist.images.get().exists


def test_more_than_a_fifth_vanished_stops_the_scan_and_asks(root: Path, library: Library) -> None:
    remove(root, 3)
    result = scan_libraries()
    library.refresh_from_db()
    assert (result.status, result.missing_artists) == ("failed", 0)
    assert library.scan_problem.startswith("3 of 10 artist folders are gone; nothing was changed")
    assert not Artist.objects.exclude(missing_since=None).exists()
    assert Artist.objects.count() == 10


def test_an_empty_root_removes_nobody_however_often_it_is_scanned(root: Path, library: Library) -> None:
    remove(root, 10)
    for _ in range(3):
        scan_libraries()
    library.refresh_from_db()
    assert "Is the disk mounted?" in library.scan_problem
    assert Artist.objects.filter(missing_since=None, nfo_exists=True).count() == 10


def test_an_unreadable_root_removes_nobody(root: Path, library: Library) -> None:
    root.rename(root.parent / "unmounted")
    result = scan_libraries()
    library.refresh_from_db()
    assert "cannot be read" in library.scan_problem
    assert (result.status, Artist.objects.count()) == ("failed", 10)


def test_another_disk_with_other_folders_stops_the_scan(root: Path, library: Library) -> None:
    Library.objects.update(root_device="another")
    remove(root, 1)
    scan_libraries()
    library.refresh_from_db()
    assert "another disk" in library.scan_problem
    assert not Artist.objects.exclude(missing_since=None).exists()


def test_another_device_number_with_everything_in_its_place_is_only_noted(root: Path, library: Library) -> None:
    """Network shares get a new number at every mount."""
    Library.objects.update(root_device="another")
    assert scan_libraries().status == "completed"
    library.refresh_from_db()
    assert library.root_device == str(root.stat().st_dev)


def test_one_unwell_library_does_not_hold_up_the_others(root: Path, library: Library, tmp_path: Path) -> None:
    other = tmp_path / "more"
    artist_folder(other, "Ida Stone")
    Library.objects.create(name="More", path=str(other))
    remove(root, 10)
    result = scan_libraries()
    assert (result.status, result.new_artists) == ("completed", 1)


def test_the_problem_is_gone_after_a_healthy_scan(root: Path, library: Library) -> None:
    root.rename(root.parent / "unmounted")
    scan_libraries()
    (root.parent / "unmounted").rename(root)
    scan_libraries()
    library.refresh_from_db()
    assert library.scan_problem == ""


def test_a_confirmed_removal_takes_those_whose_folders_are_not_there(root: Path, library: Library) -> None:
    remove(root, 3)
    scan_libraries()
    library.refresh_from_db()
    assert confirm_removals(library) == 3
    library.refresh_from_db()
    assert (library.scan_problem, Artist.objects.count()) == ("", 7)


def test_nothing_is_removed_by_confirmation_while_the_root_cannot_be_read(root: Path, library: Library) -> None:
    root.rename(root.parent / "unmounted")
    with pytest.raises(Conflict, match="cannot be read"):
        confirm_removals(library)
    assert Artist.objects.count() == 10


def test_an_artist_of_another_library_stays_without_its_folder(root: Path) -> None:
    server = Library.objects.create(name="Server", source="emby")
    artist = Artist.objects.get(name="Artist 000")
    artist.memberships.create(library=server, source="emby")
    remove(root, 1)
    scan_libraries()
    scan_libraries()
    artist.refresh_from_db()
    assert (artist.path, artist.nfo_exists) == ("", False)
    assert artist.memberships.get().library == server


def test_an_artist_that_a_higher_floor_needs_is_not_deleted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_keepers", [])
    keeping.join_keeper(lambda artist_ids: set(artist_ids))
    remove(root, 1)
    scan_libraries()
    assert scan_libraries().removed_artists == 0
    assert Artist.objects.filter(name="Artist 000", path="").exists()


@pytest.mark.parametrize(
    ("known", "vanished", "listed", "other_device", "stops"),
    [
        (10, 0, 10, True, False),
        (10, 2, 8, False, False),
        (10, 3, 7, False, True),
        (10, 1, 9, True, True),
        (1, 1, 0, False, True),
        (0, 0, 0, False, False),
    ],
)
def test_when_a_scan_stops(known: int, vanished: int, listed: int, other_device: bool, stops: bool) -> None:
    reason = why_stop(known=known, vanished=vanished, listed=listed, other_device=other_device)
    assert bool(reason) is stops


class TestConfirming:
    """A person answers the question that was asked, not another one."""

    def test_a_disk_unplugged_after_the_question_takes_nobody(
        self, root: Path, library: Library, tmp_path: Path
    ) -> None:
        remove(root, 3)
        scan_libraries()
        root.rename(tmp_path / "unplugged")
        root.mkdir()
        with pytest.raises(Conflict, match="the folder is empty"):
            confirm_removals(library)
        assert Artist.objects.count() == 10
        assert "is empty" in Library.objects.get().scan_problem

    def test_who_has_moved_within_the_library_is_not_removed(self, root: Path, library: Library) -> None:
        mover = Artist.objects.get(name="Artist 009")
        (root / "Artist 009").rename(root / "Somewhere else")
        remove(root, 3)
        assert scan_libraries().status == "failed"
        assert confirm_removals(library) == 3
        scan_libraries()
        mover.refresh_from_db()
        assert mover.path == str(root / "Somewhere else")
        assert Artist.objects.count() == 7


@pytest.mark.parametrize("work", [lambda artist: set_field(artist, "biography", "Typed."), lock_artist])
def test_one_on_whom_a_person_worked_is_only_removed_by_a_person(
    root: Path, library: Library, work: Callable[[Artist], object]
) -> None:
    work(Artist.objects.get(name="Artist 000"))
    remove(root, 1)
    for _ in range(3):
        result = scan_libraries()
    assert (result.removed_artists, Artist.objects.count()) == (0, 10)
    library.refresh_from_db()
    assert "edited or locked by hand" in library.scan_problem
    assert confirm_removals(library) == 1
    assert Artist.objects.count() == 9
    scan_libraries()
    library.refresh_from_db()
    assert library.scan_problem == ""

"""What is kept for a while goes when its time has come, and never while anybody needs it; crashes leave no litter."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from artists.models import Artist, FileSnapshot, Library, Operation
from artists.services import file_changes, snapshots, upkeep
from artists.services.cut_off import sweep_cut_off
from artists.services.operations import operation
from artists.services.picture_cache import sweep_picture_cache
from artists.services.scanner import walking
from artists.services.scanner.scanning import scan_libraries
from artists.services.snapshots import keep, kept, sweep_orphans, sweep_snapshots
from artists.services.undo import undo
from artists.services.upkeep import clear_up
from stillwater.errors import StillwaterError, Unavailable
from stillwater.files import ReadOnly, sweep_cache
from stillwater.files.naming import moving_name, temporary_name
from stillwater.models import Option
from tests.artists.services.music import picture, put

pytestmark = pytest.mark.django_db

LONG_AGO = time.time() - 400 * 24 * 3600


def overwrite(artist: Artist, path: Path, data: bytes) -> Operation:
    with operation(artist, summary="Overwrote") as change:
        change.write_file(path, data)
    assert change.operation is not None
    return change.operation


def overwrite_two(artist: Artist, folder: Path) -> None:
    with operation(artist) as change:
        change.write_file(folder / "a.png", b"new")
        change.write_file(folder / "b.png", b"new")


def grow_old(settings: Any, *operations: Operation) -> None:
    """The operations and every kept byte are past their days."""
    old = timezone.now() - timedelta(days=settings.STILLWATER_KEEP_CHANGES_DAYS + 1)
    Operation.objects.filter(pk__in=[each.pk for each in operations]).update(created_at=old)
    for place in (settings.STILLWATER_DATA / "snapshots").glob("*/*"):
        os.utime(place, (LONG_AGO, LONG_AGO))


class TestKeptBytes:
    def test_bytes_that_an_operation_under_way_has_just_kept_are_not_swept(
        self, artist: Artist, folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An old operation kept the same bytes; its time is up between the keeping and the note of it."""
        (folder / "a.png").write_bytes(b"shared")
        grow_old(settings, overwrite(artist, folder / "a.png", b"new"))
        (folder / "b.png").write_bytes(b"shared")
        real = file_changes.keep

        def swept(data: bytes) -> str:
            digest = real(data)
            assert sweep_snapshots() == 0
            return digest

        monkeypatch.setattr(file_changes, "keep", swept)
        young = overwrite(artist, folder / "b.png", b"new")
        undo(young.pk)
        assert (folder / "b.png").read_bytes() == b"shared"

    def test_what_nobody_names_is_swept_when_it_is_old(self, artist: Artist, folder: Path, settings: Any) -> None:
        (folder / "a.png").write_bytes(b"needed")
        needed = overwrite(artist, folder / "a.png", b"new")
        lost = keep(b"of an operation that came to nothing")
        grow_old(settings)
        fresh = keep(b"of an operation under way")
        assert sweep_orphans() == 1
        assert kept(fresh) == b"of an operation under way"
        with pytest.raises(StillwaterError):
            kept(lost)
        undo(needed.pk)
        assert (folder / "a.png").read_bytes() == b"needed"

    def test_a_kept_file_that_a_power_cut_shortened_is_kept_anew(self, settings: Any) -> None:
        digest = keep(b"whole bytes")
        next((settings.STILLWATER_DATA / "snapshots").glob("*/*")).write_bytes(b"who")
        assert keep(b"whole bytes") == digest
        assert kept(digest) == b"whole bytes"

    def test_a_full_data_disk_keeps_the_music_untouched(
        self, artist: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "a.png").write_bytes(b"old")

        def full(path: Path, *_args: Any, **_options: Any) -> None:
            raise ReadOnly(path)

        monkeypatch.setattr(snapshots, "write_file", full)
        with pytest.raises(ReadOnly):
            overwrite(artist, folder / "a.png", b"new")
        assert (folder / "a.png").read_bytes() == b"old"
        assert not Operation.objects.exists()

    def test_files_that_could_not_be_put_back_are_put_back_by_the_next_sweep(
        self, artist: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The disk turned read-only after the first of two files."""
        for name in ("a.png", "b.png"):
            (folder / name).write_bytes(b"old " + name.encode())
        real, writes = file_changes.write_file, []

        def turns_read_only(path: Path, *args: Any, **options: Any) -> Any:
            if writes:
                raise ReadOnly(path)
            writes.append(path)
            return real(path, *args, **options)

        with monkeypatch.context() as patch:
            patch.setattr(file_changes, "write_file", turns_read_only)
            with pytest.raises(Unavailable, match=r"a\.png could not be put back"):
                overwrite_two(artist, folder)
        half = Operation.objects.get()
        assert "could not be put back" in half.warning
        assert sweep_cut_off() == 1
        assert not Operation.objects.exists()
        assert [(folder / name).read_bytes() for name in ("a.png", "b.png")] == [b"old a.png", b"old b.png"]

    def test_the_rows_of_an_operation_go_with_its_days(self, artist: Artist, folder: Path, settings: Any) -> None:
        (folder / "a.png").write_bytes(b"old")
        grow_old(settings, overwrite(artist, folder / "a.png", b"new"))
        clear_up()
        assert not FileSnapshot.objects.exists()
        assert list((settings.STILLWATER_DATA / "snapshots").glob("*/*")) == []


class TestThumbnails:
    @pytest.fixture
    def thumbs(self, settings: Any) -> Path:
        for number in range(4):
            path = settings.STILLWATER_DATA / "thumbs" / f"{number:02}" / f"{number}-256.webp"
            path.parent.mkdir(parents=True)
            path.write_bytes(b"x" * 400_000)
            os.utime(path, (time.time() - 1000 + number, time.time() - 1000 + number))
        folder: Path = settings.STILLWATER_DATA / "thumbs"
        return folder

    def left(self, thumbs: Path) -> list[str]:
        return sorted(path.name[0] for path in thumbs.glob("*/*"))

    def test_the_oldest_go_until_the_rest_fits(self, thumbs: Path) -> None:
        Option.objects.create(key="cache.image.max_size_mb", value="1")
        assert sweep_picture_cache() == 2
        assert self.left(thumbs) == ["2", "3"]

    def test_without_a_limit_only_what_is_half_a_year_old(self, thumbs: Path) -> None:
        os.utime(thumbs / "03" / "3-256.webp", (LONG_AGO, LONG_AGO))
        assert sweep_picture_cache() == 1
        assert self.left(thumbs) == ["0", "1", "2"]

    def test_one_worker_of_all_does_it_once_an_hour(self, thumbs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[None] = []
        monkeypatch.setattr(upkeep, "sweep_picture_cache", lambda: calls.append(None))
        for _ in range(3):
            clear_up()
        assert len(calls) == 1

    def test_temporary_files_of_a_crash_go_and_links_stay(self, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        cache.mkdir()
        (tmp_path / "elsewhere").write_bytes(b"mine")
        (cache / "link").symlink_to(tmp_path / "elsewhere")
        (cache / temporary_name()).write_bytes(b"half")
        (cache / "whole").write_bytes(b"whole")
        assert sweep_cache(cache, now=time.time() + 7200, keep_seconds=9e9, largest_bytes=None) == 1
        assert sorted(path.name for path in cache.iterdir()) == ["link", "whole"]


class TestStrays:
    @pytest.fixture
    def root(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Everything counts as stranded at once: nobody can make a file's own time older."""
        monkeypatch.setattr(walking, "CUT_OFF_SECONDS", -60.0)
        monkeypatch.setattr(walking.clear_strays, "__defaults__", (-60.0,))
        return Path(library.path)

    def test_temporary_files_in_artist_folders_go_with_the_next_scan(self, root: Path) -> None:
        put(root / "Mara Field" / "folder.jpg", picture())
        (root / "Mara Field" / temporary_name()).write_bytes(b"half a picture")
        (root / "Mara Field" / ".somebodys.tmp").write_bytes(b"not ours")
        scan_libraries()
        assert sorted(os.listdir(root / "Mara Field")) == [".somebodys.tmp", "folder.jpg"]

    def test_a_picture_between_two_spellings_is_put_back_and_counted(self, root: Path) -> None:
        put(root / "Mara Field" / moving_name("folder.jpg"), picture())
        scan_libraries()
        scan_libraries()
        assert Artist.objects.get().images.get().file_name == "folder.jpg"

    def test_a_folder_between_two_spellings_is_no_artist_and_is_put_back(self, root: Path) -> None:
        put(root / "Mara Field" / "folder.jpg", picture())
        put(root / "Ida Stone" / "folder.jpg", picture())
        scan_libraries()
        os.rename(root / "Mara Field", root / moving_name("Mara Field"))
        result = scan_libraries()
        assert (result.new_artists, result.missing_artists) == (0, 0)
        assert (root / "Mara Field").is_dir()

    def test_one_that_is_under_way_is_left_alone_and_is_no_artist(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walking, "CUT_OFF_SECONDS", 60.0)
        name = moving_name("Mara Field")
        put(root / name / "folder.jpg", picture())
        result = scan_libraries()
        assert (result.new_artists, (root / name).is_dir()) == (0, True)
        assert any("cut off" in note for note in result.notes)


def test_the_data_folder_is_no_artist_of_a_library_that_it_was_moved_into(
    library: Library, settings: Any, tmp_path: Path
) -> None:
    settings.STILLWATER_DATA = Path(library.path) / "stillwater"
    settings.STILLWATER_DATA.mkdir()
    put(Path(library.path) / "Mara Field" / "folder.jpg", picture())
    result = scan_libraries()
    assert result.new_artists == 1
    assert any("its own data" in note for note in result.notes)

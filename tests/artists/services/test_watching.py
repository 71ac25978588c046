"""Watching: which way works where, when a change is answered, and what the answer is."""

import errno
import os
from pathlib import Path

import pytest
from django.db import OperationalError

from artists.models import Artist, Library
from artists.services.scanner.scanning import scan_libraries
from artists.services.watching import notices
from artists.services.watching.notices import Notices
from artists.services.watching.pending import LONGEST_SECONDS, MOST_FOLDERS, Pending
from artists.services.watching.plans import Plan, filesystem_of, plan_for
from artists.services.watching.polling import difference, folder_times
from artists.watcher import REFRESH_SECONDS, Watcher
from stillwater.files import rename_folder, write_file
from stillwater.models import Job
from tests.artists.services.music import artist_folder, nfo, put

KERNEL = notices.InotifyConstants
MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/my\040music rw,relatime - nfs4 server:/music rw
31 22 0:41 / /music rw,relatime master:3 - cifs //server/music rw
32 31 0:42 / /music rw,relatime - xfs /dev/sdb1 rw
33 22 0:43 / /mnt/pool rw - fuse.mergerfs a:b rw
nonsense
"""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class TestPlan:
    @pytest.mark.parametrize(
        ("path", "filesystem"),
        [
            ("/home/me", "ext4"),
            ("/mnt/my music/jazz", "nfs4"),
            ("/mnt/my musicals", "ext4"),
            ("/music/jazz", "xfs"),
            ("/mnt/pool", "fuse.mergerfs"),
        ],
    )
    def test_the_file_system_is_told_from_the_mounts(self, path: str, filesystem: str) -> None:
        assert filesystem_of(path, MOUNTS) == filesystem

    @pytest.mark.parametrize(
        ("fs_watch", "filesystem", "plan"),
        [
            (0, "ext4", (False, 0)),
            (1, "ext4", (True, 0)),
            (2, "ext4", (False, 300)),
            (3, "ext4", (True, 300)),
            (1, "nfs4", (False, 300)),
            (3, "cifs", (False, 300)),
            (1, "fuse.mergerfs", (False, 300)),
        ],
    )
    def test_notices_where_they_work_and_looks_where_not(
        self, fs_watch: int, filesystem: str, plan: tuple[bool, int]
    ) -> None:
        assert plan_for(fs_watch, 300, filesystem)[:2] == plan

    def test_the_limit_of_watched_folders_means_looking_at_intervals(self) -> None:
        plan = plan_for(1, 300, "ext4", notify_works=False)
        assert plan == Plan(False, 300, plan.reason)
        assert "limit" in plan.reason


class TestPending:
    def test_a_change_is_due_when_nothing_has_come_for_a_second(self) -> None:
        clock = Clock()
        pending = Pending(clock)
        pending.note(7, "Mara Field")
        clock.now += 0.6
        pending.note(7, "Ida Stone")
        clock.now += 0.6
        assert pending.due() == {}
        clock.now += 0.6
        assert pending.due() == {7: {"Mara Field", "Ida Stone"}}
        assert pending.due() == {}

    def test_lasting_unrest_is_answered_all_the_same(self) -> None:
        clock = Clock()
        pending = Pending(clock)
        for _ in range(int(LONGEST_SECONDS / 0.5) + 1):
            pending.note(7, "Mara Field")
            clock.now += 0.5
        assert pending.due() == {7: {"Mara Field"}}

    def test_many_folders_are_a_matter_of_the_whole_library(self) -> None:
        clock = Clock()
        pending = Pending(clock)
        for number in range(MOST_FOLDERS + 1):
            pending.note(7, f"Artist {number}")
        clock.now += 2
        assert pending.due() == {7: None}


class TestPolling:
    def test_folders_that_came_or_went_or_changed_are_told(self, tmp_path: Path) -> None:
        root = tmp_path / "music"
        for name in ("One", "Two", ".hidden"):
            (root / name).mkdir(parents=True)
        before = folder_times(str(root))
        assert before is not None
        assert set(before) == {"One", "Two"}
        os.utime(root / "One", (1, 1))
        after = folder_times(str(root))
        assert after is not None
        assert difference(before, after) == ({"One"}, False)
        (root / "Three").mkdir()
        assert difference(after, folder_times(str(root)) or {}).moved

    def test_a_root_that_cannot_be_read_says_nothing(self, tmp_path: Path) -> None:
        assert folder_times(str(tmp_path / "gone")) is None


class TestNotices:
    """Without the kernel: events are handed in as they would come."""

    @pytest.fixture
    def heard(self) -> list[str | None]:
        return []

    @pytest.fixture
    def listening(self, tmp_path: Path, heard: list[str | None]) -> Notices:
        (tmp_path / "Mara Field").mkdir()
        listening = Notices(str(tmp_path), heard.append)
        listening._folders.update({notices.WatchDescriptor(1): "", notices.WatchDescriptor(2): "Mara Field"})
        return listening

    def event(self, number: int, name: str, mask: int) -> notices.InotifyEvent:
        return notices.InotifyEvent(notices.WatchDescriptor(number), notices.Mask(mask), 0, os.fsencode(name))

    def test_a_changed_nfo_is_heard_with_its_folder(
        self, listening: Notices, heard: list[str | None], tmp_path: Path
    ) -> None:
        put(tmp_path / "Mara Field" / "artist.nfo", b"<artist/>")
        listening.on_event(self.event(2, "artist.nfo", KERNEL.IN_CLOSE_WRITE))
        assert heard == ["Mara Field"]

    def test_our_own_write_is_not_heard(self, listening: Notices, heard: list[str | None], tmp_path: Path) -> None:
        write_file(tmp_path / "Mara Field" / "artist.nfo", b"<artist/>", root=tmp_path)
        listening.on_event(self.event(2, "artist.nfo", KERNEL.IN_MOVED_TO))
        assert heard == []

    @pytest.mark.parametrize("name", ["song.flac", ".artist.nfo.tmp", "notes.txt"])
    def test_other_files_are_not_heard(self, listening: Notices, heard: list[str | None], name: str) -> None:
        listening.on_event(self.event(2, name, KERNEL.IN_CLOSE_WRITE))
        assert heard == []

    def test_a_folder_that_goes_concerns_the_library(self, listening: Notices, heard: list[str | None]) -> None:
        mask = KERNEL.IN_MOVED_FROM | KERNEL.IN_ISDIR
        listening.on_event(self.event(1, "Mara Field", mask))
        assert heard == [None]

    def test_our_own_renaming_of_a_folder_is_not_heard(
        self, listening: Notices, heard: list[str | None], tmp_path: Path
    ) -> None:
        rename_folder(tmp_path / "Mara Field", tmp_path / "Field, Mara", root=tmp_path)
        for name, way in (("Mara Field", KERNEL.IN_MOVED_FROM), ("Field, Mara", KERNEL.IN_MOVED_TO)):
            listening.on_event(self.event(1, name, way | KERNEL.IN_ISDIR))
        assert heard == []

    def test_our_own_write_is_known_where_the_library_is_a_link_to_its_folder(
        self, heard: list[str | None], tmp_path: Path
    ) -> None:
        (tmp_path / "disk" / "Mara Field").mkdir(parents=True)
        (tmp_path / "music").symlink_to("disk")
        listening = Notices(str(tmp_path / "music"), heard.append)
        listening._folders[notices.WatchDescriptor(2)] = "Mara Field"
        root = tmp_path / "music"
        write_file(root / "Mara Field" / "artist.nfo", b"<artist/>", root=root)
        listening.on_event(self.event(2, "artist.nfo", KERNEL.IN_MOVED_TO))
        assert heard == []

    def test_a_folder_that_moved_away_is_heard_no_more(self, listening: Notices, heard: list[str | None]) -> None:
        listening.on_event(self.event(1, "Mara Field", KERNEL.IN_MOVED_FROM | KERNEL.IN_ISDIR))
        heard.clear()
        listening.on_event(self.event(2, "artist.nfo", KERNEL.IN_CLOSE_WRITE))
        assert heard == []

    def test_a_root_that_goes_leaves_it_deaf(self, listening: Notices, heard: list[str | None]) -> None:
        assert not listening.is_deaf
        listening.on_watch_deleted(notices.WatchDescriptor(1))
        assert (listening.is_deaf, heard) == (True, [None])

    def test_a_folder_that_may_not_be_read_is_no_reason_not_to_watch_the_others(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def refuse(self: Notices, name: str) -> None:
            if name == "Closed":
                raise PermissionError(errno.EACCES, "Permission denied")
            self._folders[notices.WatchDescriptor(len(self._folders))] = name

        monkeypatch.setattr(Notices, "_watch", refuse)
        for name in ("Mara Field", "Closed", "Ida Stone"):
            (tmp_path / "music" / name).mkdir(parents=True)
        listening = Notices(str(tmp_path / "music"), lambda _folder: None)
        listening.start()
        listening.stop()
        assert sorted(listening._folders.values()) == ["", "Ida Stone", "Mara Field"]

    def test_lost_notices_concern_the_library(self, listening: Notices, heard: list[str | None]) -> None:
        listening.on_queue_overflow()
        assert heard == [None]


@pytest.mark.django_db(transaction=True)
class TestWatcher:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def watched(self, library: Library) -> Library:
        """Looked at every minute; with one artist, scanned."""
        artist_folder(Path(library.path), "Mara Field", biography="She plays.")
        Library.objects.update(fs_watch=2)
        scan_libraries()
        return library

    def settle(self, watcher: Watcher, clock: Clock) -> None:
        """Let the watcher look, and what it saw calm down."""
        for seconds in (0, 61, 2):
            clock.now += seconds
            watcher.step()

    def test_a_changed_folder_is_looked_into_without_a_scan(self, watched: Library, clock: Clock) -> None:
        watcher = Watcher(clock)
        self.settle(watcher, clock)
        scans = Job.objects.filter(kind="scan").count()
        folder = Path(watched.path) / "Mara Field"
        put(folder / "artist.nfo", nfo("Mara Field", biography="She sings."), age=9)
        os.utime(folder, (5, 5))
        self.settle(watcher, clock)
        assert Artist.objects.get().biography == "She sings."
        assert Job.objects.filter(kind="scan").count() == scans

    def test_a_new_folder_starts_a_scan_of_its_library(self, watched: Library, clock: Clock) -> None:
        watcher = Watcher(clock)
        self.settle(watcher, clock)
        artist_folder(Path(watched.path), "Ida Stone", number=2)
        self.settle(watcher, clock)
        assert Artist.objects.count() == 2
        job = Job.objects.filter(kind="scan").first()
        assert job is not None
        assert job.params == {"library_id": watched.pk}

    def test_while_a_scan_runs_the_change_waits(self, watched: Library, clock: Clock) -> None:
        watcher = Watcher(clock)
        self.settle(watcher, clock)
        running = Job.objects.create(kind="scan", key="scan", state="running")
        artist_folder(Path(watched.path), "Ida Stone", number=2)
        self.settle(watcher, clock)
        assert Artist.objects.count() == 1
        running.delete()
        clock.now += 2
        watcher.step()
        assert Artist.objects.count() == 2

    def test_a_change_that_could_not_be_answered_is_not_forgotten(
        self, watched: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watcher = Watcher(clock)
        self.settle(watcher, clock)
        folder = Path(watched.path) / "Mara Field"
        put(folder / "artist.nfo", nfo("Mara Field", biography="She sings."), age=9)
        os.utime(folder, (5, 5))
        with monkeypatch.context() as patch:
            patch.setattr("artists.watcher.scan_artist", _busy)
            self.settle(watcher, clock)
        assert Artist.objects.get().biography == "She plays."
        self.settle(watcher, clock)
        assert Artist.objects.get().biography == "She sings."

    def test_a_library_that_is_not_watched_is_left_alone(self, watched: Library, clock: Clock) -> None:
        Library.objects.update(fs_watch=0)
        watcher = Watcher(clock)
        self.settle(watcher, clock)
        assert not Job.objects.exists()

    def test_a_change_of_the_settings_is_followed(self, watched: Library, clock: Clock) -> None:
        watcher = Watcher(clock)
        watcher.step()
        Library.objects.update(fs_watch=0)
        clock.now += REFRESH_SECONDS
        watcher.step()
        assert watcher._watched == {}

    def test_a_root_that_was_made_anew_is_listened_to_anew(
        self, watched: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The kernel's notices cling to a folder, not to its name: an unmounted disk would be heard of no more."""
        monkeypatch.setattr(Notices, "start", lambda _self: None)
        Library.objects.update(fs_watch=1)
        watcher, root = Watcher(clock), Path(watched.path)

        def listening() -> Notices | None:
            clock.now += REFRESH_SECONDS
            watcher.step()
            return watcher._watched[watched.pk].notices

        first = listening()
        assert listening() is first
        root.rename(root.with_name("unplugged"))
        root.mkdir()
        second = listening()
        assert second is not first
        assert listening() is second

    def test_where_no_more_folders_can_be_watched_they_are_looked_at(
        self, watched: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_self: Notices) -> None:
            raise OSError(28, "no space left on device")

        Library.objects.update(fs_watch=1, fs_poll_interval=900)
        monkeypatch.setattr(Notices, "start", refuse)
        watcher = Watcher(clock)
        for _ in range(2):
            watcher.step()
            clock.now += REFRESH_SECONDS
        assert watcher._watched[watched.pk].plan[:2] == (False, 900)
        watcher.stop()


def _busy(_artist: Artist) -> bool:
    raise OperationalError("database is locked")

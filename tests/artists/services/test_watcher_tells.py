"""What the watcher tells the house: folders that came and went, and files that another program wrote."""

import os
from pathlib import Path
from typing import Any

import pytest

from artists.models import Library
from artists.services.watching import notices
from artists.services.watching.happenings import CREATED, MOST, REMOVED, WRITTEN, Happenings
from artists.services.watching.notices import Notices
from artists.watcher import Watcher
from connections.hooks.happenings import HAPPENINGS
from stillwater.files import write_file
from tests.artists.services.music import artist_folder, put
from tests.builders import make_library

KERNEL = notices.InotifyConstants


class TestKept:
    def test_each_thing_is_told_once_with_where_it_is(self) -> None:
        happenings = Happenings()
        for _ in range(3):
            happenings.note(7, WRITTEN, "Mara Field/artist.nfo")
        path = "/music/Mara Field/artist.nfo"
        told = {"path": path, "name": "artist.nfo", "library_root": "/music", "message": path}
        assert happenings.take(7, "/music") == [(WRITTEN, told)]
        assert happenings.take(7, "/music") == []

    def test_a_flood_is_one_event_that_counts(self) -> None:
        happenings = Happenings()
        for number in range(MOST + 1):
            happenings.note(7, CREATED, f"Artist {number}")
        ((event, payload),) = happenings.take(7, "/music")
        assert (event, payload["count"]) == (CREATED, MOST + 1)

    def test_a_name_that_is_no_unicode_can_be_told(self) -> None:
        happenings = Happenings()
        happenings.note(7, CREATED, os.fsdecode(b"Bj\xf6rk"))
        assert happenings.take(7, "/music")[0][1]["path"] == "/music/Bj%F6rk"


class TestSeen:
    """Without the kernel: events are handed in as they would come."""

    @pytest.fixture
    def seen(self) -> list[tuple[str, str]]:
        return []

    @pytest.fixture
    def listening(self, tmp_path: Path, seen: list[tuple[str, str]]) -> Notices:
        (tmp_path / "Mara Field").mkdir()
        listening = Notices(str(tmp_path), lambda _folder: None, lambda event, name: seen.append((event, name)))
        listening._folders.update({notices.WatchDescriptor(1): "", notices.WatchDescriptor(2): "Mara Field"})
        return listening

    def happens(self, listening: Notices, number: int, name: str, mask: int) -> None:
        place = notices.WatchDescriptor(number)
        listening.on_event(notices.InotifyEvent(place, notices.Mask(mask), 0, os.fsencode(name)))

    def test_folders_that_come_and_go(self, listening: Notices, seen: list[tuple[str, str]]) -> None:
        for mask in (KERNEL.IN_MOVED_FROM, KERNEL.IN_DELETE, KERNEL.IN_MOVED_TO):
            self.happens(listening, 1, "Mara Field", mask | KERNEL.IN_ISDIR)
        assert [event for event, _ in seen] == [REMOVED, REMOVED, CREATED]

    def test_a_file_that_another_program_wrote(
        self, listening: Notices, seen: list[tuple[str, str]], tmp_path: Path
    ) -> None:
        put(tmp_path / "Mara Field" / "artist.nfo", b"<artist/>")
        self.happens(listening, 2, "artist.nfo", KERNEL.IN_CLOSE_WRITE)
        assert seen == [(WRITTEN, "Mara Field/artist.nfo")]

    def test_but_not_what_we_wrote_nor_what_is_not_ours(
        self, listening: Notices, seen: list[tuple[str, str]], tmp_path: Path
    ) -> None:
        write_file(tmp_path / "Mara Field" / "artist.nfo", b"<artist/>", root=tmp_path)
        self.happens(listening, 2, "artist.nfo", KERNEL.IN_MOVED_TO)
        self.happens(listening, 2, "song.flac", KERNEL.IN_CLOSE_WRITE)
        self.happens(listening, 2, "artist.nfo", KERNEL.IN_DELETE)
        assert seen == []


@pytest.mark.django_db(transaction=True)
class TestTold:
    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
        told: list[tuple[str, Any]] = []
        monkeypatch.setattr("artists.watcher.publish", lambda event, payload: told.append((event, payload["name"])))
        return told

    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        root = tmp_path / "music"
        artist_folder(root, "Mara Field")
        return make_library("Music", root, fs_watch=2, fs_poll_interval=60)

    def test_where_folders_are_only_looked_at_they_are_told_too(
        self, library: Library, told: list[tuple[str, Any]]
    ) -> None:
        now = [1000.0]
        watcher = Watcher(lambda: now[0])
        watcher.step()
        root = Path(library.path)
        (root / "Ida Stone").mkdir()
        (root / "Mara Field").rename(root.parent / "elsewhere")
        for seconds in (61, 2):
            now[0] += seconds
            watcher.step()
        assert told == [(CREATED, "Ida Stone"), (REMOVED, "Mara Field")]


def test_webhooks_can_be_told_of_all_of_it() -> None:
    assert {CREATED, REMOVED, WRITTEN} <= set(HAPPENINGS)

"""Two people, two jobs, a person and a scan: who comes second loses nothing of what the first one did."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from artists.models import Alias, Artist, MetadataChange
from artists.services import operations, turns
from artists.services.aliases import add_alias, remove_alias
from artists.services.editing import set_field
from artists.services.locks import lock_field, lock_image, unlock_field
from artists.services.undo import undo
from stillwater.errors import Conflict, Locked
from stillwater.files import exclusive
from tests.builders import make_image

pytestmark = pytest.mark.django_db


def stale(artist: Artist) -> Artist:
    """The artist as another process read it a moment ago."""
    return Artist.objects.get(pk=artist.pk)


class TestRows:
    def test_two_locks_set_at_the_same_moment_both_hold(self, artist: Artist) -> None:
        other = stale(artist)
        lock_field(artist, "biography")
        lock_field(other, "genres")
        assert Artist.objects.get().locked_fields == ["biography", "genres"]

    def test_an_unlock_takes_away_its_own_lock_alone(self, artist: Artist) -> None:
        lock_field(artist, "biography")
        other = stale(artist)
        lock_field(artist, "genres")
        unlock_field(other, "biography")
        assert Artist.objects.get().locked_fields == ["genres"]

    def test_two_aliases_added_at_the_same_moment_both_stay(
        self, artist: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        meanwhile(monkeypatch, lambda: Alias.objects.create(artist=artist, alias="Mara F."))
        add_alias(artist, "Mara")
        assert set(Alias.objects.values_list("alias", flat=True)) == {"Mara", "Mara F."}

    def test_removing_an_alias_keeps_one_that_came_meanwhile(
        self, artist: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = add_alias(artist, "Mara")
        meanwhile(monkeypatch, lambda: Alias.objects.create(artist=artist, alias="Mara F."))
        remove_alias(artist, known.pk)
        assert list(Alias.objects.values_list("alias", flat=True)) == ["Mara F."]

    def test_locking_a_picture_keeps_what_a_scan_saw_of_it_meanwhile(
        self, artist: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        image = make_image(artist, width=500)
        meanwhile(monkeypatch, lambda: artist.images.update(width=1400, file_name="folder.png"))
        locked = lock_image(artist, image.pk)
        assert (locked.locked, locked.width, locked.file_name) == (True, 1400, "folder.png")

    def test_an_undo_does_not_take_a_change_along_that_came_while_it_began(
        self, artist: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change = set_field(artist, "biography", "New words.")
        meanwhile(monkeypatch, lambda: Artist.objects.update(biography="Newer words."))
        assert change.operation is not None
        with pytest.raises(Conflict, match="biography has been changed since"):
            undo(change.operation.pk)
        assert Artist.objects.get().biography == "Newer words."
        assert MetadataChange.objects.filter(source="revert").count() == 0


class TestTurns:
    def test_rows_and_files_of_one_artist_are_written_by_one_process_at_a_time(
        self, artist: Artist, folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two edits that saved their rows in one order and the NFO in the other left a file that lacked one of them."""
        seen: list[bool] = []
        (folder / "artist.nfo").write_bytes(b"<artist><name>Mara Field</name></artist>")
        real = operations.apply_all

        def watched(*given: Any) -> Any:
            seen.append(is_free(next((settings.STILLWATER_DATA / "locks").glob("artists-*"))))
            return real(*given)

        monkeypatch.setattr(operations, "apply_all", watched)
        set_field(artist, "biography", "New words.")
        assert seen == [False]
        assert is_free(next((settings.STILLWATER_DATA / "locks").glob("artists-*")))

    def test_the_thread_that_has_the_turn_may_come_in_again(self, tmp_path: Path) -> None:
        with exclusive(tmp_path / "turn"), exclusive(tmp_path / "turn"):
            assert not is_free(tmp_path / "turn")
        assert is_free(tmp_path / "turn")

    def test_an_edit_that_fails_gives_its_turn_back(self, artist: Artist, settings: Any) -> None:
        lock_field(artist, "biography")
        with pytest.raises(Locked):
            set_field(artist, "biography", "New words.")
        assert all(is_free(path) for path in (settings.STILLWATER_DATA / "locks").iterdir())


def meanwhile(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Let the other one act after the verb has read, before it writes."""
    real = turns.exclusive

    @contextmanager
    def late(path: Path) -> Iterator[None]:
        with real(path):
            other()
            yield

    monkeypatch.setattr(turns, "exclusive", late)


def is_free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True

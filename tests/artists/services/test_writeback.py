"""After an edit an existing artist.nfo follows; nothing foreign in it is lost, nothing is written that nobody wants."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from artists.models import Artist, FileSnapshot, Library, NfoSnapshot, NfoState, Operation, PlatformProfile
from artists.nfo.reader import read_nfo
from artists.services import file_changes
from artists.services.editing import set_field
from artists.services.gates import join_guard, leave_guard
from artists.services.nfo_files import nfo_conflict, nfo_diff, nfo_snapshots, restore_nfo, snapshot_text
from artists.services.profiles import activate_profile
from artists.services.undo import undo
from artists.services.writeback import create_nfo, save_over
from stillwater.errors import Conflict, Locked, WriteBlocked
from stillwater.files import ReadOnly
from stillwater.models import Option

FOREIGN = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<artist>\n  <name>Mara Field</name>\n'
    b"  <biography>Old words.</biography>\n"
    b"  <album><title>First</title><year>1999</year></album>\n  <instrumental>oboe</instrumental>\n</artist>\n"
)


@pytest.fixture
def nfo(folder: Path) -> Path:
    path = folder / "artist.nfo"
    path.write_bytes(FOREIGN)
    return path


@pytest.fixture
def blocked() -> Iterator[None]:
    def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
        return {each.pk: WriteBlocked("nfo_write_blocked", extra={"axis": axis}) for each in artists}

    join_guard(guard)
    yield
    leave_guard(guard)


class TestWriteBack:
    def test_an_edit_lands_in_the_file_and_foreign_elements_stay(self, artist: Artist, nfo: Path) -> None:
        set_field(artist, "biography", "New words.")
        text = nfo.read_text()
        assert "<biography>New words.</biography>" in text
        assert "<instrumental>oboe</instrumental>" in text
        assert "<title>First</title>" in text
        assert "<stillwater " in text

    def test_the_old_file_is_kept_and_our_write_is_known(self, artist: Artist, nfo: Path) -> None:
        set_field(artist, "biography", "New words.")
        assert snapshot_text(nfo_snapshots(artist)[0]) == FOREIGN.decode()
        artist.refresh_from_db()
        digest = hashlib.sha256(nfo.read_bytes()).hexdigest()
        assert (artist.nfo_hash, artist.nfo_written_hash, artist.nfo_state) == (digest, digest, NfoState.OK)
        assert artist.nfo_mtime_ns == nfo.stat().st_mtime_ns

    def test_our_own_write_does_not_ask_for_another_evaluation(self, artist: Artist, nfo: Path, monkeypatch) -> None:
        Artist.objects.update(nfo_exists=True, nfo_state="ok")
        moments: list[object] = []
        real = file_changes.write_file

        def clear_then_write(*args, **options):
            moments.append(Artist.objects.get().dirty_since)
            Artist.objects.update(dirty_since=None)
            return real(*args, **options)

        monkeypatch.setattr(file_changes, "write_file", clear_then_write)
        set_field(artist, "biography", "New words.")
        assert moments[0] is not None
        assert Artist.objects.get().dirty_since is None

    def test_no_file_is_made_where_there_is_none(self, artist: Artist, folder: Path) -> None:
        set_field(artist, "biography", "New words.")
        assert list(folder.iterdir()) == []

    def test_a_profile_without_nfo_leaves_the_file_alone(self, artist: Artist, nfo: Path) -> None:
        activate_profile(PlatformProfile.objects.get(pk="plex"))
        set_field(artist, "biography", "New words.")
        assert nfo.read_bytes() == FOREIGN
        nfo.unlink()
        with pytest.raises(Conflict):
            create_nfo(artist)
        assert not nfo.exists()

    def test_lockdata_comes_from_the_library_that_owns_the_folder(
        self, artist: Artist, nfo: Path, library: Library, tmp_path: Path
    ) -> None:
        Library.objects.create(name="Parent", path=str(tmp_path), nfo_lock_data=True)
        Library.objects.create(name="Like it", path=str(tmp_path / "mus"), nfo_lock_data=True)
        set_field(artist, "biography", "One.")
        assert not read_nfo(nfo.read_bytes()).document.lock_data
        Library.objects.filter(pk=library.pk).update(nfo_lock_data=True)
        set_field(artist, "biography", "Two.")
        assert read_nfo(nfo.read_bytes()).document.lock_data

    def test_the_output_mapping_shapes_the_file_only(self, artist: Artist, nfo: Path) -> None:
        Option.objects.create(key="nfo.output.advanced_remap", value='{"genre": ["moods"]}')
        set_field(artist, "moods", "calm, warm")
        document = read_nfo(nfo.read_bytes()).document
        assert (document.genres, document.moods) == (("calm", "warm"), ())
        assert Artist.objects.get().moods == ["calm", "warm"]

    @pytest.mark.parametrize("content", [b"https://musicbrainz.org/artist/1\n", b"<artist><name>Half", b"<movie/>"])
    def test_a_file_that_cannot_be_merged_is_left_and_the_operation_warns(
        self, artist: Artist, nfo: Path, content: bytes
    ) -> None:
        nfo.write_bytes(content)
        change = set_field(artist, "biography", "New words.")
        assert nfo.read_bytes() == content
        assert "cannot be merged" in change.warning
        assert Operation.objects.get().warning == change.warning
        assert Artist.objects.get().biography == "New words."

    @pytest.mark.parametrize(
        ("field", "value", "why"),
        [
            ("biography", "x" * 2**20, "larger than 1024 KiB"),
            ("genres", [str(number) for number in range(20_000)], "more than 20000 elements"),
        ],
    )
    def test_no_file_grows_larger_than_what_is_read(
        self, artist: Artist, nfo: Path, field: str, value: str | list[str], why: str
    ) -> None:
        change = set_field(artist, field, value)
        assert change.warning is not None
        assert why in change.warning
        assert nfo.read_bytes() == FOREIGN
        set_field(artist, field, "")
        set_field(artist, "biography", "New words.")
        assert "<biography>New words.</biography>" in nfo.read_text()

    def test_saving_over_replaces_it_and_keeps_its_bytes(self, artist: Artist, nfo: Path) -> None:
        nfo.write_bytes(b"<artist><name>Half")
        done = save_over(artist)
        assert read_nfo(nfo.read_bytes()).document.biography == "Old words."
        assert done is not None
        undo(done.pk)
        assert nfo.read_bytes() == b"<artist><name>Half"

    def test_a_read_only_disk_keeps_the_edit_and_warns(self, artist: Artist, nfo: Path, monkeypatch) -> None:
        def read_only(path, *_args, **_options):
            raise ReadOnly(path)

        monkeypatch.setattr(file_changes, "write_file", read_only)
        change = set_field(artist, "biography", "New words.")
        assert "read-only" in change.warning
        assert (nfo.read_bytes(), Artist.objects.get().biography) == (FOREIGN, "New words.")
        assert not FileSnapshot.objects.exists()

    @pytest.mark.usefixtures("blocked")
    def test_a_guard_holds_back_the_edit_and_the_new_file(self, artist: Artist, folder: Path) -> None:
        with pytest.raises(WriteBlocked):
            set_field(artist, "biography", "New words.")
        with pytest.raises(WriteBlocked):
            create_nfo(artist)
        assert Artist.objects.get().biography == "Old words."
        assert list(folder.iterdir()) == []


class TestCreating:
    def test_the_first_file_says_what_is_stored(self, artist: Artist, folder: Path) -> None:
        done = create_nfo(artist, source="rule:nfo_exists")
        document = read_nfo((folder / "artist.nfo").read_bytes()).document
        assert (document.name, document.biography, document.lock_data) == ("Mara Field", "Old words.", False)
        artist.refresh_from_db()
        assert artist.nfo_exists
        assert done is not None
        undo(done.pk)
        artist.refresh_from_db()
        assert (artist.nfo_exists, artist.nfo_state, list(folder.iterdir())) == (False, NfoState.MISSING, [])

    def test_a_file_that_is_there_is_never_replaced(self, artist: Artist, nfo: Path) -> None:
        with pytest.raises(Conflict):
            create_nfo(artist)
        assert nfo.read_bytes() == FOREIGN

    def test_a_rule_makes_none_for_a_locked_artist(self, artist: Artist, folder: Path) -> None:
        Artist.objects.update(locked=True, locked_at=artist.created_at)
        with pytest.raises(Locked):
            create_nfo(artist, source="rule:nfo_exists")
        assert list(folder.iterdir()) == []


class TestLooking:
    def test_the_diff_compares_the_file_with_what_is_stored(self, artist: Artist, nfo: Path) -> None:
        Artist.objects.update(biography="New words.", origin="Leipzig")
        artist.refresh_from_db()
        found = {field.field: (field.old, field.new, field.status) for field in nfo_diff(artist).fields}
        assert len(found) == 16
        assert found["biography"] == ("Old words.", "New words.", "changed")
        assert found["name"][2] == "unchanged"

    def test_without_a_file_everything_is_added_and_without_a_folder_there_is_no_diff(self, artist: Artist) -> None:
        diff = nfo_diff(artist)
        assert not diff.exists
        assert {field.status for field in diff.fields if field.new} == {"added"}
        artist.path = ""
        assert nfo_diff(artist).fields == []

    def test_somebody_elses_write_is_a_conflict_whatever_the_files_time(self, artist: Artist, nfo: Path) -> None:
        set_field(artist, "biography", "New words.")
        assert not nfo_conflict(artist).has_conflict
        nfo.touch()
        assert not nfo_conflict(artist).has_conflict
        nfo.write_bytes(FOREIGN)
        conflict = nfo_conflict(artist)
        assert conflict.has_conflict
        assert "since Stillwater wrote it" in conflict.reason
        assert conflict.last_modified is not None

    def test_restoring_a_kept_file_brings_back_bytes_and_values(self, artist: Artist, nfo: Path) -> None:
        set_field(artist, "biography", "New words.")
        set_field(artist, "genres", "Folk")
        Artist.objects.update(locked_fields=["genres"])
        artist.refresh_from_db()
        oldest = NfoSnapshot.objects.last()
        assert oldest is not None
        change = restore_nfo(artist, oldest.pk)
        assert nfo.read_bytes() == FOREIGN
        artist.refresh_from_db()
        assert (artist.biography, artist.genres) == ("Old words.", ["Folk"])
        assert change.refused == {"genres": "field is locked"}

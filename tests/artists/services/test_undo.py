"""What was done can be taken back: rows and files together, or not at all and with the reason."""

import json
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from artists.models import Artist, FileSnapshot, Operation
from artists.services import file_changes
from artists.services.aliases import add_alias
from artists.services.editing import set_field, set_members
from artists.services.gates import join_guard, leave_guard
from artists.services.history import revert
from artists.services.locks import lock_artist
from artists.services.operations import operation
from artists.services.renaming import rename_directory
from artists.services.snapshots import sweep_snapshots
from artists.services.undo import undo, undo_group
from stillwater.errors import Conflict, Gone, Invalid, Locked, WriteBlocked
from stillwater.files import DiskFull
from tests.builders import make_artist, make_image

NFO = b'<?xml version="1.0"?>\r\n<artist><name>Mara Field</name><x a="1">kept</x></artist>'


def last() -> int:
    return Operation.objects.latest("pk").pk


class TestUndo:
    def test_fields_and_file_come_back_byte_for_byte(self, artist: Artist, folder: Path) -> None:
        (folder / "artist.nfo").write_bytes(NFO)
        Artist.objects.update(metadata_sources={"biography": "wikipedia"})
        set_field(artist, "biography", "New words.")
        assert (folder / "artist.nfo").read_bytes() != NFO
        done = undo(last())
        artist.refresh_from_db()
        assert artist.biography == "Old words."
        assert (folder / "artist.nfo").read_bytes() == NFO
        assert done.source == "revert"
        assert Operation.objects.get(pk=done.undoes_id).undone_at is not None

    def test_pictures_and_their_rows_come_back_together(self, artist: Artist, folder: Path) -> None:
        (folder / "folder.jpg").write_bytes(b"old picture")
        image = make_image(artist, width=300)
        row = {"slot": 0, "file_name": "folder.png", "width": 1000, "height": 1000, "exists": True, "locked": False}
        with operation(artist, source="provider:fanarttv") as change:
            change.write_file(folder / "folder.png", b"new picture")
            change.remove_file(folder / "folder.jpg")
            change.after_files(lambda change: change.set_rows("images.thumb", [row]))
        image.refresh_from_db()
        assert (image.file_name, image.width) == ("folder.png", 1000)
        undo(last())
        image.refresh_from_db()
        assert (image.file_name, image.width) == ("folder.jpg", 300)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"folder.jpg": b"old picture"}

    def test_a_file_changed_since_is_not_touched_nor_are_the_rows(self, artist: Artist, folder: Path) -> None:
        (folder / "logo.png").write_bytes(b"old")
        with operation(artist) as change:
            change.set("biography", "New words.")
            change.write_file(folder / "logo.png", b"new")
        (folder / "logo.png").write_bytes(b"somebody else's")
        with pytest.raises(Conflict, match=r"logo\.png has been changed since"):
            undo(last())
        assert (folder / "logo.png").read_bytes() == b"somebody else's"
        assert Artist.objects.get().biography == "New words."

    def test_a_field_changed_since_is_not_touched_nor_are_the_files(self, artist: Artist, folder: Path) -> None:
        (folder / "logo.png").write_bytes(b"old")
        with operation(artist) as change:
            change.set("biography", "New words.")
            change.write_file(folder / "logo.png", b"new")
        first = last()
        with operation(artist) as change:
            change.set("biography", "Newer words.")
        with pytest.raises(Conflict, match="biography has been changed since"):
            undo(first)
        assert (folder / "logo.png").read_bytes() == b"new"

    def test_a_field_locked_since_stays_and_so_do_the_files(self, artist: Artist, folder: Path) -> None:
        with operation(artist) as change:
            change.set("biography", "New words.")
            change.write_file(folder / "logo.png", b"new")
        Artist.objects.update(locked_fields=["biography"])
        with pytest.raises(Locked):
            undo(last())
        assert (folder / "logo.png").read_bytes() == b"new"
        assert Operation.objects.get().undone_at is None

    def test_when_a_file_fails_nothing_is_taken_back(self, artist: Artist, folder: Path, monkeypatch) -> None:
        (folder / "logo.png").write_bytes(b"old")
        with operation(artist) as change:
            change.set("biography", "New words.")
            change.write_file(folder / "logo.png", b"new")

        def full(path, *_args, **_options):
            raise DiskFull(path)

        monkeypatch.setattr(file_changes, "write_file", full)
        with pytest.raises(DiskFull):
            undo(last())
        assert Artist.objects.get().biography == "New words."
        assert Operation.objects.get().undone_at is None

    def test_an_older_edit_can_go_though_a_later_one_wrote_the_nfo_again(self, artist: Artist, folder: Path) -> None:
        (folder / "artist.nfo").write_bytes(NFO)
        set_field(artist, "biography", "New words.")
        first = last()
        set_field(artist, "origin", "Leipzig")
        set_field(artist, "genres", "Folk")
        undo(first)
        artist.refresh_from_db()
        text = (folder / "artist.nfo").read_text()
        assert (artist.biography, artist.genres) == ("Old words.", ["Folk"])
        assert "Old words." in text
        assert "<genre>Folk</genre>" in text
        assert '<x a="1">kept</x>' in text

    def test_members_aliases_and_locks_come_back(self, artist: Artist) -> None:
        set_members(artist, [{"member_name": "Ada", "instruments": ["oboe"]}])
        members = last()
        add_alias(artist, "M. Field")
        alias = last()
        lock_artist(artist)
        lock = last()
        for each in (lock, alias, members):
            undo(each)
        artist.refresh_from_db()
        assert (artist.locked, artist.locked_at, artist.aliases.count(), artist.members.count()) == (False, None, 0, 0)
        assert artist.search_text == "mara field"

    def test_a_rename_comes_back_and_older_files_are_found_in_the_new_place(self, artist: Artist, folder: Path) -> None:
        (folder / "logo.png").write_bytes(b"old")
        with operation(artist) as change:
            change.write_file(folder / "logo.png", b"new")
        picture = last()
        rename_directory(artist, "Field, Mara")
        rename = last()
        undo(picture)
        assert (folder.with_name("Field, Mara") / "logo.png").read_bytes() == b"old"
        undo(rename)
        artist.refresh_from_db()
        assert artist.path == str(folder)
        assert (folder / "logo.png").read_bytes() == b"old"

    def test_nothing_is_undone_twice_and_no_undo_is_undone(self, artist: Artist) -> None:
        set_field(artist, "biography", "New words.")
        done = undo(last())
        with pytest.raises(Conflict):
            undo(done.undoes_id)
        with pytest.raises(Invalid):
            undo(done.pk)

    def test_the_undo_of_a_deleted_artist_is_refused(self, artist: Artist) -> None:
        set_field(artist, "biography", "New words.")
        artist.delete()
        with pytest.raises(Gone):
            undo(last())

    def test_the_provider_of_the_old_value_is_known_again(self, artist: Artist) -> None:
        with operation(artist, source="provider:wikipedia") as change:
            change.set("biography", "From there.")
        set_field(artist, "biography", "Mine.")
        undo(last())
        artist.refresh_from_db()
        assert (artist.biography, artist.metadata_sources) == ("From there.", {"biography": "wikipedia"})

    def test_what_an_operation_keeps_is_plain_json(self, artist: Artist) -> None:
        make_image(artist, last_written_at=timezone.now())
        lock_artist(artist)
        with operation(artist) as change:
            change.set("images.thumb", [])
        for recorded in Operation.objects.latest("pk").changes.all():
            json.dumps(recorded.old_value)
        undo(last())
        assert artist.images.get().last_written_at is not None


class TestUndoOfARun:
    def test_a_whole_run_is_taken_back_and_refusals_are_told(self, artist: Artist) -> None:
        other, run = make_artist("Other"), uuid4()
        for each in (artist, other):
            with operation(each, source="rule:x", group=run) as change:
                change.set("origin", "Leipzig")
        with operation(other) as change:
            change.set("origin", "Dresden")
        result = undo_group(run)
        assert result.undone == 1
        assert [(each.artist_name, reason) for each, reason in result.refused] == [
            ("Other", "origin has been changed since")
        ]
        assert set(Artist.objects.values_list("name", "origin")) == {("Mara Field", ""), ("Other", "Dresden")}


class TestSweep:
    def test_old_bytes_go_and_shared_ones_stay(self, artist: Artist, folder: Path, settings) -> None:
        for name in ("a.png", "b.png", "c.png"):
            (folder / name).write_bytes(b"shared" if name != "c.png" else b"alone")
            with operation(artist) as change:
                change.write_file(folder / name, b"new")
        old = timezone.now() - timedelta(days=settings.STILLWATER_KEEP_CHANGES_DAYS + 1)
        young = Operation.objects.get(files__path__endswith="a.png")
        Operation.objects.exclude(pk=young.pk).update(created_at=old)
        for kept in (settings.STILLWATER_DATA / "snapshots").glob("*/*"):
            os.utime(kept, (0, 0))
        assert sweep_snapshots() == 1
        assert FileSnapshot.objects.count() == 1
        undo(young.pk)
        assert (folder / "a.png").read_bytes() == b"shared"
        with pytest.raises(Gone):
            undo(Operation.objects.filter(created_at=old).first().pk)


def test_a_run_that_was_killed_after_its_last_step_ends_well_the_second_time(artist: Artist) -> None:
    group = uuid4()
    with operation(artist, group=group) as change:
        change.set("origin", "Leipzig")
    assert undo_group(group).undone == 1
    again = undo_group(group)
    assert (again.undone, again.refused) == (0, [])


def test_no_way_back_writes_a_file_that_a_server_would_write_too(artist: Artist, folder: Path) -> None:
    (folder / "artist.nfo").write_bytes(b"<artist><name>Mara Field</name></artist>")
    change = set_field(artist, "biography", "New words.")

    def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
        return {each.pk: WriteBlocked("nfo_write_blocked", extra={"axis": axis}) for each in artists}

    join_guard(guard)
    try:
        with pytest.raises(WriteBlocked):
            undo(change.operation.pk)
        with pytest.raises(WriteBlocked):
            revert(change.operation.changes.get().pk)
    finally:
        leave_guard(guard)
    assert Artist.objects.get().biography == "New words."

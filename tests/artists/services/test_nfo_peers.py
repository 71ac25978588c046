"""Other programs write the same artist.nfo: nothing of theirs is lost, nothing of ours, and what failed is said."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from artists.models import Artist, FileSnapshot, Library, MetadataChange, Operation, PlatformProfile
from artists.nfo.reader import read_nfo
from artists.services import file_changes, operations
from artists.services.editing import clear_field, set_field, set_fields
from artists.services.history import revert
from artists.services.locks import lock_artist, lock_field, unlock_artist
from artists.services.nfo_output import change_output_mapping
from artists.services.profiles import activate_profile
from artists.services.scanner.scanning import scan_libraries
from artists.services.snapshots import kept
from artists.services.undo import undo
from artists.services.writeback import create_nfo, save_over
from stillwater.errors import Conflict
from stillwater.files import DiskFull, NotPermitted, ReadOnly
from tests.artists.services.music import artist_folder, nfo, put

pytestmark = pytest.mark.django_db

PEERS = b"""<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!-- curated by hand since 2014 -->
<artist>
  <biography>She plays.</biography>
  <outline>She plays &amp; sings.</outline>
  <lockdata>true</lockdata>
  <lockedfields>Name|Overview</lockedfields>
  <dateadded>2014-05-01 20:11:09</dateadded>
  <title>Mara Field</title>
  <name>Mara Field</name>
  <thumb aspect="thumb" preview="https://img.example/p?a=1&amp;b=2">https://img.example/f?a=1&amp;b=2</thumb>
  <fanart><thumb preview="https://img.example/s.jpg">https://img.example/l.jpg</thumb></fanart>
  <album><title>First &lt;Light&gt;</title><year>1999</year><label>Own</label></album>
  <album><title>Second</title><year>2003</year></album>
  <art><poster>/music/Mara Field/folder.jpg</poster></art>
  <mine xmlns:x="urn:x" x:kind="note"><![CDATA[keep <this>]]></mine>
</artist>
https://musicbrainz.org/artist/0a1b2c3d-0000-4000-8000-000000000001
"""


@pytest.fixture
def file(library: Library) -> Path:
    """Scanned once."""
    path = put(Path(library.path) / "Mara Field" / "artist.nfo", PEERS)
    scan_libraries()
    return path


@pytest.fixture
def mara(file: Path) -> Artist:
    return Artist.objects.get()


def foreign(data: bytes) -> bytes:
    """What is not ours in the file."""
    return data[data.index(b"<outline>") :]


class TestForeignElements:
    def test_twenty_edits_and_scans_leave_them_byte_for_byte(self, mara: Artist, file: Path) -> None:
        set_field(mara, "biography", "Words 0.")
        after_the_first = foreign(file.read_bytes())
        for number in range(1, 21):
            set_field(Artist.objects.get(), "biography", f"Words {number} & <more>.")
            scan_libraries()
        assert foreign(file.read_bytes()) == after_the_first
        for piece in (
            b"curated by hand since 2014",
            b"<lockedfields>Name|Overview</lockedfields>",
            b'preview="https://img.example/p?a=1&amp;b=2">https://img.example/f?a=1&amp;b=2</thumb>',
            b"<title>First &lt;Light&gt;</title>",
            b"<label>Own</label>",
            b"<![CDATA[keep <this>]]>",
            b"\nhttps://musicbrainz.org/artist/0a1b2c3d-0000-4000-8000-000000000001\n",
        ):
            assert piece in file.read_bytes(), piece

    def test_twenty_ways_back_return_to_the_first_byte(self, mara: Artist, file: Path) -> None:
        made = [set_field(Artist.objects.get(), "biography", f"Words {number}.").operation for number in range(20)]
        for done in reversed(made):
            assert done is not None
            undo(done.pk)
        assert file.read_bytes() == PEERS
        assert Artist.objects.get().biography == "She plays."

    def test_albums_stay_counted(self, mara: Artist) -> None:
        set_field(mara, "biography", "Words.")
        assert Artist.objects.get().album_count == 2


class TestNews:
    def test_what_a_person_typed_into_the_file_survives_an_edit_before_the_next_scan(
        self, mara: Artist, file: Path
    ) -> None:
        unlock_artist(mara)
        put(file, PEERS.replace(b"She plays.</b", b"Typed with an editor.</b"), age=-60)
        set_field(mara, "genres", "Folk")
        stored = Artist.objects.get()
        assert (stored.biography, stored.genres) == ("Typed with an editor.", ["Folk"])
        assert b"Typed with an editor." in file.read_bytes()
        assert MetadataChange.objects.get(field="biography").source == "scan"

    def test_an_edit_of_the_same_field_wins_and_the_files_value_is_in_the_history(
        self, mara: Artist, file: Path
    ) -> None:
        unlock_artist(mara)
        put(file, PEERS.replace(b"She plays.</b", b"Typed with an editor.</b"), age=-60)
        set_field(mara, "biography", "Typed here.")
        assert Artist.objects.get().biography == "Typed here."
        assert MetadataChange.objects.get(field="biography", source="manual").old_value == "Typed with an editor."

    def test_locks_hold_against_the_news(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        lock_field(mara, "biography")
        put(file, PEERS.replace(b"She plays.</b", b"Robot words.</b"), age=-60)
        set_field(Artist.objects.get(), "genres", "Folk")
        assert Artist.objects.get().biography == "She plays."

    def test_a_peer_that_writes_between_our_look_and_our_write_loses_nothing(
        self, mara: Artist, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, written = operations._prepared, []

        def late(change: Any) -> Any:
            if not written:
                written.append(put(file, file.read_bytes().replace(b"</artist>", b"<new>1</new></artist>"), age=-90))
            return real(change)

        monkeypatch.setattr(operations, "_prepared", late)
        change = set_field(mara, "biography", "New words.")
        assert (b"<new>1</new>" in file.read_bytes(), b"New words." in file.read_bytes()) == (True, True)
        assert change.warning == ""
        assert FileSnapshot.objects.count() == 1

    def test_one_that_never_stops_is_left_alone_and_it_is_said(
        self, mara: Artist, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, count = operations._prepared, iter(range(99))

        def always(change: Any) -> Any:
            put(file, PEERS.replace(b"1999", b"%d" % next(count)))
            return real(change)

        monkeypatch.setattr(operations, "_prepared", always)
        change = set_field(mara, "biography", "New words.")
        assert "another program has just written artist.nfo" in change.warning
        assert b"She plays." in file.read_bytes()
        assert Artist.objects.get().biography == "New words."
        assert Operation.objects.get().warning == change.warning
        assert not FileSnapshot.objects.exists()


class TestEchoes:
    def test_a_peer_that_writes_the_old_value_back_does_not_undo_the_edit(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        set_field(mara, "biography", "New words.")
        put(file, PEERS.replace(b"2014-05-01", b"2026-01-01"))
        scan_libraries()
        stored = Artist.objects.get()
        assert stored.biography == "New words."
        assert "earlier value of biography" in stored.scan_note
        set_field(stored, "genres", "Folk")
        assert b"New words." in file.read_bytes()

    def test_a_third_value_is_news(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        set_field(mara, "biography", "New words.")
        put(file, PEERS.replace(b"She plays.</b", b"Third words.</b"))
        scan_libraries()
        assert Artist.objects.get().biography == "Third words."

    def test_a_value_that_was_taken_back_may_come_from_the_file(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        set_field(mara, "biography", "New words.")
        revert(MetadataChange.objects.get(field="biography").pk)
        put(file, PEERS.replace(b"She plays.</b", b"New words.</b"))
        scan_libraries()
        assert Artist.objects.get().biography == "New words."


class TestLockdata:
    def test_a_lock_that_somebody_else_wrote_survives_our_edits(self, mara: Artist, file: Path) -> None:
        assert mara.locked
        for number in range(3):
            set_field(Artist.objects.get(), "biography", f"Words {number}.")
            assert document(file).lock_data

    def test_unlocking_takes_it_out_of_the_file_and_no_scan_locks_again(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        assert not document(file).lock_data
        for _ in range(2):
            scan_libraries()
        assert not Artist.objects.get().locked
        put(file, file.read_bytes().replace(b"</artist>", b"<lockdata>true</lockdata></artist>"))
        for _ in range(2):
            scan_libraries()
        assert not Artist.objects.get().locked

    def test_undoing_the_unlocking_brings_both_back(self, mara: Artist, file: Path) -> None:
        unlock_artist(mara)
        undo(Operation.objects.get(summary="Unlocked the artist").pk)
        assert (Artist.objects.get().locked, file.read_bytes()) == (True, PEERS)

    def test_unlocking_leaves_a_file_alone_that_locks_nothing(self, library: Library) -> None:
        path = put(Path(library.path) / "Ida Stone" / "artist.nfo", nfo("Ida Stone"))
        before = path.read_bytes()
        scan_libraries()
        artist = lock_artist(Artist.objects.get())
        unlock_artist(artist)
        assert path.read_bytes() == before

    def test_the_librarys_own_mark_goes_when_the_library_wants_it_no_more(self, library: Library) -> None:
        path = put(Path(library.path) / "Ida Stone" / "artist.nfo", nfo("Ida Stone"))
        scan_libraries()
        for wanted in (True, False):
            Library.objects.update(nfo_lock_data=wanted)
            set_field(Artist.objects.get(), "biography", f"Wanted: {wanted}.")
            assert document(path).lock_data is wanted
            scan_libraries()
            assert not Artist.objects.get().locked


class TestBeingWritten:
    def test_an_edit_does_not_fill_a_file_that_a_peer_has_just_truncated(self, mara: Artist, file: Path) -> None:
        file.write_bytes(b"")
        change = set_field(mara, "biography", "New words.")
        assert "another program may be writing it" in change.warning
        assert file.read_bytes() == b""
        with pytest.raises(Conflict, match="another program"):
            create_nfo(Artist.objects.get())
        file.write_bytes(PEERS)
        scan_libraries()
        assert Artist.objects.get().biography == "New words."
        set_field(Artist.objects.get(), "genres", "Folk")
        assert b"<label>Own</label>" in file.read_bytes()
        assert b"New words." in file.read_bytes()

    def test_one_that_has_been_empty_for_long_is_filled(self, mara: Artist, file: Path) -> None:
        put(file, b"")
        assert set_field(mara, "biography", "New words.").warning == ""
        assert b"New words." in file.read_bytes()


class TestRefused:
    @pytest.mark.parametrize(
        ("error", "words"), [(ReadOnly, "read-only"), (NotPermitted, "may not"), (DiskFull, "full")]
    )
    def test_a_disk_that_refuses_is_said_on_the_page_and_over_rest(
        self, mara: Artist, file: Path, admin_client: Client, monkeypatch: Any, error: Any, words: str
    ) -> None:
        def refuse(path: Path, *_args: Any, **_options: Any) -> None:
            raise error(path)

        monkeypatch.setattr(file_changes, "write_file", refuse)
        address = f"/api/v1/artists/{mara.pk}/fields/biography"
        answer = admin_client.patch(address, {"value": "New words."}, content_type="application/json").json()
        assert (answer["status"], words in answer["warning"]) == ("updated", True)
        assert words in admin_client.delete(address).json()["warning"]
        page = admin_client.post(f"/artists/{mara.pk}/fields/biography/change", {"value": "More."}, follow=True)
        assert "Saved, but artist.nfo" in page.content.decode() or words in page.content.decode()
        assert file.read_bytes() == PEERS

    def test_a_folder_that_is_away_is_said(self, mara: Artist, file: Path) -> None:
        os.rename(file.parent.parent, file.parent.parent.with_name("unplugged"))
        change = set_field(mara, "biography", "New words.")
        assert "its folder is not there" in change.warning

    @pytest.mark.parametrize("content", [b"https://musicbrainz.org/artist/1\n", b"<!DOCTYPE a><artist/>", b"<artist>"])
    def test_a_file_that_cannot_be_merged_is_never_overwritten_blindly(
        self, mara: Artist, file: Path, content: bytes
    ) -> None:
        put(file, content)
        scan_libraries()
        artist = Artist.objects.get()
        for change in (
            set_field(artist, "biography", "New words."),
            set_fields(artist, {"origin": "Leipzig", "genres": ["Folk"]}),
            clear_field(artist, "biography"),
        ):
            assert "cannot be merged" in change.warning
        assert file.read_bytes() == content
        with pytest.raises(Conflict):
            create_nfo(artist)
        done = save_over(artist)
        assert done is not None
        assert kept(done.files.get().content_hash) == content

    def test_replacing_a_file_that_can_be_merged_by_now_merges_it(self, mara: Artist, file: Path) -> None:
        save_over(mara)
        assert b"<label>Own</label>" in file.read_bytes()

    def test_a_crash_between_rows_and_file_is_told(
        self, mara: Artist, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def power_fails(_change: Any, *_more: Any) -> None:
            raise SystemExit

        monkeypatch.setattr(operations, "_files_follow", power_fails)
        with pytest.raises(SystemExit):
            set_field(mara, "biography", "New words.")
        assert "stopped before the files could follow" in Operation.objects.get().warning
        monkeypatch.undo()
        set_field(Artist.objects.get(), "genres", "Folk")
        assert b"New words." in file.read_bytes()
        assert Operation.objects.first().warning == ""

    def test_saving_the_same_value_again_writes_a_file_that_lacks_it(
        self, mara: Artist, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path, *_args: Any, **_options: Any) -> None:
            raise ReadOnly(path)

        with monkeypatch.context() as patch:
            patch.setattr(file_changes, "write_file", refuse)
            set_field(mara, "biography", "New words.")
        assert b"New words." not in file.read_bytes()
        set_field(mara, "biography", "New words.")
        assert b"New words." in file.read_bytes()


class TestSpelling:
    def test_a_file_that_is_spelled_otherwise_follows_and_gets_no_double(self, library: Library) -> None:
        path = put(Path(library.path) / "Ida Stone" / "Artist.NFO", nfo("Ida Stone", biography="Old."))
        scan_libraries()
        artist = Artist.objects.get()
        change = set_field(artist, "biography", "New.")
        assert document(path).biography == "New."
        with pytest.raises(Conflict):
            create_nfo(artist)
        assert [each.name for each in path.parent.iterdir()] == ["Artist.NFO"]
        assert change.operation is not None
        undo(change.operation.pk)
        assert document(path).biography == "Old."


class TestOwnWrites:
    def test_our_own_write_is_neither_read_back_nor_evaluated_again(self, mara: Artist, file: Path) -> None:
        set_field(mara, "biography", "New words.")
        os.utime(file, (time.time() - 500, time.time() - 500))
        Artist.objects.update(dirty_since=None)
        result = scan_libraries()
        artist = Artist.objects.get()
        assert (artist.dirty_since, result.updated_artists) == (None, 0)
        assert artist.nfo_written_hash == hashlib.sha256(file.read_bytes()).hexdigest()
        assert artist.metadata_sources["biography"] == "manual"

    @pytest.mark.parametrize("scanned", [True, False], ids=["scan", "next edit"])
    def test_our_own_file_that_somebody_puts_back_after_another_is_news(self, library: Library, scanned: bool) -> None:
        file = artist_folder(Path(library.path), "Ida Stone", style="Folk") / "artist.nfo"
        scan_libraries()
        set_field(Artist.objects.get(), "biography", "Typed.")
        ours = file.read_bytes()
        put(file, ours.replace(b"Folk", b"Ambient"), age=500)
        scan_libraries()
        assert Artist.objects.get().styles == ["Ambient"]
        put(file, ours, age=400)
        if scanned:
            scan_libraries()
        else:
            set_field(Artist.objects.get(), "biography", "Other words.")
        assert Artist.objects.get().styles == ["Folk"]
        assert document(file).styles == ("Folk",)

    def test_a_profile_without_nfo_neither_makes_nor_reads_nor_writes_one(self, library: Library) -> None:
        artist_folder(Path(library.path), "Ida Stone")
        scan_libraries()
        artist = Artist.objects.get()
        path = Path(artist.path) / "artist.nfo"
        before = path.read_bytes()
        activate_profile(PlatformProfile.objects.get(pk="plex"))
        assert set_field(artist, "biography", "New.").warning == ""
        assert path.read_bytes() == before
        path.unlink()
        with pytest.raises(Conflict):
            create_nfo(artist)
        assert not path.exists()


def document(path: Path) -> Any:
    return read_nfo(path.read_bytes()).document


@pytest.mark.parametrize(
    "mapping",
    [
        {"default_behavior": False, "moods_as_styles": True, "genre_sources": ["genres", "moods"]},
        {"advanced_remap": {"genre": ["moods"], "style": ["genres"]}},
    ],
)
@pytest.mark.parametrize("then", [lambda mara: scan_libraries(), lambda mara: set_field(mara, "origin", "Leipzig")])
def test_lists_that_we_mapped_do_not_come_back_as_what_is_stored(
    library: Library, mapping: dict[str, object], then: Callable[[Artist], object]
) -> None:
    file = put(Path(library.path) / "Mara Field" / "artist.nfo", nfo("Mara Field"))
    scan_libraries()
    mara = Artist.objects.get()
    set_fields(mara, {"genres": ["Rock"], "styles": ["Punk"], "moods": ["Sad"]})
    change_output_mapping(mapping)
    set_field(mara, "disambiguation", "of Leipzig")
    put(file, file.read_bytes().replace(b"</artist>", b"<rating>5</rating></artist>"))
    then(Artist.objects.get())
    mara.refresh_from_db()
    assert (mara.genres, mara.styles, mara.moods) == (["Rock"], ["Punk"], ["Sad"])
    put(file, file.read_bytes().replace(b"</artist>", b"<genre>Folk</genre></artist>"))
    scan_libraries()
    mara.refresh_from_db()
    assert "Folk" in mara.genres


@pytest.fixture
def written_while_locked(library: Library) -> Path:
    """Somebody wrote a biography into the file of an artist who was locked, and a scan has passed since."""
    path = put(Path(library.path) / "Mara Field" / "artist.nfo", nfo("Mara Field", biography="Old."))
    scan_libraries()
    lock_artist(Artist.objects.get())
    put(path, nfo("Mara Field", biography="By hand, in the file."), age=-60)
    scan_libraries()
    assert Artist.objects.get().biography == "Old."
    return path


def test_what_was_written_while_the_artist_was_locked_is_read_before_the_next_edit(written_while_locked: Path) -> None:
    mara = unlock_artist(Artist.objects.get())
    set_field(mara, "origin", "Leipzig")
    assert b"By hand, in the file." in written_while_locked.read_bytes()
    assert Artist.objects.get().biography == "By hand, in the file."


def test_a_scan_after_the_unlocking_is_enough(written_while_locked: Path) -> None:
    unlock_artist(Artist.objects.get())
    scan_libraries()
    assert Artist.objects.get().biography == "By hand, in the file."
    assert b"By hand, in the file." in written_while_locked.read_bytes()

"""A scan takes minutes, and people do not wait for it: what they do meanwhile is never taken back by it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist, Library, Membership
from artists.services.editing import exclude, set_field
from artists.services.libraries import change_library, delete_library
from artists.services.renaming import rename_directory
from artists.services.scanner import looking, reconciling, running, scanning
from artists.services.scanner.scanning import scan_artist, scan_libraries
from stillwater.errors import Conflict
from tests.artists.services.music import artist_folder, nfo, put
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

OTHERS = ("Ada Lind", "Bo Kern", "Cy Dahl", "Di Ross", "Ed Holm")


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


@pytest.fixture
def mara(root: Path) -> Artist:
    """Scanned once, and touched since, so that the next scan looks into her folder."""
    artist_folder(root, "Mara Field", biography="She plays.")
    scan_libraries()
    put(root / "Mara Field" / "folder.jpg", b"", age=50)
    return Artist.objects.get()


def before(monkeypatch: pytest.MonkeyPatch, step: str, act: Callable[[], object], where: Any = running) -> None:
    """Act once, when the scan has looked and is about to take this step."""
    real, acted = getattr(where, step), []

    def late(*given: Any, **named: Any) -> Any:
        if not acted:
            acted.append(act())
        return real(*given, **named)

    monkeypatch.setattr(where, step, late)


class TestEdits:
    def test_an_edit_is_not_undone_by_what_the_scan_had_read_before(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before(monkeypatch, "update_artists", lambda: set_field(mara, "biography", "She sings."))
        scan_libraries()
        assert Artist.objects.get().biography == "She sings."
        assert "She sings." in (root / "Mara Field" / "artist.nfo").read_text()
        scan_libraries()
        assert Artist.objects.get().biography == "She sings."

    def test_nor_by_the_watchers_look_into_the_one_folder(self, mara: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
        before(monkeypatch, "update_artists", lambda: set_field(mara, "biography", "She sings."), scanning)
        scan_artist(Artist.objects.get())
        assert Artist.objects.get().biography == "She sings."

    def test_the_next_scan_takes_over_what_this_one_had_to_leave(
        self, mara: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before(monkeypatch, "update_artists", lambda: set_field(mara, "biography", "She sings."))
        scan_libraries()
        scan_libraries()
        assert Artist.objects.get().nfo_state == "ok"
        assert Artist.objects.get().images.get().problem != ""

    def test_an_exclusion_by_hand_holds(self, mara: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
        before(monkeypatch, "bulk_apply", lambda: exclude(mara, reason="not mine"), reconciling)
        scan_libraries()
        assert Artist.objects.get().is_excluded


class TestFolders:
    def test_a_folder_renamed_meanwhile_keeps_its_new_place(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before(monkeypatch, "update_artists", lambda: rename_directory(mara, "Mara F"))
        scan_libraries()
        assert Artist.objects.get().path == str(root / "Mara F")
        scan_libraries()
        assert (Artist.objects.get().path, Artist.objects.get().missing_since) == (str(root / "Mara F"), None)

    def test_a_folder_renamed_while_the_root_was_listed_is_not_missing(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number, name in enumerate(OTHERS, 2):
            artist_folder(root, name, number=number)
        scan_libraries()
        rename_directory(mara, "Mara F")
        Artist.objects.filter(pk=mara.pk).update(path=str(root / "Mara Field"), musicbrainz_id="", nfo_hash="x")
        before(monkeypatch, "take_leave", lambda: Artist.objects.filter(pk=mara.pk).update(path=str(root / "Mara F")))
        scan_libraries()
        assert not Artist.objects.filter(missing_since__isnull=False).exists()

    def test_a_folder_that_came_back_during_the_scan_is_not_missing(
        self, mara: Artist, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number, name in enumerate(OTHERS, 2):
            artist_folder(root, name, number=number)
        scan_libraries()
        os.rename(root / "Mara Field", tmp_path / "aside")
        before(monkeypatch, "take_leave", lambda: os.rename(tmp_path / "aside", root / "Mara Field"))
        assert scan_libraries().missing_artists == 0

    def test_a_disk_that_stops_answering_takes_nobody(
        self, mara: Artist, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The root was listed, and is gone when its folders are looked into."""
        before(monkeypatch, "list_folder", lambda: os.rename(root, tmp_path / "unplugged"), looking)
        scan_libraries()
        artist = Artist.objects.get()
        assert (artist.missing_since, artist.nfo_exists, artist.images.get().exists) == (None, True, True)
        assert "cannot be read" in artist.scan_note


class TestLibraries:
    def test_a_library_removed_meanwhile_ends_its_scan_with_a_word(
        self, library: Library, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        artist_folder(root, "Mara Field")
        before(monkeypatch, "create_artists", lambda: delete_library(Library.objects.get()))
        result = scan_libraries()
        assert (result.status, result.new_artists) == ("failed", 0)
        assert "removed" in result.error
        assert Artist.objects.count() == 0

    def test_the_other_libraries_are_scanned_all_the_same(
        self, library: Library, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        artist_folder(root, "Mara Field")
        artist_folder(tmp_path / "other", "Ida Stone", number=2)
        other = Library.objects.create(name="Other", path=str(tmp_path / "other"))
        before(monkeypatch, "create_artists", lambda: delete_library(Library.objects.get(pk=library.pk)))
        result = scan_libraries()
        assert (result.status, result.new_artists) == ("completed", 1)
        assert list(Membership.objects.values_list("library", flat=True)) == [other.pk]
        assert any("removed" in note for note in result.notes)

    def test_artists_of_a_library_removed_meanwhile_are_not_deleted(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever removes a library keeps its artists unless he says otherwise; the second sight must not decide."""
        for number, name in enumerate(OTHERS, 2):
            artist_folder(root, name, number=number)
        scan_libraries()
        os.rename(root / "Mara Field", root.parent / "gone")
        scan_libraries()
        before(monkeypatch, "take_leave", lambda: delete_library(Library.objects.get()))
        scan_libraries()
        assert Artist.objects.filter(pk=mara.pk).exists()

    def test_a_library_that_got_another_folder_meanwhile_keeps_it(
        self, mara: Artist, library: Library, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        artist_folder(tmp_path / "moved", "Mara Field")
        new = str(tmp_path / "moved")
        before(monkeypatch, "update_artists", lambda: change_library(Library.objects.get(), {"path": new}))
        scan_libraries()
        assert Artist.objects.get().path == f"{new}/Mara Field"

    def test_a_path_that_an_artist_without_library_has_is_a_plain_conflict(
        self, mara: Artist, library: Library, tmp_path: Path
    ) -> None:
        artist_folder(tmp_path / "moved", "Mara Field")
        make_artist("Mara Field", path=str(tmp_path / "moved" / "Mara Field"))
        with pytest.raises(Conflict, match="another artist"):
            change_library(library, {"path": str(tmp_path / "moved")})
        assert Artist.objects.get(pk=mara.pk).path == mara.path


def test_a_peer_that_truncates_and_rewrites_loses_nothing(mara: Artist, root: Path) -> None:
    """Jellyfin opens the file with truncation: there is an empty file, then half a file, then all of it."""
    file = root / "Mara Field" / "artist.nfo"
    full = nfo("Mara Field", biography="She plays and sings.", genre="Folk")
    for content, state in ((b"", "empty"), (full[:80], "broken"), (full, "ok")):
        file.write_bytes(content)
        scan_artist(Artist.objects.get())
        artist = Artist.objects.get()
        assert artist.nfo_state == state
        assert artist.biography == ("She plays and sings." if state == "ok" else "She plays.")
        assert artist.folder_stamp == "", "a file that young is looked at again"

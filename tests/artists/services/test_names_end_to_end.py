"""Names that are no UTF-8, composed or not, with per cent signs; roots behind links: scan, edit, undo, rename."""

import hashlib
import os
from pathlib import Path

import pytest
from django.test import Client

from artists.models import Artist, Library, MetadataChange
from artists.nfo.reader import read_nfo
from artists.services.editing import set_field
from artists.services.fingerprints import take_fingerprints
from artists.services.history import revert
from artists.services.nfo_files import nfo_diff, nfo_snapshots, restore_nfo
from artists.services.renaming import rename_directory
from artists.services.scanner.scanning import scan_artist, scan_libraries
from artists.services.undo import undo
from artists.services.writeback import create_nfo
from stillwater.errors import Conflict, StillwaterError
from tests.artists.services.music import artist_folder, nfo, picture, put
from tests.builders import make_library

pytestmark = pytest.mark.django_db

NAMES = (
    b"Bj\xf6rk",  # latin-1
    b"\xff\xfe\x80",
    "Björk".encode(),
    "Bjo\u0308rk".encode(),
    b"100%41 Hits",
    b"%F6",
    "梶浦由記 … “x” é".encode(),
    b"x" * 255,
    b"new\nline\ttab",
    b"'; DROP TABLE artists_artist; --",
)


def tree(root: Path) -> dict[str, str]:
    """Every file below the root with its hash."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


class TestNames:
    @pytest.mark.parametrize("raw", NAMES, ids=repr)
    def test_scanned_edited_taken_back_renamed_and_found_again(
        self, root: Path, raw: bytes, admin_client: Client
    ) -> None:
        name = os.fsdecode(raw)
        folder = root / name
        put(folder / "artist.nfo", nfo("Somebody", biography="Old."))
        put(folder / "folder.jpg", picture())
        before = tree(root)
        assert scan_libraries().new_artists == 1
        assert take_fingerprints().pictures == 1
        artist = Artist.objects.get()
        for page in ("", "/nfo"):
            assert admin_client.get(f"/artists/{artist.pk}{page}").status_code == 200, page
        assert admin_client.get(f"/api/v1/artists/{artist.pk}").status_code == 200
        edit = set_field(artist, "biography", "New.")
        assert edit.warning == ""
        assert read_nfo((folder / "artist.nfo").read_bytes()).document.biography == "New."
        renamed = rename_directory(artist, "Plain name")
        assert set(os.listdir(root)) == {"Plain name"}
        assert scan_libraries().new_artists == 0
        for change in (renamed, edit):
            assert change.operation is not None
            undo(change.operation.pk)
        assert tree(root) == before
        scan_artist(Artist.objects.get())
        assert scan_libraries().as_plain()["new_artists"] == 0
        assert Artist.objects.get().biography == "Old."

    def test_snapshots_and_reverts_find_such_a_folder(self, root: Path) -> None:
        folder = root / os.fsdecode(b"Bj\xf6rk")
        put(folder / "artist.nfo", nfo("Björk", biography="Old."))
        scan_libraries()
        artist = Artist.objects.get()
        set_field(artist, "biography", "New.")
        revert(MetadataChange.objects.get(field="biography").pk)
        assert not nfo_diff(Artist.objects.get()).has_changes
        restore_nfo(Artist.objects.get(), nfo_snapshots(artist)[-1].pk)
        assert (folder / "artist.nfo").read_bytes() == nfo("Björk", biography="Old.")

    def test_what_the_disk_says_of_such_a_file_can_be_told(self, root: Path, admin_client: Client) -> None:
        folder = root / os.fsdecode(b"Bj\xf6rk")
        put(folder / "folder.jpg", picture())
        scan_libraries()
        (folder / "artist.nfo").mkdir()
        artist = Artist.objects.get()
        with pytest.raises(StillwaterError) as refused:
            create_nfo(artist)
        refused.value.message.encode()
        assert set_field(artist, "biography", "New.").warning.encode()
        assert admin_client.get(f"/artists/{artist.pk}").status_code == 200

    def test_composition_alone_may_be_changed(self, root: Path) -> None:
        artist_folder(root, "Bjo\u0308rk")
        scan_libraries()
        rename_directory(Artist.objects.get(), "Björk")
        assert os.listdir(root) == ["Björk"]
        assert scan_libraries().new_artists == 0


class TestRenamingOnto:
    @pytest.mark.parametrize("target", ["/nowhere", "Mara Field", "."])
    def test_a_link_of_that_name_is_a_taken_name(self, root: Path, target: str) -> None:
        artist_folder(root, "Mara Field")
        (root / "Taken").symlink_to(target)
        scan_libraries()
        with pytest.raises(Conflict):
            rename_directory(Artist.objects.get(), "Taken")
        assert (root / "Mara Field").is_dir()


class TestRoots:
    def test_a_root_behind_a_link_is_scanned_written_and_renamed_in(self, db: None, tmp_path: Path) -> None:
        real = tmp_path / "disk" / "music"
        artist_folder(real, "Mara Field", biography="Old.")
        (tmp_path / "music").symlink_to(real)
        make_library(path=tmp_path / "music")
        scan_libraries()
        artist = Artist.objects.get()
        assert set_field(artist, "biography", "New.").warning == ""
        rename_directory(artist, "Mara F")
        assert read_nfo((real / "Mara F" / "artist.nfo").read_bytes()).document.biography == "New."
        assert scan_libraries().new_artists == 0

    def test_a_link_that_leads_to_another_disk_by_now_takes_nobody(self, db: None, tmp_path: Path) -> None:
        for disk, name in (("old", "Mara Field"), ("new", "Ida Stone")):
            artist_folder(tmp_path / disk, name, number=len(name))
        (tmp_path / "music").symlink_to("old")
        library = make_library(path=tmp_path / "music")
        scan_libraries()
        (tmp_path / "music").unlink()
        (tmp_path / "music").symlink_to("new")
        for _ in range(3):
            scan_libraries()
        assert Artist.objects.filter(name="Mara Field", missing_since=None).exists()
        library.refresh_from_db()
        assert library.scan_problem != ""

    def test_a_folder_that_became_a_link_out_of_the_library_is_not_written_through(
        self, root: Path, tmp_path: Path
    ) -> None:
        artist_folder(root, "Mara Field", biography="Old.")
        scan_libraries()
        artist = Artist.objects.get()
        os.rename(root / "Mara Field", tmp_path / "outside")
        (root / "Mara Field").symlink_to(tmp_path / "outside")
        before = tree(tmp_path / "outside")
        change = set_field(artist, "biography", "New.")
        assert "outside" in change.warning
        with pytest.raises(StillwaterError):
            rename_directory(artist, "Mara F")
        assert tree(tmp_path / "outside") == before

    def test_an_nfo_that_is_a_link_is_replaced_and_its_target_left_alone(self, root: Path, tmp_path: Path) -> None:
        central = put(tmp_path / "central" / "mara.nfo", nfo("Mara Field", biography="Old."))
        (root / "Mara Field").mkdir()
        (root / "Mara Field" / "artist.nfo").symlink_to(central)
        before = central.read_bytes()
        scan_libraries()
        set_field(Artist.objects.get(), "biography", "New.")
        assert central.read_bytes() == before

    def test_an_artist_folder_whose_own_mount_is_away_keeps_every_value(self, root: Path, tmp_path: Path) -> None:
        artist_folder(root, "Mara Field", biography="Old.", genre="Folk")
        scan_libraries()
        os.rename(root / "Mara Field", tmp_path / "unmounted")
        (root / "Mara Field").mkdir()
        scan_libraries()
        artist = Artist.objects.get()
        assert (artist.biography, artist.genres, artist.missing_since) == ("Old.", ["Folk"], None)
        os.rmdir(root / "Mara Field")
        os.rename(tmp_path / "unmounted", root / "Mara Field")
        scan_libraries()
        artist.refresh_from_db()
        assert (artist.nfo_exists, artist.images.get().exists) == (True, True)
        assert not MetadataChange.objects.exists()

"""Which folder is whose, when people sort folders by hand and power fails in the middle of a renaming."""

import os
from pathlib import Path

import pytest

from artists.models import Artist, Library
from artists.services import operations
from artists.services.editing import set_field
from artists.services.locks import lock_field
from artists.services.renaming import rename_directory
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from tests.artists.services.music import MBID, artist_folder, nfo, picture, put
from tests.builders import make_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


class TestNamesakes:
    """Two artists of one name, and folders that people sort by hand."""

    def test_a_namesake_that_moves_into_the_old_folder_is_another_artist(self, root: Path) -> None:
        artist_folder(root, "Nirvana", number=1, biography="From Aberdeen.")
        artist_folder(root, "Ida Stone", number=3)
        scan_libraries()
        first = Artist.objects.get(name="Nirvana")
        lock_field(first, "biography")
        os.rename(root / "Nirvana", root / "Nirvana (US)")
        artist_folder(root, "Nirvana", number=2, biography="From London.")
        scan_libraries()
        first.refresh_from_db()
        second = Artist.objects.get(path=str(root / "Nirvana"))
        assert (first.path, first.musicbrainz_id) == (str(root / "Nirvana (US)"), MBID.format(1))
        assert (second.musicbrainz_id, second.biography, second.locked_fields) == (MBID.format(2), "From London.", [])
        assert second.images.get().width == 600

    def test_also_when_the_namesakes_folder_has_no_nfo_yet(self, root: Path) -> None:
        artist_folder(root, "Nirvana", number=1)
        scan_libraries()
        first = Artist.objects.get()
        os.rename(root / "Nirvana", root / "Nirvana (US)")
        put(root / "Nirvana" / "folder.jpg", picture(800, 800))
        scan_libraries()
        first.refresh_from_db()
        assert first.path == str(root / "Nirvana (US)")
        assert Artist.objects.get(path=str(root / "Nirvana")).musicbrainz_id == ""

    def test_a_copied_folder_takes_nobody_away(self, root: Path) -> None:
        artist_folder(root, "Nirvana", number=1)
        scan_libraries()
        first = Artist.objects.get()
        artist_folder(root, "Nirvana (copy)", number=1)
        scan_libraries()
        assert Artist.objects.get(pk=first.pk).path == str(root / "Nirvana")
        assert Artist.objects.count() == 2

    def test_a_corrected_id_in_the_file_is_no_move(self, root: Path) -> None:
        artist_folder(root, "Nirvana", number=1)
        scan_libraries()
        put(root / "Nirvana" / "artist.nfo", nfo("Nirvana", musicbrainzartistid=MBID.format(2)), age=700)
        artist_folder(root, "Ida Stone", number=3)
        scan_libraries()
        assert Artist.objects.get(name="Nirvana").musicbrainz_id == MBID.format(2)


class TestBetweenLibraries:
    def test_an_artist_that_moved_is_found_though_its_old_library_is_not_scanned(
        self, root: Path, tmp_path: Path
    ) -> None:
        artist_folder(root, "Mara Field", number=1)
        artist_folder(root, "Ida Stone", number=2)
        scan_libraries()
        mara = Artist.objects.get(name="Mara Field")
        lock_field(mara, "biography")
        (tmp_path / "vinyl").mkdir()
        vinyl = make_library("Vinyl", path=tmp_path / "vinyl")
        os.rename(root / "Mara Field", tmp_path / "vinyl" / "Mara Field")
        assert scan_libraries([vinyl]).new_artists == 0
        mara.refresh_from_db()
        assert (mara.path, list(mara.libraries.all())) == (str(tmp_path / "vinyl" / "Mara Field"), [vinyl])
        assert scan_libraries().missing_artists == 0

    @pytest.mark.parametrize("unplugged", ["gone", "empty"])
    def test_a_copy_takes_nobody_from_a_library_whose_disk_is_away(
        self, root: Path, tmp_path: Path, unplugged: str
    ) -> None:
        artist_folder(root, "Mara Field", number=1)
        scan_libraries()
        os.rename(root, tmp_path / "away")
        if unplugged == "empty":
            root.mkdir()
        artist_folder(tmp_path / "vinyl", "Mara Field", number=1)
        vinyl = make_library("Vinyl", path=tmp_path / "vinyl")
        assert scan_libraries([vinyl]).new_artists == 1
        assert Artist.objects.get(path=str(root / "Mara Field")).libraries.get().name == "Music"


class TestRenamesCutOff:
    """Power failed between the renaming of the folder and the note of it in the database."""

    @pytest.fixture
    def bare(self, root: Path) -> Artist:
        """Without an NFO nothing but our own trace tells who lives in the folder."""
        for name in ("Ada Lind", "Mara Field"):
            put(root / name / "folder.jpg", picture())
        scan_libraries()
        return Artist.objects.get(name="Mara Field")

    def test_the_next_scan_takes_it_back_and_nobody_is_new_or_missing(
        self, root: Path, bare: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def power_fails(*_given: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(operations, "put_back", lambda _prepared: None)
            patch.setattr(operations, "_describe_files", power_fails)
            patch.setattr(operations, "_forget_files", lambda _change: None)
            with pytest.raises(SystemExit):
                rename_directory(bare, "Mara F")
        assert (root / "Mara F").is_dir()
        result = scan_libraries()
        assert (result.new_artists, result.missing_artists) == (0, 0)
        assert Artist.objects.get(pk=bare.pk).path == str(root / "Mara Field")
        assert sorted(os.listdir(root)) == ["Ada Lind", "Mara Field"]

    def test_the_way_back_cut_off_converges_too(
        self, root: Path, bare: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change = rename_directory(bare, "Mara F")
        assert change.operation is not None
        os.rename(root / "Mara F", root / "Mara Field")  # the undo came this far
        scan_libraries()
        assert Artist.objects.get(pk=bare.pk).path == str(root / "Mara Field")
        assert Artist.objects.count() == 2

    def test_kept_files_follow_a_folder_that_a_person_renamed(self, root: Path) -> None:
        artist_folder(root, "Mara Field", number=1, biography="She plays.")
        scan_libraries()
        change = set_field(Artist.objects.get(), "biography", "She sings.")
        os.rename(root / "Mara Field", root / "Mara F")
        scan_libraries()
        assert change.operation is not None
        undo(change.operation.pk)
        assert "She plays." in (root / "Mara F" / "artist.nfo").read_text()

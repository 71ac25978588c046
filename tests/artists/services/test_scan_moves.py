"""A folder that was renamed or moved outside takes its artist along, where nobody else could be meant."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from artists.models import Artist, Library
from artists.services.scanner.scanning import scan_libraries
from tests.artists.services.music import MBID, artist_folder, many, nfo, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


def test_a_renamed_folder_with_the_same_musicbrainz_id_stays_the_same_artist(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    scan_libraries()
    artist = Artist.objects.get()
    Artist.objects.update(biography="Typed by hand.")
    folder.rename(root / "Field, Mara")
    put(root / "Field, Mara" / "artist.nfo", nfo("Mara Field", style="Drone", musicbrainzartistid=MBID.format(1)))
    result = scan_libraries()
    artist.refresh_from_db()
    assert (result.new_artists, result.missing_artists, result.updated_artists) == (0, 0, 1)
    assert (artist.path, artist.biography) == (str(root / "Field, Mara"), "Typed by hand.")
    assert artist.folder_similarity < 1


def test_a_renamed_folder_with_the_same_nfo_stays_the_same_artist(root: Path) -> None:
    folder = artist_folder(root, "Mara Field", musicbrainzartistid="")
    scan_libraries()
    folder.rename(root / "Field")
    assert scan_libraries().new_artists == 0
    assert Artist.objects.get().path == str(root / "Field")


def test_a_folder_that_comes_back_under_another_name_after_a_scan_missed_it_stays_the_same_artist(root: Path) -> None:
    """A scan in the middle of a slow move: the old folder is gone, the new one is not there yet."""
    many(root, 9)
    folder = artist_folder(root, "Mara Field")
    scan_libraries()
    folder.rename(root.parent / "on its way")
    assert scan_libraries().missing_artists == 1
    (root.parent / "on its way").rename(root / "Field, Mara")
    result = scan_libraries()
    assert (result.status, result.new_artists, result.removed_artists) == ("completed", 0, 0)
    assert Artist.objects.get(name="Mara Field").path == str(root / "Field, Mara")


def test_even_when_every_folder_was_renamed_nobody_is_lost(root: Path) -> None:
    for number in range(5):
        artist_folder(root, f"Artist {number}", number=number)
    scan_libraries()
    for folder in sorted(root.iterdir()):
        folder.rename(root / f"{folder.name} (renamed)")
    result = scan_libraries()
    assert (result.status, result.new_artists, result.missing_artists) == ("completed", 0, 0)
    assert Artist.objects.filter(path__endswith="(renamed)").count() == 5


def test_two_candidates_for_one_place_are_nobodys(root: Path) -> None:
    """Sixteen neighbours keep the number of the vanished below a fifth."""
    many(root, 16)
    old = artist_folder(root, "Mara Field")
    scan_libraries()
    old.rename(root / "One")
    shutil.copytree(root / "One", root / "Two")
    result = scan_libraries()
    assert (result.new_artists, result.missing_artists) == (2, 1)


def test_a_folder_that_went_to_another_library_takes_its_artist_along(
    root: Path, library: Library, tmp_path: Path
) -> None:
    other_root = tmp_path / "more"
    other_root.mkdir()
    artist_folder(root, "Mara Field")
    many(root, 9)
    scan_libraries()
    artist = Artist.objects.get(name="Mara Field")
    other = Library.objects.create(name="A second", path=str(other_root))
    (root / "Mara Field").rename(other_root / "Mara Field")
    result = scan_libraries()
    artist.refresh_from_db()
    assert (result.new_artists, result.missing_artists) == (0, 0)
    assert artist.path == str(other_root / "Mara Field")
    assert [membership.library for membership in artist.memberships.all()] == [other]


def test_a_folder_whose_spelling_the_file_system_changed_stays_the_same_artist(root: Path) -> None:
    composed, apart = "Bj\u00f6rk", unicodedata.normalize("NFD", "Bj\u00f6rk")
    (root / composed).mkdir()
    scan_libraries()
    (root / composed).rename(root / apart)
    result = scan_libraries()
    assert (result.new_artists, result.missing_artists) == (0, 0)
    assert Artist.objects.get().path.endswith(apart)


def test_a_library_that_is_added_again_finds_its_artists(root: Path, library: Library) -> None:
    artist_folder(root, "Mara Field")
    scan_libraries()
    artist = Artist.objects.get()
    library.delete()
    again = Library.objects.create(name="Again", path=str(root))
    assert scan_libraries().new_artists == 0
    assert artist.memberships.get().library == again

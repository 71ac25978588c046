"""A folder that was never seen before becomes an artist with everything that it says."""

import os
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from artists.models import Artist, Library
from artists.services.scanner import running
from artists.services.scanner.inspection import Inspected
from artists.services.scanner.running import MOST_EVENTS
from artists.services.scanner.scanning import scan_libraries
from stillwater.models import Event
from tests.artists.services.music import MBID, artist_folder, many, nfo, picture, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


def test_a_folder_becomes_an_artist_with_the_values_of_its_nfo(library: Library, root: Path) -> None:
    folder = artist_folder(root, "Mara Field", type="person", genre=["Folk", "Drone / Noise"], biography="She plays.")
    (folder / "First Album").mkdir()
    result = scan_libraries()
    artist = Artist.objects.get()
    assert (result.status, result.new_artists, result.total_directories) == ("completed", 1, 1)
    assert (artist.name, artist.sort_name, artist.type) == ("Mara Field", "Mara Field", "person")
    assert artist.genres == ["Folk", "Drone", "Noise"]
    assert artist.musicbrainz_id == MBID.format(1)
    assert artist.metadata_sources["biography"] == "nfo"
    assert artist.path == str(folder)
    assert (artist.nfo_exists, artist.nfo_state, artist.folder_album_count) == (True, "ok", 1)
    assert artist.search_text == "mara field"
    assert artist.memberships.get().library == library
    thumb = artist.images.get()
    assert (thumb.kind, thumb.width, thumb.height, thumb.format, thumb.low_res) == ("thumb", 600, 600, "jpeg", False)
    assert not thumb.fingerprinted


def test_an_artist_without_an_nfo_is_called_like_its_folder(root: Path) -> None:
    (root / "Beatles, The").mkdir(parents=True)
    scan_libraries()
    artist = Artist.objects.get()
    assert (artist.name, artist.sort_name, artist.nfo_exists) == ("Beatles, The", "Beatles, The", False)


def test_a_bad_value_in_the_file_is_left_out_and_the_rest_taken(root: Path) -> None:
    artist_folder(root, "Mara Field", type="quartet", biography="She plays.")
    scan_libraries()
    artist = Artist.objects.get()
    assert (artist.type, artist.biography) == ("", "She plays.")


def test_lockdata_locks_at_first_sight(root: Path) -> None:
    artist_folder(root, "Mara Field", lockdata=" True ")
    scan_libraries()
    artist = Artist.objects.get()
    assert artist.locked
    assert artist.lock_source == "imported"
    assert artist.locked_at is not None


@pytest.mark.parametrize("name", ["Various Artists", "va", "[unknown]", "Soundtrack"])
def test_collections_are_artists_that_are_left_out(root: Path, name: str) -> None:
    (root / name).mkdir()
    scan_libraries()
    artist = Artist.objects.get()
    assert (artist.is_excluded, artist.exclusion_reason) == (True, "default exclusion list")


def test_names_from_the_environment_are_left_out_as_well(root: Path, settings: Settings) -> None:
    settings.STILLWATER_SCANNER_EXCLUSIONS = ["Field Recordings"]
    (root / "field recordings").mkdir()
    (root / "VA").mkdir()
    scan_libraries()
    assert Artist.objects.filter(is_excluded=True).count() == 2


def test_hidden_folders_and_links_are_no_artists_and_are_reported(root: Path, tmp_path: Path) -> None:
    (root / ".38 Special").mkdir()
    (root / "@eaDir").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / "Linked").symlink_to(tmp_path / "elsewhere")
    put(root / "song.mp3", b"ID3")
    result = scan_libraries()
    assert not Artist.objects.exists()
    assert [note.partition(": ")[2].partition(":")[0] for note in result.notes] == [".38 Special", "Linked"]


def test_a_name_that_is_not_utf8_is_stored_and_found_again(root: Path) -> None:
    os.mkdir(os.fsencode(root) + b"/Caf\xe9")
    scan_libraries()
    assert Artist.objects.get().path.endswith("/Caf%E9")
    assert scan_libraries().new_artists == 0


def test_fanart_gets_slots_and_strangers_are_named(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    for name in ("fanart.jpg", "fanart1.jpg", "cover.jpg"):
        put(folder / name, picture(1920, 1080))
    scan_libraries()
    artist = Artist.objects.get()
    assert [image.slot for image in artist.images.filter(kind="fanart")] == [0, 1]
    assert artist.extraneous_files == ["cover.jpg"]


def test_a_picture_that_is_none_is_kept_with_its_problem(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    put(folder / "folder.jpg", b"<html>not found</html>")
    scan_libraries()
    image = Artist.objects.get().images.get()
    assert image.exists
    assert image.problem == "this is a web page, not a picture"
    assert (image.width, image.low_res) == (0, False)


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", "empty"),
        (b"https://example.org/x\n", "url_only"),
        (b"<album/>", "wrong_root"),
        (b"<artist><name>", "broken"),
    ],
)
def test_an_nfo_that_says_nothing_is_named_and_harms_nothing(root: Path, content: bytes, state: str) -> None:
    put(root / "Mara Field" / "artist.nfo", content)
    scan_libraries()
    artist = Artist.objects.get()
    assert (artist.name, artist.nfo_exists, artist.nfo_state) == ("Mara Field", True, state)
    assert artist.nfo_error


def test_artists_of_a_classical_library_are_classical(library: Library, root: Path) -> None:
    Library.objects.update(type="classical")
    artist_folder(root, "Mara Field")
    scan_libraries()
    assert Artist.objects.get().is_classical


def test_a_known_artist_without_a_folder_gets_the_one_with_its_musicbrainz_id(library: Library, root: Path) -> None:
    known = Artist.objects.create(name="Mara F.", musicbrainz_id=MBID.format(1))
    artist_folder(root, "Mara Field")
    result = scan_libraries()
    known.refresh_from_db()
    assert (result.new_artists, known.path) == (0, str(root / "Mara Field"))
    assert known.memberships.get().library == library


def test_everybody_hears_of_new_artists_batch_by_batch(
    root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    artist_folder(root, "Mara Field")
    with django_capture_on_commit_callbacks(execute=True):
        scan_libraries()
    artist = Artist.objects.get()
    new = Event.objects.get(name="artist.new")
    done = Event.objects.get(name="scan.completed")
    assert new.payload == {"artist_id": str(artist.pk), "artist_name": "Mara Field"}
    assert (done.payload["status"], done.payload["new_artists"], done.payload["total_directories"]) == (
        "completed",
        1,
        1,
    )


def test_a_flood_of_new_artists_is_one_event_that_counts(
    root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    many(root, MOST_EVENTS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        scan_libraries()
    told = Event.objects.get(name="artist.new").payload
    assert told == {"count": MOST_EVENTS + 1, "message": f"{MOST_EVENTS + 1} new artists"}


def test_without_a_folder_to_scan_the_scan_fails_and_says_so(db: None) -> None:
    Library.objects.create(name="On a server")
    result = scan_libraries()
    assert (result.status, result.error) == ("failed", "no library has a folder")


def test_two_folders_that_differ_in_composition_alone_are_two_artists(root: Path) -> None:
    for name in ("Bj\u00f6rk", "Bjo\u0308rk"):
        (root / name).mkdir()
    scan_libraries()
    assert Artist.objects.count() == 2
    assert all("composition" in note for note in Artist.objects.values_list("scan_note", flat=True))


def test_the_nfo_of_a_folder_stays_byte_for_byte(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    before = (folder / "artist.nfo").read_bytes()
    scan_libraries()
    assert (folder / "artist.nfo").read_bytes() == before == nfo("Mara Field", musicbrainzartistid=MBID.format(1))
    assert sorted(os.listdir(folder)) == ["artist.nfo", "folder.jpg"]


def test_a_folder_that_another_scan_took_in_meanwhile_is_passed_by(
    library: Library, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [artist_folder(root, name, musicbrainzartistid="") for name in ("Ida Stone", "Mara Field")]
    homeless = running.homeless

    def meanwhile(found: list[Inspected], scanned: set[str]) -> list[tuple[Inspected, tuple[int, str]]]:
        Artist.objects.create(name="Ida Stone", path=str(folders[0]))
        return homeless(found, scanned)

    monkeypatch.setattr(running, "homeless", meanwhile)
    assert scan_libraries().new_artists == 1
    assert Artist.objects.count() == 2

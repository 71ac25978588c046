"""Every oddity of files-and-platforms.md 6 that concerns folders, NFOs and pictures is scanned without harm."""

import hashlib
import os
from pathlib import Path

import pytest

from artists.folders.storable import storable
from artists.models import Artist, ArtistImage, Library
from artists.sample.builder import build_library
from artists.sample.report import SampleReport
from artists.services.album_tags import read_album_tags
from artists.services.fingerprints import take_fingerprints
from artists.services.libraries import create_library
from artists.services.scanner.results import ScanResult
from artists.services.scanner.scanning import scan_libraries


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    return build_library(tmp_path_factory.mktemp("odd") / "music", artists=0, seed=5, flavour="oddities")


@pytest.fixture
def result(report: SampleReport, db: None) -> ScanResult:
    create_library(name="Odd", path=str(report.target))
    return scan_libraries()


def artist_in(report: SampleReport, folder: str) -> Artist:
    return Artist.objects.get(path=storable(os.path.join(report.target, folder)))


def digest_of_tree(root: Path) -> str:
    """Names, kinds, sizes and times of everything below `root`; nothing is followed."""
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(os.fsencode(root)):
        folders.sort()
        for name in sorted([*folders, *files]):
            found = os.lstat(os.path.join(folder, name))
            digest.update(repr((folder, name, found.st_mode, found.st_size, found.st_mtime_ns)).encode())
    return digest.hexdigest()


def test_there_are_at_least_forty_oddities(report: SampleReport) -> None:
    assert len({oddity.folder for oddity in report.oddities}) >= 40


def test_the_scan_completes_and_a_second_one_finds_nothing_new(report: SampleReport, result: ScanResult) -> None:
    assert (result.status, result.error) == ("completed", "")
    again = scan_libraries()
    assert (again.status, again.new_artists, again.missing_artists, again.removed_artists) == ("completed", 0, 0, 0)


def test_nothing_on_disk_is_touched(report: SampleReport, db: None) -> None:
    create_library(name="Odd", path=str(report.target))
    before = digest_of_tree(report.target.parent)
    scan_libraries()
    take_fingerprints()
    read_album_tags()
    assert digest_of_tree(report.target.parent) == before


def test_every_picture_gets_its_fingerprint_or_a_reason(report: SampleReport, result: ScanResult) -> None:
    found = take_fingerprints()
    assert found.pictures > 50
    for artist in Artist.objects.prefetch_related("images"):
        for image in artist.images.all():
            assert image.fingerprinted or image.problem, (artist.name, image)


@pytest.mark.parametrize(
    ("folder", "state"),
    [
        ("Bom Bom", "ok"), ("Sixteen Big", "ok"), ("Entities", "ok"), ("Fish & Sons", "ok"), ("Control", "ok"),
        ("Url Tail", "ok"), ("Url Only", "url_only"), ("Zero", "empty"), ("Blank", "empty"), ("Cut Short", "broken"),
        ("Wrong Root", "wrong_root"), ("Two Roots", "wrong_root"), ("Deep", "too_large"), ("Huge", "too_large"),
        ("Doctype", "hostile"), ("Outsider", "hostile"), ("Laughs", "hostile"), ("Camel", "ok"), ("Namespace", "ok"),
        ("Folder For Nfo", "missing"), ("Pipe", "missing"), ("Endless", "missing"), ("Ring", "missing"),
    ],
)  # fmt: skip
def test_every_odd_nfo_has_its_state(report: SampleReport, result: ScanResult, folder: str, state: str) -> None:
    assert artist_in(report, folder).nfo_state == state


@pytest.mark.parametrize("folder", ["Camel", "Linked Id", "Loud Id", "Many Ids"])
def test_identifiers_are_found_however_they_are_spelled(report: SampleReport, result: ScanResult, folder: str) -> None:
    mbid = artist_in(report, folder).musicbrainz_id
    assert (len(mbid), mbid) == (36, mbid.lower())


@pytest.mark.parametrize(
    ("folder", "words"),
    [("Endless", "artist.nfo: a link to what is no regular file"), ("Ring", "artist.nfo: a broken link"),
     ("Dangling", "artist.nfo: a broken link"), ("Pipe", "artist.nfo: not a regular file")],
)  # fmt: skip
def test_what_lies_where_the_nfo_should_is_named(
    report: SampleReport, result: ScanResult, folder: str, words: str
) -> None:
    assert artist_in(report, folder).scan_note == words


def test_dates_that_are_none_stay_text(report: SampleReport, result: ScanResult) -> None:
    assert artist_in(report, "Dates").born == "c. 1965 in London"


def test_namesakes_stay_two_artists(report: SampleReport, result: ScanResult) -> None:
    assert Artist.objects.filter(name="Rowan Vale").count() == 2


def test_what_may_be_a_band_but_is_passed_by_is_told(report: SampleReport, result: ScanResult) -> None:
    notes = " ".join(result.notes)
    assert ".38 Special" in notes
    assert "Ouroboros: a link, which is not followed" in notes


def test_a_hostile_nfo_that_replaces_a_good_one_takes_no_value(report: SampleReport, db: None, tmp_path: Path) -> None:
    """Scan a good file, then put each odd file in its place: what was known stays."""
    root = tmp_path / "music"
    (root / "Mara Field").mkdir(parents=True)
    good = b"<artist><name>Mara Field</name><biography>She plays.</biography><genre>Folk</genre></artist>"
    (root / "Mara Field" / "artist.nfo").write_bytes(good)
    create_library(name="Music", path=str(root))
    scan_libraries()
    odd_ones = [("Url Only", "url_only"), ("Zero", "empty"), ("Cut Short", "broken"), ("Laughs", "hostile")]
    for folder, state in odd_ones:
        (root / "Mara Field" / "artist.nfo").write_bytes((report.target / folder / "artist.nfo").read_bytes())
        scan_libraries()
        artist = Artist.objects.get()
        assert (artist.nfo_state, artist.name) == (state, "Mara Field")
        assert (artist.biography, artist.genres) == ("She plays.", ["Folk"])
    assert Library.objects.get().scan_problem == ""


def test_a_silhouette_is_told_apart_from_a_portrait(report: SampleReport, result: ScanResult) -> None:
    take_fingerprints()
    told = ArtistImage.objects.exclude(stand_in="").values_list("artist__path", "kind", "stand_in")
    by_folder = {path.rpartition("/")[2]: stand_in for path, kind, stand_in in told if kind == "thumb"}
    assert by_folder["Silhouette"] == "a silhouette or symbol"
    assert by_folder["Flat"] == "nearly one colour"
    assert "Print" not in by_folder

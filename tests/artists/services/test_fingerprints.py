"""Pictures get their fingerprints after the scan, and only those that were really looked at."""

from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from artists.imaging.fingerprint import Fingerprint
from artists.imaging.source import Failure
from artists.models import ArtistImage, Library
from artists.services import fingerprinting, fingerprints
from artists.services.fingerprints import take_fingerprints, waiting_count
from artists.services.parallel import spread
from artists.services.scanner.scanning import scan_libraries
from stillwater import events
from stillwater.progress import Cancelled
from tests.artists.services.music import artist_folder, many, picture, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


def test_a_picture_gets_hashes_padding_and_placeholder(root: Path) -> None:
    artist_folder(root, "Mara Field")
    scan_libraries()
    assert waiting_count() == 1
    result = take_fingerprints()
    image = ArtistImage.objects.get()
    assert (result.pictures, result.unreadable, waiting_count()) == (1, 0, 0)
    assert image.fingerprinted
    assert (len(image.content_hash), len(image.perceptual_hash)) == (64, 16)
    assert image.placeholder.startswith("data:image/jpeg;base64,")
    assert image.padding is not None


def test_taking_them_again_looks_at_nothing(root: Path) -> None:
    artist_folder(root, "Mara Field")
    scan_libraries()
    take_fingerprints()
    assert take_fingerprints().pictures == 0


def test_a_picture_that_changed_since_the_scan_waits_for_the_next_one(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    scan_libraries()
    put(folder / "folder.jpg", picture(1000, 1000), age=9)
    assert take_fingerprints().unreadable == 1
    assert not ArtistImage.objects.get().fingerprinted


def test_a_picture_that_cannot_be_reached_stays_waiting(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    artist_folder(root, "Mara Field")
    scan_libraries()
    trouble = Fingerprint(failure=Failure.UNREACHABLE, error="no answer")
    monkeypatch.setattr(fingerprinting, "fingerprint", lambda _path, _kind: trouble)
    assert take_fingerprints().unreadable == 1
    assert (waiting_count(), ArtistImage.objects.get().problem) == (1, "")


def test_a_damaged_picture_is_settled_with_its_problem(root: Path) -> None:
    folder = artist_folder(root, "Mara Field")
    put(folder / "folder.jpg", picture()[:900])
    scan_libraries()
    take_fingerprints()
    image = ArtistImage.objects.get()
    assert (image.fingerprinted, len(image.content_hash)) == (True, 64)
    assert "damaged" in image.problem
    put(folder / "logo.png", picture())
    scan_libraries()
    image.refresh_from_db()
    assert image.fingerprinted


def test_killed_in_the_middle_the_next_run_does_the_rest(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "AT_ONCE", 2)
    monkeypatch.setattr(fingerprints, "SAVED_AT_ONCE", 2)
    many(root, 6)
    scan_libraries()

    def die(_done: int, _total: int | None, _message: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        take_fingerprints(progress=die)
    assert waiting_count() == 4
    assert take_fingerprints().pictures == 4


def test_rules_hear_of_the_artists(
    root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[events.Payload] = []
    monkeypatch.setattr(events, "_subscribers", {"images.fingerprinted": [heard.append]})
    artist_folder(root, "Mara Field")
    scan_libraries()
    with django_capture_on_commit_callbacks(execute=True):
        take_fingerprints()
    assert heard == [{"artist_ids": [ArtistImage.objects.get().artist_id]}]


def test_processes_give_the_same_answers_in_the_same_order(tmp_path: Path) -> None:
    pieces = []
    for number in range(6):
        path = put(tmp_path / f"{number}.jpg", picture(shade=number * 30))
        found = path.stat()
        pieces.append([fingerprinting.PictureTask(str(path), "thumb", found.st_size, found.st_mtime_ns)])
    here = list(spread(fingerprinting.fingerprint_all, pieces, workers=1))
    there = list(spread(fingerprinting.fingerprint_all, pieces, workers=2, here_first=0))
    assert there == here
    assert len({answer[0].content_hash for answer in here if answer[0]}) == 6

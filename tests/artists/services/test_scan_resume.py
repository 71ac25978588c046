"""A scan that is killed between any two steps is finished by the next one, with the same outcome."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist, ArtistImage, Library, Membership
from artists.services.scanner import looking, running
from artists.services.scanner.scanning import scan_libraries
from stillwater.progress import Cancelled
from tests.artists.services.music import artist_folder, many, nfo, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten folders, four to a batch."""
    for module in (looking, running):
        monkeypatch.setattr(module, "AT_ONCE", 4)
    root = Path(library.path)
    many(root, 10)
    return root


def dying(after: int) -> Callable[..., None]:
    """A progress that ends the scan at its `after`-th call."""
    calls = 0

    def progress(_done: int, _total: int | None, _message: str = "") -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Cancelled

    return progress


def state() -> Any:
    artists = Artist.objects.order_by("path")
    return (
        list(artists.values_list("path", "name", "biography", "nfo_state", "folder_stamp", "missing_since")),
        list(
            ArtistImage.objects.order_by("artist__path", "kind").values_list("artist__path", "kind", "width", "exists")
        ),
        Membership.objects.count(),
    )


def scan_with_deaths() -> int:
    """Die at the first step, then at the second, and so on, until a scan comes through; returns how many died."""
    deaths = 0
    while True:
        try:
            scan_libraries(progress=dying(deaths))
        except Cancelled:
            deaths += 1
        else:
            return deaths


def test_a_first_scan_killed_at_every_step_converges(root: Path) -> None:
    assert scan_with_deaths() > 3
    killed = state()
    Artist.objects.all().delete()
    scan_libraries()
    assert killed == state()
    assert len(killed[0]) == 10


def test_a_later_scan_killed_at_every_step_takes_every_change_over(root: Path) -> None:
    scan_libraries()
    for number in range(0, 10, 2):
        put(root / f"Artist {number:03}" / "artist.nfo", nfo(f"Artist {number:03}", biography="New words."), age=60)
    artist_folder(root, "Newcomer", musicbrainzartistid="")
    scan_with_deaths()
    assert Artist.objects.filter(biography="New words.").count() == 5
    assert Artist.objects.count() == 11


def test_a_batch_that_was_saved_is_not_looked_into_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Cancelled):
        scan_libraries(progress=dying(2))
    saved = Artist.objects.count()
    looked_into = []
    inspect_all = looking.inspect_all
    monkeypatch.setattr(looking, "inspect_all", lambda work: looked_into.extend(work[1]) or inspect_all(work))
    scan_libraries()
    assert saved > 0
    assert len(looked_into) == 10 - saved


def test_python_collects_as_before_once_a_scan_has_ended(root: Path) -> None:
    usual, seen = gc.get_threshold(), []

    def progress(_done: int, _total: int | None, _message: str = "") -> None:
        seen.append(gc.get_threshold())
        raise Cancelled

    with pytest.raises(Cancelled):
        scan_libraries(progress=progress, workers=1)
    assert seen[0] > usual
    assert gc.get_threshold() == usual

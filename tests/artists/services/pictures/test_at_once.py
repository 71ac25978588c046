"""Two who come at the same moment, and a process that is killed in the middle: nobody's picture is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from artists.imaging.geometry import Box
from artists.models import Artist, Operation
from artists.sample import odd_encodings as odd
from artists.services import turns
from artists.services.cut_off import sweep_cut_off
from artists.services.pictures.adding import trim_logo
from artists.services.pictures.rearranging import rearrange_fanart
from artists.services.pictures.saving import Origin, save_picture
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.errors import Conflict
from tests.artists.services.pictures.breaking import Breakage, Killed, broken
from tests.artists.services.pictures.test_saving import jpeg

pytestmark = pytest.mark.django_db
UPLOAD = Origin("upload")


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> Iterator[None]:
    """The other one acts once, after the verb has looked and before it has its turn."""
    real, waiting = turns.exclusive, [other]

    @contextmanager
    def late(path: Path) -> Iterator[None]:
        if waiting:
            waiting.pop()()
        with real(path):
            yield

    with monkeypatch.context() as patch:
        patch.setattr(turns, "exclusive", late)
        yield


def backdrop(number: int) -> bytes:
    return jpeg(number, size=(640, 360))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def three(mara: Artist) -> Artist:
    for number in range(3):
        save_picture(mara, "fanart", backdrop(number), UPLOAD)
    return mara


class TestTwoAtOnce:
    def test_two_backdrops_that_come_at_the_same_moment_both_stay(
        self, mara: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with meanwhile(monkeypatch, lambda: save_picture(mara, "fanart", backdrop(1), UPLOAD)):
            second = save_picture(mara, "fanart", backdrop(2), UPLOAD)
        assert (second.slot, names(folder)) == (1, ["fanart.jpg", "fanart1.jpg"])
        assert mara.images.values("perceptual_hash").distinct().count() == 2

    def test_an_order_that_did_not_know_of_a_new_backdrop_does_not_remove_it(
        self, three: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            meanwhile(monkeypatch, lambda: save_picture(three, "fanart", backdrop(3), UPLOAD)),
            pytest.raises(Conflict, match="meanwhile"),
        ):
            rearrange_fanart(three, [2, 1, 0])
        assert len(names(folder)) == three.images.count() == 4

    def test_a_logo_that_was_replaced_is_not_overwritten_by_the_trimmed_old_one(
        self, mara: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bordered = odd.grey_with_alpha((200, 80))
        save_picture(mara, "logo", bordered, UPLOAD)
        monkeypatch.setattr("artists.services.pictures.adding.trim_box", lambda _image, _margin: Box(0, 0, 10, 10))
        other = odd.saved(odd.scene((300, 100)).convert("RGBA"), "PNG")
        with (
            meanwhile(monkeypatch, lambda: save_picture(mara, "logo", other, UPLOAD)),
            pytest.raises(Conflict, match="meanwhile"),
        ):
            trim_logo(mara)
        assert mara.images.get().width == 300

    def test_a_lock_goes_with_its_picture_and_comes_back_with_it(self, three: Artist) -> None:
        three.images.filter(slot=1).update(locked=False)
        locked = dict(three.images.values_list("content_hash", "locked"))
        done = rearrange_fanart(three, [1, 2, 0])
        assert dict(three.images.values_list("content_hash", "locked")) == locked
        assert done.change.operation is not None
        undo(done.change.operation.pk)
        assert dict(three.images.values_list("content_hash", "locked")) == locked


def killed_half_way(artist: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a reorder, at the call by which one name has its new picture and the others not yet."""
    whole = len(set(artist.images.values_list("content_hash", flat=True)))
    folder = Path(artist.path)
    for nth in range(1, 200):
        with broken(monkeypatch, Breakage(nth, None)), pytest.raises(Killed):
            rearrange_fanart(artist, [2, 0, 1])
        if len({path.read_bytes() for path in folder.glob("fanart*")}) < whole:
            return
        sweep_cut_off()
    raise AssertionError("no moment was found")


class TestKilledReorder:
    def test_the_sweep_puts_everything_back_and_a_scan_finds_nothing_new(
        self, three: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        was, rows = {path.name: path.read_bytes() for path in folder.iterdir()}, list(three.images.values())
        killed_half_way(three, monkeypatch)
        assert sweep_cut_off() == 1
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == was
        scan_libraries()
        assert list(three.images.values()) == rows
        assert sweep_cut_off() == 0

    def test_a_scan_that_comes_first_puts_everything_back_itself(
        self, three: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = list(three.images.values())
        killed_half_way(three, monkeypatch)
        scan_libraries()
        assert list(three.images.values()) == rows

    def test_the_next_change_of_the_artist_does_not_build_on_the_ruins(
        self, three: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pictures = {path.read_bytes() for path in folder.iterdir()}
        killed_half_way(three, monkeypatch)
        rearrange_fanart(three, [1, 0, 2])
        assert {path.read_bytes() for path in folder.glob("fanart*")} == pictures
        assert not Operation.objects.filter(pending=True).exists()

    def test_what_another_program_wrote_since_stays(
        self, three: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        killed_half_way(three, monkeypatch)
        (folder / "fanart.jpg").write_bytes(backdrop(9))
        sweep_cut_off()
        assert (folder / "fanart.jpg").read_bytes() == backdrop(9)

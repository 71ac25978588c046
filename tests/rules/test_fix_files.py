"""Fixes of what lies in a folder: strangers, its name, empty borders, numbers and copies of backdrops."""

from pathlib import Path

import pytest
from PIL import Image

from artists.models import Artist, Operation
from artists.services.scanner.scanning import scan_libraries
from rules.models import Status
from rules.services.cases import plan_of
from rules.services.evaluation import evaluate
from rules.services.fixing import undo_fix
from rules.services.rules import update_rule
from tests.artists.services.pictures.test_saving import jpeg
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(mara: Artist) -> Path:
    return Path(mara.path)


def look(*rules: str) -> None:
    """Switch these rules on, look into the folder, and check it."""
    for rule in rules:
        update_rule(rule, enabled=True)
    scan_libraries(workers=0)
    evaluate(scope="all")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


class TestStrangers:
    def test_they_are_removed_and_come_back(self, folder: Path) -> None:
        (folder / "scan0001.jpg").write_bytes(jpeg())
        (folder / "folder.jpg").write_bytes(jpeg(size=(700, 700)))
        before = contents(folder)
        look("extraneous_images")
        outcome = outcome_of("extraneous_images")
        assert (outcome.status, set(contents(folder))) == ("fixed", {"folder.jpg"})
        undo_fix(outcome.undo_id)
        assert contents(folder) == before
        assert finding_of("extraneous_images").status == Status.OPEN

    def test_one_that_appeared_since_the_look_stays(self, folder: Path) -> None:
        (folder / "scan0001.jpg").write_bytes(jpeg())
        look("extraneous_images")
        (folder / "scan0002.jpg").write_bytes(jpeg())
        assert outcome_of("extraneous_images").code == "remains"
        assert set(contents(folder)) == {"scan0002.jpg"}

    def test_a_shared_folder_is_left_alone(self, folder: Path, mara: Artist) -> None:
        (folder / "scan0001.jpg").write_bytes(jpeg())
        look("extraneous_images")
        mara.libraries.update(shared_fs_status="confirmed")
        assert outcome_of("extraneous_images").code == "shared"
        assert set(contents(folder)) == {"scan0001.jpg"}


class TestName:
    def test_the_folder_is_named_as_the_artist(self, folder: Path, mara: Artist) -> None:
        Artist.objects.update(name="Nadia Vale", folder_fits=False)
        evaluate(artists=[mara.pk])
        assert plan_of(finding_of("directory_name_mismatch")).would == "Rename the folder to Nadia Vale"
        outcome = outcome_of("directory_name_mismatch")
        assert (outcome.status, folder.with_name("Nadia Vale").is_dir(), folder.exists()) == ("fixed", True, False)
        undo_fix(outcome.undo_id)
        assert (Artist.objects.get().path, folder.is_dir()) == (str(folder), True)

    def test_the_sort_name_serves_where_the_name_is_taken(self, folder: Path, mara: Artist) -> None:
        Artist.objects.update(name="Nadia Vale", sort_name="Vale, Nadia", folder_fits=False)
        folder.with_name("Nadia Vale").mkdir()
        evaluate(artists=[mara.pk])
        outcome_of("directory_name_mismatch")
        assert Artist.objects.get().path.endswith("/Vale, Nadia")

    def test_where_both_are_taken_nothing_moves(self, folder: Path, mara: Artist) -> None:
        Artist.objects.update(name="Nadia Vale", sort_name="Vale, Nadia", folder_fits=False)
        for name in ("Nadia Vale", "Vale, Nadia"):
            folder.with_name(name).mkdir()
        evaluate(artists=[mara.pk])
        assert "already exists" in outcome_of("directory_name_mismatch").message
        assert folder.is_dir()


class TestLogo:
    def test_the_empty_border_goes_and_comes_back(self, folder: Path) -> None:
        wide = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
        wide.paste((200, 30, 30, 255), (300, 150, 500, 250))
        wide.save(folder / "logo.png")
        before = contents(folder)
        look("logo_padding")
        Artist.objects.get().images.update(padding=0.93)
        evaluate(scope="all")
        evaluate(artists=[Artist.objects.get().pk])
        outcome = outcome_of("logo_padding")
        assert outcome.status == "fixed"
        with Image.open(folder / "logo.png") as trimmed:
            assert trimmed.size == (204, 104)
        undo_fix(outcome.undo_id)
        assert contents(folder) == before


class TestBackdrops:
    def test_numbers_follow_on_each_other(self, folder: Path) -> None:
        first, second = jpeg(size=(960, 540)), jpeg(size=(1280, 720))
        (folder / "fanart.jpg").write_bytes(first)
        (folder / "fanart4.jpg").write_bytes(second)
        look("backdrop_sequencing")
        outcome = outcome_of("backdrop_sequencing")
        assert outcome.status == "fixed"
        assert contents(folder) == {"fanart.jpg": first, "fanart1.jpg": second}
        undo_fix(outcome.undo_id)
        assert contents(folder) == {"fanart.jpg": first, "fanart4.jpg": second}
        assert finding_of("backdrop_sequencing").status == Status.OPEN

    def test_a_copy_goes_and_the_others_close_up(self, folder: Path, mara: Artist) -> None:
        first, second = jpeg(size=(960, 540)), jpeg(size=(1280, 720))
        for name, data in (("fanart.jpg", first), ("fanart1.jpg", first), ("fanart2.jpg", second)):
            (folder / name).write_bytes(data)
        look("image_duplicate_exact")
        mara.images.filter(slot__lt=2).update(content_hash="a" * 64)
        evaluate(artists=[mara.pk])
        assert plan_of(finding_of("image_duplicate_exact")).would.startswith("Remove 1 backdrop ")
        outcome = outcome_of("image_duplicate_exact")
        assert (outcome.status, contents(folder)) == ("fixed", {"fanart.jpg": first, "fanart1.jpg": second})
        assert Operation.objects.get(pk=outcome.undo_id).source == "rule:image_duplicate_exact"

    def test_two_that_only_seemed_the_same_both_stay(self, folder: Path, mara: Artist) -> None:
        first, second = jpeg(size=(960, 540)), jpeg(size=(1280, 720))
        (folder / "fanart.jpg").write_bytes(first)
        (folder / "fanart1.jpg").write_bytes(second)
        look("image_duplicate_exact")
        mara.images.update(content_hash="a" * 64)
        evaluate(artists=[mara.pk])
        outcome_of("image_duplicate_exact")
        assert contents(folder) == {"fanart.jpg": first, "fanart1.jpg": second}

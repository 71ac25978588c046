"""Whatever is locked survives every fix there is; two at once fix once; a finding closes when it is really mended."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from artists.fields import LOCKABLE
from artists.models import Artist, ArtistImage, Operation
from artists.services.locks import lock_artist
from artists.services.pictures.saving import Origin, save_picture
from rules.catalogue import RULES
from rules.fixes.base import Aid, Case
from rules.fixes.registry import FIXES
from rules.models import Status
from rules.services import fixing
from rules.services.cases import case_of, plan_of
from rules.services.evaluation import evaluate
from rules.services.fixing import FixOutcome, fix
from rules.services.rules import active_rules, update_rule
from rules.types import Rule
from stillwater.errors import StillwaterError
from tests.artists.providers.acts import MBID
from tests.artists.services.pictures.test_saving import jpeg
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db
FIXABLE = [rule for rule in RULES if rule.fix]
WRITES_FIELDS = [rule for rule in FIXABLE if rule.fix in ("identity", "text", "picture", "logo")]


@pytest.fixture
def full(quillfen: Artist) -> Artist:
    """Quillfen Harbor with a small picture in each slot, twice the same backdrop, and poor values."""
    Artist.objects.update(musicbrainz_id=MBID, biography="n/a", name="クイル", sort_name="クイル")
    quillfen.refresh_from_db()
    for kind in ("thumb", "fanart", "fanart", "logo", "banner"):
        save_picture(quillfen, kind, jpeg(size=(90, 60)), Origin("fanarttv", mode="auto"), source="provider:fanarttv")
    (Path(quillfen.path) / "scan0001.jpg").write_bytes(jpeg())
    Artist.objects.update(extraneous_files=["scan0001.jpg"], folder_fits=False)
    quillfen.refresh_from_db()
    Operation.objects.all().delete()
    return quillfen


def case(artist: Artist, rule: Rule) -> Case:
    update_rule(rule.id, enabled=True)
    return Case(Artist.objects.get(pk=artist.pk), next(one for one in active_rules() if one.id == rule.id))


def values(artist: Artist) -> dict[str, Any]:
    now = Artist.objects.get(pk=artist.pk)
    return {key: getattr(now, key) for key in LOCKABLE if hasattr(now, key) and key not in ("members", "aliases")}


def pictures() -> list[tuple[Any, ...]]:
    return list(ArtistImage.objects.order_by("kind", "slot").values_list("kind", "slot", "content_hash"))


def disk(artist: Artist) -> dict[str, bytes]:
    top = Path(artist.path).parent
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.id)
@pytest.mark.usefixtures("administrator")
class TestEveryFix:
    def test_leaves_a_locked_artist_and_its_folder_alone(self, rule: Rule, full: Artist) -> None:
        lock_artist(full)
        before = (values(full), pictures(), disk(full))
        with suppress(StillwaterError):  # past the refusals of the door: this is the last line of defence
            FIXES[rule.fix].mend(case(full, rule), Aid())
        assert (values(full), pictures(), disk(full)) == before

    def test_leaves_locked_fields_and_locked_pictures_alone(self, rule: Rule, full: Artist) -> None:
        Artist.objects.update(locked_fields=sorted(LOCKABLE))
        ArtistImage.objects.update(locked=True)
        before = (values(full), pictures())
        with suppress(StillwaterError):
            FIXES[rule.fix].mend(case(full, rule), Aid())
        assert (values(full), pictures()) == before


@pytest.mark.parametrize("rule", WRITES_FIELDS, ids=lambda rule: rule.id)
@pytest.mark.usefixtures("administrator")
def test_every_fix_of_something_lockable_says_so_before_anybody_is_asked(rule: Rule, full: Artist) -> None:
    Artist.objects.update(locked_fields=sorted(LOCKABLE))
    ArtistImage.objects.update(locked=True)
    held = fixing.hurdle(FIXES[rule.fix], case(full, rule))
    assert held is not None
    assert held.code == "locked"


class TestTwoAtOnce:
    def test_a_double_click_fixes_once_and_answers_twice_alike(
        self, mara: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evaluate()
        key, first = finding_of("nfo_exists").pk, list[FixOutcome]()
        turn = fixing.exclusive

        @contextmanager
        def after_the_other(path: Path) -> Iterator[None]:
            monkeypatch.setattr(fixing, "exclusive", turn)
            first.append(fix(key))
            with turn(path):
                yield

        monkeypatch.setattr(fixing, "exclusive", after_the_other)
        second = fix(key)
        assert (first[0].status, second.status) == ("fixed", "fixed")
        assert first[0].undo_id == second.undo_id
        assert Operation.objects.count() == 1

    def test_an_artist_that_is_deleted_meanwhile_is_no_failure(
        self, mara: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evaluate()
        key = finding_of("nfo_exists").pk
        monkeypatch.setattr(fixing, "hurdle", lambda *_args: Artist.objects.all().delete() and None)
        assert fix(key).status == "dismissed"


class TestClosing:
    def test_a_finding_whose_artist_could_not_be_saved_stays_open(
        self, mara: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        evaluate()
        (Path(mara.path)).chmod(0o500)
        monkeypatch.setattr("artists.services.operations.apply_all", _full)
        outcome = outcome_of("nfo_exists")
        (Path(mara.path)).chmod(0o700)
        assert (outcome.status, finding_of("nfo_exists").status) == ("failed", Status.OPEN)
        assert not Operation.objects.exists()

    def test_the_plan_of_a_finding_says_what_would_be_done(self, mara: Artist) -> None:
        evaluate()
        row = finding_of("nfo_exists")
        assert plan_of(row).would == "Write artist.nfo from what is stored here"
        assert plan_of(finding_of("bio_exists")).code == "no_id"
        assert case_of(row) is not None


def _full(_prepared: object) -> dict[Path, Any]:
    raise StillwaterError("the disk is full")

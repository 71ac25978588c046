"""Whatever is locked survives every fix there is; two at once fix once; a finding closes when it is really mended."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from artists.demo.registry import FAKES
from artists.fields import LOCKABLE
from artists.models import Artist, ArtistImage, Operation
from artists.services.locks import lock_artist
from artists.services.pictures.saving import Origin, save_picture
from artists.services.providers.keys import set_key
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
from tests.artists.providers.acts import MBID, MERGED
from tests.artists.services.pictures.test_saving import jpeg
from tests.builders import make_artist, make_image
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db
FIXABLE = [rule for rule in RULES if rule.fix]
WRITES_FIELDS = [rule for rule in FIXABLE if rule.fix in ("identity", "redirect", "text", "picture", "logo")]


@pytest.fixture
def full(quillfen: Artist) -> Artist:
    """Quillfen Harbor with a small picture in each slot and poor values."""
    Artist.objects.update(musicbrainz_id=MBID, biography="n/a", name="クイル", sort_name="クイル")
    quillfen.refresh_from_db()
    set_key("fanarttv", {"api_key": FAKES["fanarttv"].key}, skip_test=True)
    for kind in ("thumb", "fanart", "fanart", "logo", "banner"):
        save_picture(quillfen, kind, jpeg(size=(90, 60)), Origin("fanarttv", mode="auto"), source="provider:fanarttv")
    (Path(quillfen.path) / "scan0001.jpg").write_bytes(jpeg())
    Artist.objects.update(extraneous_files=["scan0001.jpg"], folder_fits=False)
    quillfen.refresh_from_db()
    Operation.objects.all().delete()
    return quillfen


def case(artist: Artist, rule: Rule) -> Case:
    """The artist breaks the rule in a way that its fix could mend, if nothing held it back."""
    config = {"select_best_candidate": True} if rule.fix == "picture" else None
    update_rule(rule.id, enabled=True, automation_mode="auto", config=config)
    if rule.fix in READY:
        READY[rule.fix](artist)
    return Case(Artist.objects.get(pk=artist.pk), next(one for one in active_rules() if one.id == rule.id))


def _unknown(artist: Artist) -> None:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id="")


def _merged_elsewhere(artist: Artist) -> None:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=MERGED)


def _without_albums(artist: Artist) -> None:
    (Path(artist.path) / "artist.nfo").write_text("<artist><name>Quillfen Harbor</name></artist>")


def _misnumbered(artist: Artist) -> None:
    image = artist.images.get(kind="fanart", slot=1)
    path = Path(artist.path) / image.file_name
    path.rename(path.with_name("fanart7.jpg"))
    artist.images.filter(pk=image.pk).update(file_name="fanart7.jpg")


def _twice(artist: Artist) -> None:
    first, second = artist.images.filter(kind="fanart").order_by("slot")
    shutil.copy(Path(artist.path) / first.file_name, Path(artist.path) / second.file_name)
    artist.images.filter(pk=second.pk).update(content_hash=first.content_hash)


def _padded(artist: Artist) -> None:
    drawing = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    drawing.paste((200, 30, 30, 255), (300, 150, 500, 250))
    drawing.save(Path(artist.path) / artist.images.get(kind="logo").file_name, "PNG")


def _borrowed(artist: Artist) -> None:
    """Somebody else has the same backdrop, by a person's choice."""
    ours = artist.images.get(kind="fanart", slot=0)
    folder = Path(artist.path).with_name("Somebody else")
    folder.mkdir()
    other = make_artist("Somebody else", library=artist.libraries.get(), path=str(folder))
    shutil.copy(Path(artist.path) / ours.file_name, folder / "fanart.jpg")
    digest = hashlib.sha256((folder / "fanart.jpg").read_bytes()).hexdigest()
    artist.images.filter(pk=ours.pk).update(content_hash=digest)
    make_image(other, "fanart", file_name="fanart.jpg", content_hash=digest, locked=True)


READY: dict[str, Callable[[Artist], None]] = {
    "identity": _unknown,
    "redirect": _merged_elsewhere,
    "discography": _without_albums,
    "backdrop_order": _misnumbered,
    "backdrop_copies": _twice,
    "logo": _padded,
    "borrowed": _borrowed,
}


def values(artist: Artist) -> dict[str, Any]:
    now = Artist.objects.get(pk=artist.pk)
    return {key: getattr(now, key) for key in LOCKABLE if hasattr(now, key) and key not in ("members", "aliases")}


def folder(artist: Artist) -> str:
    return Artist.objects.get(pk=artist.pk).path


def pictures() -> list[tuple[Any, ...]]:
    return list(ArtistImage.objects.order_by("kind", "slot").values_list("kind", "slot", "content_hash"))


def disk(artist: Artist) -> dict[str, bytes]:
    top = Path(artist.path).parent
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.id)
@pytest.mark.usefixtures("administrator")
class TestEveryFix:
    def test_changes_something_where_nothing_is_locked(self, rule: Rule, full: Artist) -> None:
        """Without this the two below would prove nothing."""
        broken = case(full, rule)
        before = (values(full), pictures(), disk(full), folder(full))
        FIXES[rule.fix].mend(broken, Aid())
        assert (values(full), pictures(), disk(full), folder(full)) != before

    def test_leaves_a_locked_artist_and_its_folder_alone(self, rule: Rule, full: Artist) -> None:
        broken = case(full, rule)
        lock_artist(broken.artist)
        before = (values(full), pictures(), disk(full), folder(full))
        with suppress(StillwaterError):  # past the refusals of the door: this is the last line of defence
            FIXES[rule.fix].mend(broken, Aid())
        assert (values(full), pictures(), disk(full), folder(full)) == before

    def test_leaves_locked_fields_and_locked_pictures_alone(self, rule: Rule, full: Artist) -> None:
        broken = case(full, rule)
        Artist.objects.update(locked_fields=sorted(LOCKABLE))
        ArtistImage.objects.update(locked=True)
        broken.artist.refresh_from_db()
        before = (values(full), pictures())
        with suppress(StillwaterError):
            FIXES[rule.fix].mend(broken, Aid())
        assert (values(full), pictures()) == before


@pytest.mark.parametrize("rule", WRITES_FIELDS, ids=lambda rule: rule.id)
@pytest.mark.usefixtures("administrator")
def test_every_fix_of_something_lockable_says_so_before_anybody_is_asked(rule: Rule, full: Artist) -> None:
    broken = case(full, rule)
    Artist.objects.update(locked_fields=sorted(LOCKABLE))
    ArtistImage.objects.update(locked=True)
    broken.artist.refresh_from_db()
    held = fixing.hurdle(FIXES[rule.fix], broken)
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

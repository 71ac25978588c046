"""What is worth trying: known for many findings at once, before a job is started or anybody is asked."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from artists.demo.registry import FAKES
from artists.models import Artist, ArtistImage, Library
from artists.services.providers.keys import set_key
from rules import tasks
from rules.bulk import Selection, dry_run
from rules.models import Violation
from rules.services.evaluation import evaluate
from rules.services.fixing_many import fix_all, fix_automatic
from rules.services.prospects import automatic_findings, prospects
from rules.services.rules import update_rule
from stillwater.models import Job
from tests.artists.providers.acts import MBID
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
PICTURES = ["thumb_exists", "fanart_exists", "logo_exists"]


def codes(rule: str = "thumb_exists") -> set[str]:
    return {one.code for one in prospects(Violation.objects.filter(rule=rule))}


class TestAutomation:
    def test_no_job_is_started_for_pictures_of_an_artist_without_an_id(self, mara: Artist) -> None:
        evaluate()
        assert codes() == {"no_id"}
        assert tasks.start_automatic_fix(PICTURES) is None
        assert not Job.objects.exists()

    def test_with_an_id_one_is(self, mara: Artist) -> None:
        Artist.objects.update(musicbrainz_id=MBID)
        evaluate()
        assert tasks.start_automatic_fix(PICTURES) is not None

    def test_a_run_that_looks_for_the_id_tries_the_pictures_after_it(self, quillfen: Artist) -> None:
        set_key("fanarttv", {"api_key": FAKES["fanarttv"].key}, skip_test=True)
        update_rule("thumb_exists", config={"select_best_candidate": True})
        evaluate()
        assert fix_automatic(["nfo_has_mbid", "thumb_exists"]).fixed == 2

    def test_once_the_id_was_looked_for_in_vain_the_pictures_wait_too(self, mara: Artist) -> None:
        evaluate()
        fix_automatic(["nfo_has_mbid", *PICTURES])
        assert automatic_findings(["nfo_has_mbid", *PICTURES]) == []

    @pytest.mark.parametrize("shared", ["confirmed", "suspected"])
    def test_nothing_is_tried_in_a_folder_that_a_server_writes_to(self, mara: Artist, shared: str) -> None:
        evaluate()
        assert tasks.automatic_findings(["nfo_exists"]) != []
        Library.objects.update(shared_fs_status=shared)
        assert (automatic_findings(["nfo_exists"]), codes("nfo_exists")) == ([], {"shared"})

    def test_a_locked_picture_and_a_locked_field_are_not_tried(self, mara: Artist) -> None:
        evaluate()
        Artist.objects.update(musicbrainz_id=MBID, locked_fields=["biography"])
        ArtistImage.objects.update(locked=True)
        make_image(mara, exists=False, locked=True)
        assert (codes(), codes("bio_exists"), codes("fanart_exists")) == ({"locked"}, {"locked"}, {""})
        assert automatic_findings(["thumb_exists", "bio_exists"]) == []


def test_the_numbers_of_a_dry_run_are_those_of_the_report(mara: Artist, tmp_path: Path) -> None:
    for name in ("Locked", "Nowhere", "Known", "Left out"):
        (tmp_path / "music" / name).mkdir()
        path = "" if name == "Nowhere" else str(tmp_path / "music" / name)
        make_artist(name, library=Library.objects.get(), path=path, musicbrainz_id=MBID * (name == "Known"))
    (tmp_path / "elsewhere").mkdir()
    make_artist("Stray", path=str(tmp_path / "elsewhere"), library=Library.objects.get())
    evaluate()
    Artist.objects.filter(name="Locked").update(locked=True, locked_at=timezone.now())
    Artist.objects.filter(name="Left out").update(is_excluded=True)
    keys = list(Violation.objects.values_list("pk", flat=True))
    numbers = dry_run(Selection(keys))
    result = fix_all(keys)
    assert numbers.held > 0
    assert numbers.without_id > 0
    assert numbers.fixable == result.fixed + result.failed + result.waiting
    assert numbers.without_id + numbers.held == result.skipped - result.waiting


def test_many_artists_cost_no_more_queries_than_one(mara: Artist) -> None:
    Artist.objects.update(musicbrainz_id=MBID)
    evaluate()
    one = _queries()
    for number in range(5):
        make_artist(f"Artist {number}", library=Library.objects.get(), path=f"{mara.path} {number}")
    evaluate()
    assert (_queries(), len(codes())) == (one, 2)


def _queries() -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert list(prospects(Violation.objects.all()))
    return len(seen)

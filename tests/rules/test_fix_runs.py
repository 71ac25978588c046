"""A run over many findings: in the right order, each provider asked once, reported exactly, taken back whole."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld
from artists.models import Artist, Operation
from artists.nfo.reader import read_nfo
from artists.services.facts import derive
from artists.services.providers.keys import set_key
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo, undo_group
from rules import tasks
from rules.models import RuleSetting, Status, Violation
from rules.services import fixing_many
from rules.services.evaluation import evaluate
from rules.services.fixing_many import fix_all, fix_automatic, fixable_findings
from rules.services.prospects import automatic_findings
from rules.services.rules import update_rule
from stillwater.models import Event, Job
from stillwater.progress import Cancelled
from tests.all_rows import differences, restored_rows
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.rules.findings import finding_of

pytestmark = pytest.mark.django_db
BEST = {"select_best_candidate": True}


@pytest.fixture
def sick(quillfen: Artist) -> Artist:
    """Quillfen Harbor without an ID, a biography, an origin, pictures and an artist.nfo; pictures are picked alone."""
    set_key("fanarttv", {"api_key": FAKES["fanarttv"].key}, skip_test=True)
    for rule in ("thumb_exists", "fanart_exists", "logo_exists"):
        update_rule(rule, config=BEST)
    update_rule("origin_missing", enabled=True)
    evaluate()
    return quillfen


def files(artist: Artist) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(artist.path).iterdir() if path.is_file()}


class TestTheWhole:
    def test_identity_comes_first_then_text_then_pictures_and_the_nfo_tells_it_all(self, sick: Artist) -> None:
        result = fix_all()
        assert (result.failed, result.skipped, result.fixed) == (0, 0, result.total)
        sources = list(Operation.objects.order_by("pk").values_list("source", flat=True))
        assert (sources[0], sources[-1]) == ("rule:nfo_has_mbid", "rule:nfo_exists")
        assert set(files(sick)) == {"artist.nfo", "folder.jpg", "fanart.jpg", "logo.png"}
        document = read_nfo(files(sick)["artist.nfo"]).document
        assert document is not None
        assert (document.biography, document.musicbrainz_id) == (QUILLFEN.biography, MBID)
        assert not Violation.objects.filter(status=Status.OPEN).exists()

    def test_taken_back_it_leaves_every_file_and_every_row_as_it_was(self, sick: Artist) -> None:
        (Path(sick.path) / "artist.nfo").write_text("<artist><name>Quillfen Harbor</name><mood>Mine</mood></artist>")
        derive(sick)
        sick.save()
        RuleSetting.objects.update(enabled=True, automation_mode="auto")
        scan_libraries(workers=0)
        evaluate(scope="all")
        before, rows = files(sick), restored_rows()
        result = fix_all()
        assert result.fixed == result.total > 4
        assert files(sick) != before
        assert undo_group(result.group).refused == []
        evaluate(scope="all")
        assert files(sick) == before
        assert differences(rows, restored_rows()) == []

    def test_the_texts_of_an_artist_cost_one_question_and_are_one_change(self, sick: Artist, world: FakeWorld) -> None:
        Artist.objects.update(musicbrainz_id=MBID)
        rules = ("bio_exists", "origin_missing")
        result = fix_all(Violation.objects.filter(rule__in=rules).values_list("pk", flat=True))
        assert (result.fixed, Operation.objects.count()) == (2, 1)
        asked = [(question.provider, question.path, str(question.query)) for question in world.recorder.questions]
        assert len(asked) == len(set(asked))
        assert {finding_of(rule).status for rule in rules} == {Status.RESOLVED}

    def test_who_has_no_id_is_held_back_and_counted(self, mara: Artist) -> None:
        evaluate()
        result = fix_all()
        assert result.fixed + result.skipped + result.failed == result.processed == result.total
        assert result.reasons["artist has no MusicBrainz ID, by which providers are asked"] == result.skipped > 0

    def test_one_that_breaks_stops_nobody_else(self, sick: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = fixing_many.fix

        def broken(key: int, **options: object) -> object:
            if key == finding_of("bio_exists").pk:
                raise RuntimeError("a fault of ours")
            return whole(key, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(fixing_many, "fix", broken)
        result = fix_all()
        assert (result.failed, finding_of("nfo_exists").status) == (1, Status.RESOLVED)

    @pytest.mark.django_db(transaction=True)
    def test_what_happened_is_told(self, sick: Artist) -> None:
        job, is_new = tasks.start_fix()
        assert is_new
        job.refresh_from_db()
        ended = Event.objects.get(name="bulk.completed").payload
        assert (ended["type"], ended["fixed"], ended["group"]) == ("fix", job.result["fixed"], job.params["group"])
        assert (ended["status"], ended["total"], ended["succeeded"]) == (
            "completed",
            ended["processed"],
            ended["fixed"],
        )
        assert Event.objects.filter(name="metadata.fixed").count() == ended["fixed"]
        assert Event.objects.filter(name="rule.violation").exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_run_that_is_stopped_is_told_as_stopped(self, sick: Artist) -> None:
        def stop(done: int, _total: int | None, _message: str = "") -> None:
            if done:
                raise Cancelled("stopped")

        with pytest.raises(Cancelled):
            tasks.run_fix({"group": str(UUID(int=7))}, stop)
        ended = Event.objects.get(name="bulk.completed").payload
        assert (ended["status"], ended["group"]) == ("cancelled", str(UUID(int=7)))
        assert Operation.objects.filter(group=UUID(int=7)).count() == 1


class TestAutomation:
    def test_a_check_starts_it_where_there_is_something_to_try(self, sick: Artist) -> None:
        assert tasks.start_automatic_fix(["nfo_exists"]) is not None
        Job.objects.all().delete()
        update_rule("nfo_exists", automation_mode="manual")
        assert tasks.start_automatic_fix(["nfo_exists"]) is None

    def test_what_a_person_took_back_stays_so(self, sick: Artist) -> None:
        assert fix_automatic(["nfo_exists"]).fixed == 1
        undo(Operation.objects.get().pk)
        evaluate(artists=[sick.pk])
        assert finding_of("nfo_exists").status == Status.OPEN
        assert fix_automatic(["nfo_exists"]).total == 0
        assert fix_all(fixable_findings([finding_of("nfo_exists").pk])).fixed == 1, "a person may say so"

    def test_what_failed_is_left_alone_until_the_artist_changes(self, mara: Artist) -> None:
        evaluate()
        assert fix_automatic(["nfo_has_mbid"]).failed == 1
        assert automatic_findings(["nfo_has_mbid"]) == []
        Violation.objects.update(tried_at=timezone.now() - timedelta(days=8))
        assert automatic_findings(["nfo_has_mbid"]) != []
        Violation.objects.update(tried_at=timezone.now())
        Artist.objects.update(dirty_since=timezone.now() + timedelta(seconds=1))
        assert automatic_findings(["nfo_has_mbid"]) != []

    def test_a_picture_rule_in_manual_mode_offers_and_writes_nothing(self, sick: Artist) -> None:
        Artist.objects.update(musicbrainz_id=MBID)
        update_rule("thumb_exists", automation_mode="manual", config=BEST)
        assert fix_automatic(["thumb_exists"]).waiting == 1
        assert (finding_of("thumb_exists").status, files(sick)) == (Status.PENDING_CHOICE, {})

    def test_no_other_rule_in_manual_mode_is_touched(self, sick: Artist) -> None:
        Artist.objects.update(musicbrainz_id=MBID)
        update_rule("bio_exists", automation_mode="manual")
        assert fix_automatic(["bio_exists"]).total == 0

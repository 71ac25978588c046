"""Stored MusicBrainz IDs are asked about once in a while; one that was merged is followed, no other is replaced."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from artists.demo.server import FakeWorld
from artists.models import Artist, MbidCheck, Operation
from artists.services.asking import Panel
from artists.services.bulk_runs.kinds import Asking
from artists.services.mbid_checks import check_mbids, due
from rules import tasks
from rules.models import Status, Violation
from rules.services.cases import plan_of
from rules.services.evaluation import evaluate
from rules.services.fixing import undo_fix
from rules.services.rules import update_rule
from stillwater.errors import Upstream
from stillwater.models import Job
from tests.artists.providers.acts import MBID, MERGED, SOLO_MBID
from tests.builders import make_artist
from tests.rules.calls import call
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db
RULE = "mbid_resolves"
UNKNOWN = "00000000-1111-4222-8333-444444444444"


def sweep() -> dict[str, int]:
    """Ask about all, and check the rule."""
    found = check_mbids(Asking().panel(None))
    evaluate(scope="all")
    return dict(found.verdicts)


@pytest.fixture
def known(quillfen: Artist) -> Artist:
    update_rule(RULE, enabled=True)
    return quillfen


def has(artist: Artist, mbid: str, **columns: object) -> None:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=mbid, **columns)
    artist.refresh_from_db()


class TestAsking:
    def test_an_id_that_means_the_artist_is_no_finding(self, known: Artist) -> None:
        has(known, MBID)
        assert sweep() == {"ok": 1}
        assert not Violation.objects.filter(rule=RULE).exists()

    def test_one_that_was_merged_is(self, known: Artist) -> None:
        has(known, MERGED)
        assert sweep() == {"merged": 1}
        assert finding_of(RULE).message == f"MusicBrainz has merged {MERGED} into {MBID} (Quillfen Harbor)."

    def test_so_is_one_that_leads_to_nothing(self, known: Artist) -> None:
        has(known, UNKNOWN)
        assert sweep() == {"gone": 1}
        assert finding_of(RULE).message == f"MusicBrainz knows no artist with the ID {UNKNOWN} any more."

    def test_so_is_one_that_means_somebody_of_another_name(self, known: Artist) -> None:
        has(known, SOLO_MBID)
        assert sweep() == {"name": 1}
        assert "calls the artist" in finding_of(RULE).message

    def test_who_was_renamed_but_has_the_albums_is_the_same(self, known: Artist) -> None:
        has(known, MBID, name="Something Else", sort_name="")
        assert sweep() == {"ok": 1}

    def test_a_namesake_with_quite_other_albums_is_in_doubt(self, known: Artist) -> None:
        for folder in list(Path(known.path).iterdir()):
            folder.rename(folder.with_name(f"Polka {folder.name[:1]}"))
        (Path(known.path) / "Polka Z").mkdir()
        has(known, MBID)
        assert sweep() == {"albums": 1}
        assert finding_of(RULE).message == f"Of 3 albums here, Quillfen Harbor at MusicBrainz ({MBID}) has 0."

    def test_nobody_is_asked_about_twice_in_a_week_unless_the_id_is_another(self, known: Artist) -> None:
        has(known, MERGED)
        sweep()
        assert sweep() == {}
        has(known, MBID)
        assert sweep() == {"ok": 1}
        MbidCheck.objects.update(checked_at=timezone.now() - timedelta(days=8))
        assert sweep() == {"ok": 1}

    def test_who_was_asked_about_longest_ago_comes_first_and_a_pass_is_bounded(self, known: Artist) -> None:
        has(known, MBID)
        sweep()
        MbidCheck.objects.update(checked_at=timezone.now() - timedelta(days=30))
        newer = make_artist("Newer", musicbrainz_id=SOLO_MBID)
        assert list(due()) == [newer, known]
        found = check_mbids(Asking().panel(None), limit=1)
        assert (found.asked, found.left) == (1, 1)

    def test_a_silent_musicbrainz_says_nothing_about_anybody(self, known: Artist) -> None:
        has(known, MBID)
        with pytest.raises(Upstream):
            check_mbids(Panel({}, {"musicbrainz": "is switched off"}))
        assert not MbidCheck.objects.exists()

    def test_the_command_tells_what_it_found(self, known: Artist) -> None:
        has(known, MERGED)
        out = StringIO()
        call_command("check_mbids", "--json", stdout=out)
        assert json.loads(out.getvalue())["verdicts"] == {"merged": 1}


class TestSweep:
    @pytest.mark.django_db(transaction=True)
    def test_the_clock_starts_one_a_day_while_the_rule_is_on(self, quillfen: Artist) -> None:
        has(quillfen, MERGED)
        tasks.tick()
        assert not Job.objects.filter(kind="check_mbids").exists()
        update_rule(RULE, enabled=True)
        tasks.tick()
        tasks.tick()
        assert Job.objects.filter(kind="check_mbids").count() == 1
        assert finding_of(RULE).status == Status.OPEN, "what it finds is a finding at once"

    @pytest.mark.django_db(transaction=True)
    def test_a_person_may_start_one_from_the_rules_page(self, admin_client: Client, quillfen: Artist) -> None:
        has(quillfen, MERGED)
        update_rule(RULE, enabled=True)
        page = admin_client.get(f"/rules/{RULE}").content.decode()
        assert "1 ID not asked about in a week" in page
        text = admin_client.post("/rules/ask-musicbrainz", follow=True).content.decode()
        assert "MusicBrainz is asked about stored IDs" in text
        assert finding_of(RULE).status == Status.OPEN

    def test_or_over_rest_one_at_a_time(self, operator_client: Client, quillfen: Artist) -> None:
        has(quillfen, MERGED)
        code, answer = call(operator_client, "POST", f"/rules/{RULE}/ask")
        assert (code, answer["status"], answer["waiting"]) == (202, "running", 1)
        assert call(operator_client, "POST", f"/rules/{RULE}/ask")[0] == 409


class TestFollowing:
    def test_the_entry_that_it_became_part_of_is_taken_and_given_back(self, known: Artist) -> None:
        has(known, MERGED)
        sweep()
        assert plan_of(finding_of(RULE)).would.startswith(f"Take {MBID} (Quillfen Harbor)")
        outcome = outcome_of(RULE)
        made = Operation.objects.get()
        assert (outcome.status, Artist.objects.get().musicbrainz_id) == ("fixed", MBID)
        assert (made.source, made.summary) == (
            f"rule:{RULE}",
            f"Followed a merge at MusicBrainz: {MERGED} is {MBID} by now",
        )
        undo_fix(outcome.undo_id)
        assert (Artist.objects.get().musicbrainz_id, finding_of(RULE).status) == (MERGED, Status.OPEN)

    @pytest.mark.parametrize("mbid", [UNKNOWN, SOLO_MBID])
    def test_no_other_id_is_replaced(self, known: Artist, mbid: str) -> None:
        has(known, mbid)
        sweep()
        assert outcome_of(RULE).status == "failed"
        assert Artist.objects.get().musicbrainz_id == mbid

    def test_nobody_becomes_somebody_else_who_is_here(self, known: Artist) -> None:
        has(known, MERGED)
        sweep()
        make_artist("Other", musicbrainz_id=MBID)
        assert outcome_of(RULE).message.startswith("Other has the MusicBrainz ID")
        assert Artist.objects.get(pk=known.pk).musicbrainz_id == MERGED

    def test_a_locked_id_stays_and_nobody_is_asked(self, known: Artist, world: FakeWorld) -> None:
        has(known, MERGED)
        sweep()
        world.recorder.questions.clear()
        Artist.objects.update(locked_fields=["musicbrainz_id"])
        assert (outcome_of(RULE).code, world.recorder.questions) == ("locked", [])

    def test_one_that_is_right_after_all_is_no_finding_any_more(self, known: Artist) -> None:
        has(known, MBID)
        sweep()
        MbidCheck.objects.update(verdict="gone")
        evaluate(artists=[known.pk])
        assert outcome_of(RULE).status == "fixed"
        assert not Operation.objects.exists()

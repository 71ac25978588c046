"""A picture that is missing or too small is fetched: one is taken, or several wait for a person's choice."""

from pathlib import Path

import pytest

from artists.demo.offers import offers
from artists.demo.registry import FAKES
from artists.models import Artist, ArtistImage, Operation
from artists.services.locks import lock_image
from artists.services.pictures.saving import Origin, save_picture
from artists.services.providers.keys import set_key
from artists.services.undo import undo
from rules.models import Status, Violation
from rules.services.choosing import apply_candidate, skip_candidates
from rules.services.evaluation import evaluate
from rules.services.fixing import undo_fix
from rules.services.rules import update_rule
from stillwater.errors import Conflict, Invalid, Locked, StillwaterError
from stillwater.models import Event, User
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.artists.services.pictures.test_saving import jpeg
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db
SHOWN = {"url": "https://example.org/a.jpg", "image_type": "thumb"}
BEST = {"select_best_candidate": True}
AUTOMATIC = Origin("fanarttv", "https://example.org/1.jpg", mode="auto")


@pytest.fixture
def known(quillfen: Artist) -> Artist:
    """Quillfen Harbor with its MusicBrainz ID; fanart.tv has two thumbs of it."""
    set_key("fanarttv", {"api_key": FAKES["fanarttv"].key}, skip_test=True)
    Artist.objects.filter(pk=quillfen.pk).update(musicbrainz_id=MBID)
    quillfen.refresh_from_db()
    evaluate()
    return quillfen


@pytest.fixture
def waiting(known: Artist) -> Violation:
    """A thumb to be chosen."""
    update_rule("thumb_exists", automation_mode="manual")
    outcome_of("thumb_exists")
    return finding_of("thumb_exists")


def thumbs(artist: Artist) -> list[str]:
    return sorted(path.name for path in Path(artist.path).iterdir() if path.is_file())


class TestTaking:
    def test_the_best_is_taken_where_the_rule_may_pick_alone(self, known: Artist) -> None:
        update_rule("thumb_exists", config=BEST)
        outcome = outcome_of("thumb_exists")
        assert (outcome.status, thumbs(known)) == ("fixed", ["folder.jpg"])
        made, row = Operation.objects.get(), ArtistImage.objects.get()
        assert (made.source, row.locked, row.source) == ("rule:thumb_exists", False, "fanarttv")
        assert (row.width, row.height) in {(each.width, each.height) for each in offers(QUILLFEN, "thumb")}

    def test_undo_leaves_the_folder_as_it_was(self, known: Artist) -> None:
        update_rule("thumb_exists", config=BEST)
        undo_fix(outcome_of("thumb_exists").undo_id)
        assert (thumbs(known), finding_of("thumb_exists").status) == ([], Status.OPEN)

    def test_one_that_is_locked_stays(self, known: Artist) -> None:
        update_rule("thumb_exists", enabled=False)
        save_picture(known, "thumb", jpeg(size=(300, 300)), AUTOMATIC, source="provider:fanarttv")
        lock_image(known, known.images.get().pk)
        evaluate(artists=[known.pk])
        outcome = outcome_of("thumb_min_res")
        assert (outcome.code, outcome.message) == ("locked", "image is locked")
        assert known.images.get().width == 300

    def test_a_small_one_gives_way_to_a_large_one_and_the_stored_size_follows(self, known: Artist) -> None:
        save_picture(known, "thumb", jpeg(size=(300, 300)), AUTOMATIC, source="provider:fanarttv")
        update_rule("thumb_min_res", config=BEST)
        evaluate(artists=[known.pk])
        before = (Path(known.path) / "folder.jpg").read_bytes()
        outcome = outcome_of("thumb_min_res")
        assert outcome.status == "fixed"
        assert known.images.get().width >= 500
        undo_fix(outcome.undo_id)
        assert (Path(known.path) / "folder.jpg").read_bytes() == before

    def test_what_is_too_small_for_the_rule_is_not_taken(self, known: Artist) -> None:
        save_picture(known, "thumb", jpeg(size=(300, 300)), AUTOMATIC, source="provider:fanarttv")
        update_rule("thumb_min_res", config={**BEST, "min_width": 9000, "min_height": 9000})
        evaluate(artists=[known.pk])
        assert outcome_of("thumb_min_res").status == "failed"
        assert known.images.get().width == 300


class TestOffering:
    def test_several_wait_for_a_person_and_nothing_is_written(self, known: Artist) -> None:
        outcome = outcome_of("thumb_exists")
        row = finding_of("thumb_exists")
        assert (outcome.waiting, row.status, thumbs(known)) == (True, Status.PENDING_CHOICE, [])
        assert {one["image_type"] for one in row.candidates} == {"thumb"}
        assert 2 <= len(row.candidates) <= 6
        assert not Operation.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_that_a_choice_is_needed_is_told(self, known: Artist) -> None:
        outcome_of("thumb_exists")
        assert Event.objects.get(name="review.needed").payload["rule_id"] == "thumb_exists"

    def test_a_check_leaves_what_is_parked(self, waiting: Violation) -> None:
        evaluate(artists=[waiting.artist_id])
        evaluate(scope="all")
        assert finding_of("thumb_exists").candidates == waiting.candidates

    def test_a_parked_finding_is_not_searched_again(self, waiting: Violation) -> None:
        assert outcome_of("thumb_exists").message == "candidate selection required"


class TestChoosing:
    def test_the_chosen_one_is_stored_and_locked_against_whatever_runs_alone(
        self, waiting: Violation, known: Artist, operator: User
    ) -> None:
        made = apply_candidate(waiting.pk, waiting.candidates[1]["url"], "thumb", actor=operator)
        assert (finding_of("thumb_exists").status, known.images.get().locked) == (Status.RESOLVED, True)
        assert made.actor == operator
        undo(made.pk)
        assert thumbs(known) == []

    def test_only_a_finding_that_waits_for_a_choice_takes_one(self, known: Artist) -> None:
        with pytest.raises(Invalid, match="not waiting for a choice"):
            apply_candidate(finding_of("thumb_exists").pk, SHOWN["url"], "thumb")

    @pytest.mark.parametrize(("number", "kind"), [(0, "logo"), (9, "thumb")])
    def test_only_what_was_offered_can_be_chosen(self, waiting: Violation, number: int, kind: str) -> None:
        urls = [one["url"] for one in waiting.candidates]
        with pytest.raises(Invalid, match="not among the candidates"):
            apply_candidate(waiting.pk, urls[number] if number < len(urls) else SHOWN["url"], kind)

    def test_a_locked_artist_takes_none(self, waiting: Violation) -> None:
        Artist.objects.update(locked=True, locked_at=waiting.created_at)
        with pytest.raises(Locked):
            apply_candidate(waiting.pk, waiting.candidates[0]["url"], "thumb")

    def test_a_shared_folder_takes_none(self, waiting: Violation) -> None:
        waiting.artist.libraries.update(shared_fs_status="suspected")
        with pytest.raises(Conflict, match="shared"):
            apply_candidate(waiting.pk, waiting.candidates[0]["url"], "thumb")

    def test_one_that_has_vanished_leaves_the_others_to_choose_from(self, waiting: Violation) -> None:
        gone = {**waiting.candidates[0], "url": waiting.candidates[0]["url"].replace(MBID, "nobody")}
        Violation.objects.filter(pk=waiting.pk).update(candidates=[gone, waiting.candidates[1]])
        with pytest.raises(StillwaterError):
            apply_candidate(waiting.pk, gone["url"], "thumb")
        assert finding_of("thumb_exists").status == Status.PENDING_CHOICE

    def test_none_of_them_opens_it_again(self, waiting: Violation) -> None:
        skip_candidates(waiting.pk)
        row = finding_of("thumb_exists")
        assert (row.status, row.candidates) == (Status.OPEN, [])

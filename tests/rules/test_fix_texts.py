"""What providers know is taken into the fields that a rule misses, once the artist is known beyond doubt."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from artists.demo.server import FakeWorld
from artists.models import Artist, MetadataChange, Operation
from artists.services.gates import join_guard, leave_guard
from artists.services.locks import lock_field
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import fix, undo_fix
from rules.services.rules import update_rule
from stillwater.errors import WriteBlocked
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(quillfen: Artist) -> Artist:
    """Quillfen Harbor with its MusicBrainz ID."""
    Artist.objects.filter(pk=quillfen.pk).update(musicbrainz_id=MBID)
    quillfen.refresh_from_db()
    evaluate()
    return quillfen


class TestIdentity:
    def test_albums_and_name_that_agree_are_enough(self, quillfen: Artist) -> None:
        evaluate()
        assert outcome_of("nfo_has_mbid").status == "fixed"
        quillfen.refresh_from_db()
        made = Operation.objects.get()
        assert (quillfen.musicbrainz_id, made.source) == (MBID, "rule:nfo_has_mbid")
        assert "2 of 2" in made.summary

    def test_albums_that_speak_against_it_are_a_persons_matter(self, quillfen: Artist) -> None:
        for folder in Path(quillfen.path).iterdir():
            folder.rename(folder.with_name(f"Polka {folder.name[:1]}"))
        evaluate()
        outcome = outcome_of("nfo_has_mbid")
        assert (outcome.status, Artist.objects.get().musicbrainz_id) == ("failed", "")
        assert finding_of("nfo_has_mbid").story[-1]["what"].startswith("failed: ")

    def test_an_identity_that_somebody_else_here_has_is_not_given_twice(self, quillfen: Artist) -> None:
        Artist.objects.create(name="Other", musicbrainz_id=MBID)
        evaluate(artists=[quillfen.pk])
        assert "Other has this MusicBrainz ID already" in outcome_of("nfo_has_mbid").message

    def test_a_name_that_nobody_has_finds_nobody(self, mara: Artist) -> None:
        evaluate()
        assert outcome_of("nfo_has_mbid").status == "failed"
        assert Artist.objects.get().musicbrainz_id == ""


class TestBiography:
    def test_it_is_taken_from_the_providers_and_from_nothing_else(self, known: Artist) -> None:
        assert outcome_of("bio_exists").status == "fixed"
        known.refresh_from_db()
        assert known.biography == QUILLFEN.biography
        made = Operation.objects.get()
        assert (made.source, list(made.changes.values_list("field", flat=True))) == ("rule:bio_exists", ["biography"])
        assert MetadataChange.objects.get().source.startswith("provider:")

    def test_undo_takes_it_back_and_the_finding_opens(self, known: Artist) -> None:
        outcome = outcome_of("bio_exists")
        undo_fix(outcome.undo_id)
        known.refresh_from_db()
        assert (known.biography, finding_of("bio_exists").status) == ("", Status.OPEN)
        assert [each["what"].partition(":")[0] for each in finding_of("bio_exists").story] == ["fixed", "taken back"]

    def test_without_an_id_nobody_is_asked(self, quillfen: Artist, world: FakeWorld) -> None:
        evaluate()
        assert outcome_of("bio_exists").code == "no_id"
        assert world.recorder.questions == []

    def test_a_locked_field_is_not_even_asked_about(self, known: Artist, world: FakeWorld) -> None:
        lock_field(known, "biography")
        outcome = outcome_of("bio_exists")
        assert (outcome.code, outcome.message, world.recorder.questions) == ("locked", "field is locked", [])

    def test_a_filler_is_replaced_by_what_is_known(self, known: Artist) -> None:
        Artist.objects.update(biography="n/a", biography_junk="only a filler (n/a)")
        evaluate(artists=[known.pk])
        assert outcome_of("metadata_quality").status == "fixed"
        assert Artist.objects.get().biography == QUILLFEN.biography

    def test_what_is_too_short_is_not_taken(self, known: Artist) -> None:
        update_rule("bio_exists", config={"min_length": 5000})
        evaluate()
        assert "wanted at least 5000" in outcome_of("bio_exists").message
        assert Artist.objects.get().biography == ""

    def test_a_guard_is_asked_before_anybody_else(self, known: Artist, world: FakeWorld) -> None:
        def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
            return {each.pk: WriteBlocked("Emby writes it") for each in artists if axis == "nfo"}

        join_guard(guard)
        try:
            assert (outcome_of("bio_exists").code, world.recorder.questions) == ("gated", [])
        finally:
            leave_guard(guard)


class TestOthers:
    def test_the_origin_is_asked_for(self, known: Artist) -> None:
        update_rule("origin_missing", enabled=True)
        evaluate()
        assert outcome_of("origin_missing").status == "fixed"
        assert "Akureyri" in Artist.objects.get().origin

    def test_genres_are_asked_for(self, known: Artist) -> None:
        update_rule("genres_missing", enabled=True)
        evaluate()
        assert outcome_of("genres_missing").status == "fixed"
        assert "Folk" in Artist.objects.get().genres

    def test_identifiers_follow_from_what_musicbrainz_links_to(self, known: Artist, world: FakeWorld) -> None:
        update_rule("provider_id_missing", enabled=True)
        evaluate()
        assert outcome_of("provider_id_missing").status == "fixed"
        stored = Artist.objects.get()
        assert (stored.discogs_id, stored.deezer_id) == (QUILLFEN.ids["discogs"], QUILLFEN.ids["deezer"])
        assert {question.provider for question in world.recorder.questions} == {"musicbrainz"}

    @pytest.mark.usefixtures("administrator")
    def test_a_name_in_a_foreign_script_becomes_the_one_that_people_here_read(self, known: Artist) -> None:
        update_rule("name_language_pref", enabled=True)
        Artist.objects.update(name="クイル", sort_name="Quillfen Harbor")
        evaluate()
        assert outcome_of("name_language_pref").status == "fixed"
        stored = Artist.objects.get()
        assert (stored.name, stored.sort_name) == ("Quillfen Harbor", "Quillfen Harbor")
        assert [alias.alias for alias in stored.aliases.filter(alias="クイル")] == ["クイル"]

    def test_a_finding_that_is_none_any_more_needs_no_fix(self, known: Artist, world: FakeWorld) -> None:
        Artist.objects.update(biography="She sang in every harbour of the northern sea, and never twice.")
        key = Violation.objects.get(rule="bio_exists").pk
        assert fix(key).status == "fixed"
        assert (finding_of("bio_exists").status, world.recorder.questions) == (Status.RESOLVED, [])

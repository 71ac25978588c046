"""What is made of several answers, field by field (behaviour.md 4, providers.md 4)."""

import pytest

from artists.providers.answers import MemberRecord
from artists.providers.merge import MERGED_FIELDS, FieldResult, merge
from artists.providers.outcomes import Kind, Outcome
from tests.artists.providers.answers import LONG, down, not_asked, nothing, outcomes, record

ORDER = dict.fromkeys(MERGED_FIELDS, ("musicbrainz", "wikipedia", "lastfm"))
BARRED = [down, not_asked, lambda name: Outcome(name, Kind.AUTH, reason="the key is refused")]


def merged(*given: object, **options: object) -> dict[str, FieldResult]:
    return merge(outcomes(*given), ORDER, **options)  # type: ignore[arg-type]


class TestWhoWins:
    @pytest.mark.parametrize("key", ["origin", "disambiguation", "years_active", "gender"])
    def test_the_first_with_something_to_say(self, key: str) -> None:
        found = merged(record("musicbrainz"), record("wikipedia", **{key: "a"}), record("lastfm", **{key: "b"}))[key]
        assert (found.value, found.winner, found.attempted, found.populated) == ("a", "wikipedia", True, True)

    def test_tags_come_from_one_provider_too_each_concept_once(self) -> None:
        found = merged(
            record("musicbrainz"),
            record("wikipedia", genres=("synthpop", "Synth-Pop", "jazz")),
            record("lastfm", genres=("folk",)),
        )["genres"]
        assert (found.winner, len(found.value)) == ("wikipedia", 2)

    @pytest.mark.parametrize("junk", ["", "n/a", "Unknown", "Too short to be one."])
    def test_a_biography_that_says_nothing_is_passed_over(self, junk: str) -> None:
        found = merged(record("musicbrainz", biography=junk), record("lastfm", biography=LONG))["biography"]
        assert (found.value, found.winner) == (LONG, "lastfm")

    def test_years_active_are_never_made_up_from_dates(self) -> None:
        found = merged(record("musicbrainz", type="group", formed="2004", disbanded="2010"))["years_active"]
        assert (found.value, found.attempted) == ("", True)

    def test_a_field_that_nobody_wants_has_no_result(self) -> None:
        assert list(merge(outcomes(record("musicbrainz", origin="x")), {"genres": ("musicbrainz",)})) == ["genres"]


class TestSilence:
    @pytest.mark.parametrize("barred", BARRED)
    def test_who_does_not_answer_has_not_been_asked(self, barred: object) -> None:
        found = merged(*(barred(name) for name in ORDER["origin"]))  # type: ignore[operator]
        assert {(result.attempted, result.populated, result.winner) for result in found.values()} == {
            (False, False, "")
        }

    def test_a_miss_is_an_answer_without_a_value(self) -> None:
        found = merged(down("musicbrainz"), nothing("wikipedia"), down("lastfm"))["origin"]
        assert (found.attempted, found.populated, found.authoritative) == (True, False, False)

    @pytest.mark.parametrize("barred", BARRED)
    def test_the_next_in_order_answers_for_the_one_that_is_down(self, barred: object) -> None:
        found = merged(barred("musicbrainz"), record("wikipedia", origin="Akureyri"))["origin"]  # type: ignore[operator]
        assert (found.value, found.winner) == ("Akureyri", "wikipedia")


class TestTypes:
    @pytest.mark.parametrize("kind", ["group", "orchestra", "choir"])
    def test_an_ensemble_has_no_gender_and_no_birthday(self, kind: str) -> None:
        found = merged(record("musicbrainz", type=kind, gender="male", born="1970", died="2001", formed="1990"))
        assert [found[key].value for key in ("gender", "born", "died", "formed")] == ["", "", "", "1990"]
        assert found["born"].winner == ""

    @pytest.mark.parametrize("kind", ["solo", "person", "character"])
    def test_a_person_is_not_formed(self, kind: str) -> None:
        found = merged(record("musicbrainz", type=kind, gender="female", born="1970", formed="1990", disbanded="1991"))
        assert [found[key].value for key in ("gender", "born", "formed", "disbanded")] == ["female", "1970", "", ""]

    def test_a_type_that_a_lock_keeps_decides(self) -> None:
        found = merged(record("musicbrainz", type="group", born="1970"), kept_type="person")
        assert found["born"].value == "1970"


class TestMembers:
    def test_the_first_with_members(self) -> None:
        found = merged(record("musicbrainz"), record("wikipedia", members=(MemberRecord("Oda"),)))["members"]
        assert (found.winner, found.populated, found.authoritative) == ("wikipedia", True, False)

    def test_an_empty_list_is_a_statement_only_where_the_provider_says_so(self) -> None:
        assert not merged(record("musicbrainz"))["members"].authoritative
        sure = merged(
            record("musicbrainz", members_authoritative=True), record("wikipedia", members=(MemberRecord("Oda"),))
        )
        assert (sure["members"].authoritative, sure["members"].value, sure["members"].winner) == (
            True,
            (),
            "musicbrainz",
        )


class TestTrace:
    def test_it_names_everybody_who_might_have_answered_and_how(self) -> None:
        found = merged(down("musicbrainz"), record("wikipedia", biography=LONG), record("lastfm", biography="n/a"))
        said = {each.provider: (each.kind, each.summary[:10], each.reason) for each in found["biography"].said}
        assert said == {
            "musicbrainz": (Kind.NOT_ANSWERING, "", "did not answer"),
            "wikipedia": (Kind.ANSWERED, LONG[:10], ""),
            "lastfm": (Kind.ANSWERED, "", "its biography is only a filler (n/a)"),
        }
        assert found["biography"].why == "the first of the order that has a value"

    def test_the_same_answers_in_any_order_have_the_same_outcome(self) -> None:
        given = [record(name, origin=name, genres=(name,)) for name in ORDER["origin"]]
        assert merge(outcomes(*given), ORDER) == merge(outcomes(*reversed(given)), ORDER)

"""Whom a refresh asks about, and what it remembers of the asking."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from artists.models import Artist, FieldTrace, Operation, ProviderRecord
from artists.providers.errors import NotAnswering, NothingFound
from artists.services.editing import exclude
from artists.services.locks import lock_artist
from stillwater.errors import Conflict, Locked
from tests.artists.providers.answers import LONG, MBID, OTHER_MBID
from tests.artists.services.refreshing import asked_of, identified, musicbrainz, other
from tests.builders import make_artist


@pytest.fixture
def known(artist: Artist) -> Artist:
    return identified(artist)


class TestWhom:
    def test_without_an_mbid_nobody_is_asked(self, artist: Artist) -> None:
        first = musicbrainz()
        assert asked_of(artist, first).status == "disambiguation_required"
        assert first.asked == []

    def test_a_locked_or_excluded_artist_is_refused(self, known: Artist) -> None:
        lock_artist(known)
        with pytest.raises(Locked, match="artist is locked"):
            asked_of(known, musicbrainz())
        exclude(left_out := make_artist("Out", musicbrainz_id=OTHER_MBID))
        with pytest.raises(Conflict, match="artist is excluded"):
            asked_of(left_out, musicbrainz())

    def test_a_merged_mbid_is_followed_and_the_history_says_so(self, known: Artist) -> None:
        asked_of(known, musicbrainz(provider_id=OTHER_MBID, asked_id=MBID))
        known.refresh_from_db()
        assert known.musicbrainz_id == OTHER_MBID
        assert Operation.objects.get().summary == f"Refreshed; MusicBrainz has merged {MBID} into {OTHER_MBID}"

    def test_an_answer_about_another_artist_changes_nothing(self, known: Artist) -> None:
        stranger = other("lastfm", ids={"musicbrainz": OTHER_MBID}, biography=LONG)
        asked_of(known, musicbrainz(), stranger)
        known.refresh_from_db()
        assert (known.biography, known.musicbrainz_id) == ("Old words.", MBID)
        said = {each["provider"]: each for each in FieldTrace.objects.get(field="biography").said}
        assert said["lastfm"]["kind"] == "refused"

    def test_two_namesakes_of_the_library_are_never_looked_up_by_name(self, known: Artist) -> None:
        make_artist("mara field", musicbrainz_id=OTHER_MBID)
        genius = other("genius")
        asked_of(known, musicbrainz(), genius)
        assert genius.asked[0].name == ""

    def test_nor_are_those_whom_only_a_capital_letter_of_another_script_tells_apart(self, known: Artist) -> None:
        known.name = "Мара Поле"
        known.save()
        make_artist("МАРА ПОЛЕ")
        genius = other("genius")
        asked_of(known, musicbrainz(), genius)
        assert genius.asked[0].name == ""


class TestWhatIsRemembered:
    def test_who_answered_and_when_with_keys_that_have_no_field(self, known: Artist) -> None:
        asked_of(
            known, musicbrainz(), other("genius", provider_id="77"), other("lastfm", NotAnswering("lastfm", "away"))
        )
        records = dict(ProviderRecord.objects.values_list("provider", "external_id"))
        assert records == {"musicbrainz": "", "genius": "77"}
        asked_of(known, musicbrainz(), gone := other("genius", NothingFound("genius")))
        assert gone.asked[0].own("genius") == "77"
        assert ProviderRecord.objects.get(provider="genius").external_id == "77"

    def test_why_each_value_is_what_it_is(self, known: Artist) -> None:
        asked_of(
            known, other("lastfm", NotAnswering("lastfm", "Last.fm did not answer")), musicbrainz(origin="Leipzig")
        )
        trace = FieldTrace.objects.get(field="origin")
        assert (trace.winner, trace.why) == ("musicbrainz", "the first of the order that has a value")
        assert [each["reason"] for each in trace.said] == ["Last.fm did not answer", ""]
        assert FieldTrace.objects.get(field="name").winner == "musicbrainz"


class TestTwoAtOnce:
    def test_who_waited_for_anothers_refresh_shares_its_outcome(
        self, known: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        second = musicbrainz(origin="Asked twice")

        @contextmanager
        def after_another(_turn: Path) -> Iterator[None]:
            """The other one had the turn, and finishes while we wait for it."""
            monkeypatch.undo()
            asked_of(Artist.objects.get(), musicbrainz(origin="Leipzig"))
            yield

        monkeypatch.setattr("artists.services.refresh.exclusive", after_another)
        done = asked_of(known, second)
        assert second.asked == []
        assert (done.sources["origin"], known.origin) == ("musicbrainz", "Leipzig")

    def test_a_later_one_asks_again(self, known: Artist) -> None:
        first = musicbrainz()
        asked_of(known, first)
        asked_of(known, first)
        assert len(first.asked) == 2

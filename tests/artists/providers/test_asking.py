"""Who is asked, with which identifiers, how often; and what becomes of answers that are about somebody else."""

import threading
from dataclasses import replace

import pytest

from artists.providers.answers import AliasRecord, ArtistRecord
from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.outcomes import Kind
from artists.services.asking import TOO_LATE, Asked, ask
from stillwater.outbound import Budget
from tests.artists.providers.answers import MBID, OTHER_MBID, record
from tests.artists.providers.panels import FakeProvider, panel

ASKED = Asked(Lookup("Quillfen Harbor", {"musicbrainz": MBID}), ("Quillfen Harbor",))


def musicbrainz(**values: object) -> FakeProvider:
    return FakeProvider("musicbrainz", record("musicbrainz", **{"provider_id": MBID, **values}))


class TestIdentifiers:
    def test_what_musicbrainz_links_to_is_known_to_the_others(self) -> None:
        first = musicbrainz(ids={"discogs": "9900001", "musicbrainz": MBID})
        discogs = FakeProvider("discogs", record("discogs", provider_id="9900001"))
        outcomes = ask(ASKED, panel(discogs, first), ["discogs", "musicbrainz"])
        assert discogs.asked == [Lookup("Quillfen Harbor", {"musicbrainz": MBID, "discogs": "9900001"})]
        assert [outcome.kind for outcome in outcomes.values()] == [Kind.ANSWERED, Kind.ANSWERED]

    def test_an_identifier_that_is_stored_stays_the_one_to_ask_with(self) -> None:
        first = musicbrainz(ids={"discogs": "2"})
        discogs = FakeProvider("discogs", record("discogs"))
        known = replace(ASKED, lookup=Lookup("Quillfen Harbor", {"musicbrainz": MBID, "discogs": "1"}))
        ask(known, panel(first, discogs), ["discogs"])
        assert discogs.asked[0].own("discogs") == "1"

    def test_everybody_is_asked_once_and_nobody_without_need(self) -> None:
        providers = [musicbrainz(), *(FakeProvider(name, record(name)) for name in ("wikipedia", "lastfm", "deezer"))]
        ask(ASKED, panel(*providers), ["lastfm", "wikipedia", "lastfm"])
        assert [len(provider.asked) for provider in providers] == [1, 1, 1, 0]

    def test_a_merged_entry_is_followed_by_all(self) -> None:
        first = musicbrainz(provider_id=OTHER_MBID, asked_id=MBID)
        lastfm = FakeProvider("lastfm", record("lastfm", ids={"musicbrainz": OTHER_MBID}))
        outcomes = ask(ASKED, panel(first, lastfm), ["lastfm"])
        assert lastfm.asked[0].mbid == OTHER_MBID
        assert outcomes["lastfm"].kind is Kind.ANSWERED


class TestSomebodyElse:
    def test_musicbrainz_answering_about_another_artist_is_refused(self) -> None:
        first = musicbrainz(provider_id=OTHER_MBID, asked_id=MBID, name="Pale Turbine")
        outcomes = ask(ASKED, panel(first), [])
        assert (outcomes["musicbrainz"].kind, outcomes["musicbrainz"].record) == (Kind.REFUSED, None)

    def test_an_answer_with_another_mbid_is_refused_with_the_reason(self) -> None:
        lastfm = FakeProvider("lastfm", record("lastfm", ids={"musicbrainz": OTHER_MBID}))
        outcome = ask(ASKED, panel(musicbrainz(), lastfm), ["lastfm"])["lastfm"]
        assert (outcome.kind, outcome.record) == (Kind.REFUSED, None)
        assert OTHER_MBID in outcome.reason

    def test_the_names_that_musicbrainz_knows_count(self) -> None:
        first = musicbrainz(aliases=(AliasRecord("QFH Collective"),))
        genius = FakeProvider("genius", record("genius", name="QFH Collective"))
        assert ask(ASKED, panel(first, genius), ["genius"])["genius"].kind is Kind.ANSWERED

    @pytest.mark.parametrize("answer", [NotAnswering("musicbrainz", "away"), NothingFound("musicbrainz")])
    def test_nobody_is_looked_up_by_name_while_musicbrainz_is_silent(self, answer: Exception) -> None:
        genius = FakeProvider("genius", record("genius"))
        ask(ASKED, panel(FakeProvider("musicbrainz", answer), genius), ["genius"])
        assert genius.asked == [Lookup("", {"musicbrainz": MBID})]

    def test_a_name_that_two_artists_of_the_library_share_is_not_looked_up(self) -> None:
        genius = FakeProvider("genius", record("genius"))
        ask(replace(ASKED, unique=False), panel(musicbrainz(), genius), ["genius"])
        assert genius.asked[0].name == ""


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            (NotAnswering("lastfm", "Last.fm did not answer"), Kind.NOT_ANSWERING),
            (AuthRequired("lastfm"), Kind.AUTH),
            (NothingFound("lastfm"), Kind.NOTHING),
            (ZeroDivisionError("a fault of ours"), Kind.NOT_ANSWERING),
        ],
    )
    def test_one_that_fails_takes_nobody_down(self, error: Exception, kind: Kind) -> None:
        providers = [musicbrainz(), FakeProvider("lastfm", error), FakeProvider("wikipedia", record("wikipedia"))]
        outcomes = ask(ASKED, panel(*providers), ["lastfm", "wikipedia"])
        assert (outcomes["lastfm"].kind, outcomes["wikipedia"].kind) == (kind, Kind.ANSWERED)
        assert outcomes["lastfm"].reason

    def test_one_that_is_not_set_up_is_not_asked_and_says_why(self) -> None:
        outcomes = ask(ASKED, panel(musicbrainz(), unavailable={"genius": "there is no key"}), ["genius", "spotify"])
        assert (outcomes["genius"].kind, outcomes["genius"].reason) == (Kind.SKIPPED, "there is no key")
        assert outcomes["spotify"].kind is Kind.SKIPPED

    def test_who_takes_longer_than_the_page_can_wait_is_left_behind(self) -> None:
        released = threading.Event()

        def slowly(_lookup: Lookup) -> ArtistRecord:
            released.wait(30)
            return record("lastfm")

        first, lastfm = musicbrainz(), FakeProvider("lastfm", slowly)
        outcomes = ask(ASKED, panel(first, lastfm, budget=Budget(13, lambda: 100.0 * len(first.asked))), ["lastfm"])
        released.set()
        assert (outcomes["lastfm"].kind, outcomes["lastfm"].reason) == (Kind.NOT_ANSWERING, TOO_LATE)
        assert outcomes["musicbrainz"].kind is Kind.ANSWERED

    def test_without_an_mbid_others_can_still_be_asked(self) -> None:
        first, genius = musicbrainz(), FakeProvider("genius", record("genius"))
        nameless = Asked(Lookup("Quillfen Harbor", {}), ("Quillfen Harbor",))
        outcomes = ask(nameless, panel(first, genius), ["musicbrainz", "genius"])
        assert (first.asked, outcomes["musicbrainz"].kind) == ([], Kind.SKIPPED)
        assert outcomes["genius"].kind is Kind.ANSWERED

"""The tiers of identification on their own: what is linked, what a person is asked, and the traps of namesakes."""

from typing import Any

import pytest

from artists.matching.albums import compare_albums
from artists.matching.identification import (
    Candidate,
    Entry,
    Subject,
    by_albums,
    by_connection,
    by_name,
    by_tags,
    without_declined,
)
from artists.providers.answers import SearchHit
from tests.artists.providers.answers import MBID, OTHER_MBID

NIRVANA = Subject("Nirvana")
ALBUMS = ["Bleach", "Nevermind", "In Utero", "Incesticide"]


def hit(mbid: str = MBID, name: str = "Nirvana", score: int = 100, **values: Any) -> SearchHit:
    return SearchHit("musicbrainz", mbid, name, score=score, musicbrainz_id=mbid, **values)


def owning(found: SearchHit, *titles: str) -> Candidate:
    return Candidate(found, albums=compare_albums(ALBUMS, titles))


class TestTags:
    def test_albums_that_name_one_artist_link_it(self) -> None:
        decision = by_tags(NIRVANA, {MBID: 3}, 4, in_conflict=False)
        assert decision
        assert (decision.verdict, decision.tier, decision.mbid) == ("link", "tags", MBID)
        assert decision.evidence == {"claims": {MBID: 3}, "albums": 4}

    def test_albums_that_name_different_artists_ask_a_person(self) -> None:
        decision = by_tags(NIRVANA, {MBID: 3, OTHER_MBID: 1}, 4, in_conflict=True)
        assert decision
        assert (decision.verdict, decision.mbid) == ("queue", "")
        assert [each.hit.musicbrainz_id for each in decision.candidates] == [MBID, OTHER_MBID]

    def test_an_album_of_two_artists_is_no_evidence_for_either(self) -> None:
        decision = by_tags(NIRVANA, {MBID: 1, OTHER_MBID: 1}, 1, in_conflict=False)
        assert decision
        assert decision.verdict == "queue"

    def test_without_a_claim_the_next_tier_is_asked(self) -> None:
        assert by_tags(NIRVANA, {}, 4, in_conflict=False) is None


class TestConnection:
    def test_one_entry_with_an_id_links(self) -> None:
        decision = by_connection(NIRVANA, [Entry("Nirvana", MBID, "125246", "Emby")])
        assert decision
        assert (decision.verdict, decision.mbid, decision.discogs_id) == ("link", MBID, "125246")

    def test_entries_that_agree_link(self) -> None:
        entries = [Entry("Nirvana", MBID, "1", "Emby"), Entry("nirvana", MBID.upper(), "2", "Lidarr")]
        decision = by_connection(NIRVANA, entries)
        assert decision
        assert (decision.verdict, decision.mbid, decision.discogs_id) == ("link", MBID, "")

    def test_servers_that_know_two_of_the_name_ask_a_person(self) -> None:
        decision = by_connection(NIRVANA, [Entry("Nirvana", MBID), Entry("Nirvana", OTHER_MBID)])
        assert decision
        assert (decision.verdict, len(decision.candidates)) == ("queue", 2)

    def test_two_artists_here_of_that_name_ask_a_person(self) -> None:
        decision = by_connection(Subject("Nirvana", has_namesake=True), [Entry("Nirvana", MBID)])
        assert decision
        assert decision.verdict == "queue"


class TestAlbums:
    def test_of_two_with_the_same_name_the_one_with_the_albums_is_linked(self) -> None:
        decision = by_albums([owning(hit(OTHER_MBID), "Local Anaesthetic"), owning(hit(MBID), *ALBUMS[:3])])
        assert decision
        assert (decision.verdict, decision.tier, decision.mbid) == ("link", "album", MBID)
        assert decision.evidence["percent"] == {MBID: 75, OTHER_MBID: 0}
        assert not decision.machine_picked

    def test_two_that_have_most_of_the_albums_ask_a_person(self) -> None:
        decision = by_albums([owning(hit(OTHER_MBID), *ALBUMS), owning(hit(MBID), *ALBUMS[:3])])
        assert decision
        assert decision.verdict == "queue"

    @pytest.mark.parametrize(("count", "verdict"), [(3, "link"), (2, "queue"), (1, None)])
    def test_the_share_of_albums_decides(self, count: int, verdict: str | None) -> None:
        decision = by_albums([owning(hit(), *ALBUMS[:count])])
        assert (decision.verdict if decision else None) == verdict

    def test_albums_of_somebody_called_otherwise_do_not_count(self) -> None:
        assert by_albums([owning(hit(name="Greatest Hits Orchestra", score=40), *ALBUMS)]) is None


class TestName:
    def test_the_only_artist_of_the_name_is_linked_and_marked(self) -> None:
        decision = by_name(NIRVANA, [Candidate(hit()), Candidate(hit(OTHER_MBID, "Nirvana Tribute", 62))])
        assert (decision.verdict, decision.mbid, decision.machine_picked) == ("link", MBID, True)

    def test_two_of_the_name_ask_a_person_and_name_the_rival(self) -> None:
        decision = by_name(NIRVANA, [Candidate(hit()), Candidate(hit(OTHER_MBID))])
        assert decision.verdict == "queue"
        assert decision.evidence["rival"]

    def test_a_rival_that_is_called_so_by_its_alias_counts(self) -> None:
        rival = hit(OTHER_MBID, "Nirvana 69", 70, aliases=("Nirvana",))
        assert by_name(NIRVANA, [Candidate(hit()), Candidate(rival)]).verdict == "queue"

    def test_a_name_that_is_only_nearly_the_same_asks_a_person(self) -> None:
        decision = by_name(
            Subject("Bergen Chamber Artist 1"), [Candidate(hit(name="Bergen Chamber Artist 2", score=96))]
        )
        assert decision.verdict == "queue"

    def test_what_stands_in_brackets_belongs_to_the_name(self) -> None:
        assert by_name(Subject("Nirvana (UK)"), [Candidate(hit())]).verdict == "queue"
        assert by_name(Subject("Nirvana (UK)"), [Candidate(hit(disambiguation="UK"))]).verdict == "link"

    def test_another_disambiguation_asks_a_person(self) -> None:
        subject = Subject("Nirvana", "60s band from the UK")
        assert by_name(subject, [Candidate(hit(disambiguation="Seattle grunge band"))]).verdict == "queue"

    def test_albums_that_contradict_a_perfect_name_ask_a_person(self) -> None:
        decision = by_name(NIRVANA, [owning(hit(), "Local Anaesthetic")])
        assert decision.verdict == "queue"
        assert "0 of 4" in decision.reason

    def test_somebody_of_whom_no_album_is_known_is_not_contradicted(self) -> None:
        decision = by_name(NIRVANA, [owning(hit())])
        assert (decision.verdict, decision.machine_picked) == ("link", True)

    def test_a_namesake_in_the_library_asks_a_person(self) -> None:
        assert by_name(Subject("Nirvana", has_namesake=True), [Candidate(hit())]).verdict == "queue"

    @pytest.mark.parametrize("name", ["-", "_", "\u200b", " "])
    def test_what_is_no_name_finds_nobody(self, name: str) -> None:
        assert by_name(Subject(name), [Candidate(hit(name=name))]).verdict == "unmatched"

    def test_nobody_or_hardly_anybody_is_unmatched(self) -> None:
        assert by_name(NIRVANA, []).verdict == "unmatched"
        assert by_name(NIRVANA, [Candidate(hit(score=59))]).verdict == "unmatched"


class TestDeclined:
    def test_who_was_declined_is_neither_linked_nor_shown(self) -> None:
        decision = without_declined(by_name(NIRVANA, [Candidate(hit())]), [MBID.upper()])
        assert (decision.verdict, decision.mbid, decision.candidates) == ("unmatched", "", ())

    def test_the_others_are_shown_but_not_linked_by_that(self) -> None:
        both = by_name(NIRVANA, [Candidate(hit()), Candidate(hit(OTHER_MBID))])
        decision = without_declined(both, [MBID])
        assert (decision.verdict, [each.hit.musicbrainz_id for each in decision.candidates]) == ("queue", [OTHER_MBID])

"""MusicBrainz' adapter against its fake."""

from dataclasses import replace

import pytest

from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import World
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.musicbrainz.provider import MusicBrainz
from artists.sample.profiles import Album
from tests.artists.providers.acts import MBID, MERGED, ODA, QUILLFEN, SOLO_MBID, WORLD
from tests.artists.providers.conftest import Ground

US = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
FAULTY = {act.fault: Lookup(act.name, {"musicbrainz": act.mbid}) for act in WORLD.acts if act.fault}


class TestArtist:
    def test_success(self, ground: Ground):
        found = ground.provider(MusicBrainz).artist(US)
        assert (found.name, found.provider_id, found.asked_id) == ("Quillfen Harbor", MBID, "")
        assert found.ids["discogs"] == "9900001"
        assert [member.name for member in found.members] == ["Oda Brackwell"]
        assert [question.path for question in ground.asked] == [f"/artist/{MBID}"]

    def test_a_merged_identifier_is_answered_with_the_survivor(self, ground: Ground):
        found = ground.provider(MusicBrainz).artist(Lookup(ids={"musicbrainz": MERGED}))
        assert (found.provider_id, found.asked_id) == (MBID, MERGED)

    def test_members_whose_names_cannot_be_read_come_with_their_aliases(self, ground: Ground):
        oda = replace(ODA, name="小田", localised={"en": "Oda Brackwell"})
        act = replace(QUILLFEN, members=(replace(QUILLFEN.members[0], name="小田"),))
        ground.program.world = World((act, oda))
        found = ground.provider(MusicBrainz).artist(US, ("en",))
        assert [alias.name for alias in found.members[0].aliases] == ["Oda Brackwell"]
        assert ground.asked[1].path == f"/artist/{SOLO_MBID}"
        ground.provider(MusicBrainz).artist(US, ("ja",))
        assert len(ground.asked) == 3

    @pytest.mark.parametrize("mbid", ["99999999-9999-4999-8999-999999999999", "00000000-0000-0000-0000-000000000000"])
    def test_an_unknown_or_empty_identifier_finds_nothing(self, ground: Ground, mbid: str):
        with pytest.raises(NothingFound):
            ground.provider(MusicBrainz).artist(Lookup(ids={"musicbrainz": mbid}))

    @pytest.mark.parametrize("mbid", ["", "Q1", "../artist", f"{MBID}?x"])
    def test_what_is_no_identifier_is_never_asked_for(self, ground: Ground, mbid: str):
        with pytest.raises(NothingFound):
            ground.provider(MusicBrainz).artist(Lookup("Quillfen Harbor", {"musicbrainz": mbid}))
        assert ground.asked == []

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, fault: str):
        with pytest.raises(NotAnswering):
            ground.provider(MusicBrainz).artist(FAULTY[fault])

    def test_an_answer_without_an_artist_is_no_answer(self, ground: Ground):
        ground.program.fakes = {"musicbrainz": Fake("musicbrainz", lambda world, question: json_reply([]))}
        for ask in (
            lambda p: p.artist(US),
            lambda p: p.search("Q"),
            lambda p: p.release_groups(US),
            lambda p: p.test(),
        ):
            with pytest.raises(NotAnswering):
                ask(ground.provider(MusicBrainz))


class TestSearch:
    def test_names_and_aliases_are_found(self, ground: Ground):
        provider = ground.provider(MusicBrainz)
        assert provider.search("quillfen harbor")[0].provider_id == MBID
        assert provider.search("QFH")[0].score == 100

    def test_nobody_of_this_name(self, ground: Ground):
        assert ground.provider(MusicBrainz).search("Zzyzx (live) / AND") == []

    def test_a_blank_name_is_not_asked_for(self, ground: Ground):
        assert ground.provider(MusicBrainz).search("  ") == []
        assert ground.asked == []

    def test_a_failure_is_not_an_empty_list(self, ground: Ground):
        with pytest.raises(NotAnswering):
            ground.provider(MusicBrainz).search("Fault 500")


class TestReleaseGroups:
    def test_success(self, ground: Ground):
        found = ground.provider(MusicBrainz).release_groups(US)
        assert [(album.title, album.first_release_date) for album in found] == [
            ("Lamp Weather", "2007"),
            ("Slow Ferries", "2012"),
        ]

    def test_all_pages_up_to_five_hundred(self, ground: Ground):
        albums = tuple(
            Album(f"Album {number}", 2000, f"{number:08x}-0000-4000-8000-000000000000") for number in range(620)
        )
        ground.program.world = World((replace(QUILLFEN, albums=albums),))
        assert len(ground.provider(MusicBrainz).release_groups(US)) == 500
        assert [question.query["offset"] for question in ground.asked] == ["0", "100", "200", "300", "400"]


class TestMirror:
    def test_what_is_no_musicbrainz_is_passed_over(self, ground: Ground):
        real = ground.program.fakes["musicbrainz"].answer

        def answer(world: World, question: Question) -> Reply:
            return Reply(200, b"<html>") if question.service == "api" else real(world, question)

        ground.program.fakes = {"musicbrainz": Fake("musicbrainz", answer)}
        assert ground.provider(MusicBrainz).artist(US).name == "Quillfen Harbor"
        assert [question.service for question in ground.asked] == ["api", "official"]

    def test_a_test_passes_at_musicbrainz(self, ground: Ground):
        ground.provider(MusicBrainz).test()
        assert ground.asked[0].query["limit"] == "1"

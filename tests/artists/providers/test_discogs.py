"""Discogs' adapter asked for real: by its own numbers, by names that belong to one artist only, within its limits."""

from dataclasses import replace

import pytest

from artists.demo.fakes.discogs import KEY
from artists.demo.replies import Fake, json_reply
from artists.demo.server import FakeWorld
from artists.demo.world import World, with_act
from artists.providers.base import Lookup
from artists.providers.discogs import ALBUMS_FOR_STYLES, Discogs
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.sample.profiles import Album
from tests.artists.providers.acts import MBID, QUILLFEN, WORLD
from tests.artists.providers.conftest import Ground
from tests.stillwater.misbehaving import Clock

US = Lookup("Quillfen Harbor", {"musicbrainz": MBID, "discogs": "9900001"})
FAULTY = {act.fault: Lookup(act.name, {"discogs": act.ids["discogs"]}) for act in WORLD.acts if act.fault}
TWIN = replace(QUILLFEN, mbid=MBID.replace("7", "8"), ids={"discogs": "77"})
MANY_ALBUMS = tuple(Album(f"Album {place}", 1900 + place, f"{'0' * 24}{place:08x}") for place in range(1, 121))


def paths(ground: Ground) -> list[str]:
    return [question.path for question in ground.asked]


class TestArtist:
    def test_success(self, ground: Ground):
        found = ground.provider(Discogs, KEY).artist(US)
        assert (found.provider_id, found.name, found.ids) == ("9900001", "Quillfen Harbor", {"discogs": "9900001"})
        assert found.biography.startswith("Quillfen Harbor: Quillfen Harbor formed in Akureyri")
        assert found.biography.endswith("With Oda Brackwell and.")
        assert [member.name for member in found.members] == ["Oda Brackwell"]
        assert [alias.name for alias in found.aliases] == ["QFH"]
        assert found.styles == ("Shoegaze", "Slowcore")
        assert found.urls == {"link_1": "https://7d1e0c52.example.org"}

    def test_the_token_is_in_a_header_and_nowhere_else(self, ground: Ground):
        ground.provider(Discogs, KEY).artist(US)
        assert {question.headers["Authorization"] for question in ground.asked} == {f"Discogs token={KEY}"}
        assert all(KEY not in question.path + str(question.query) for question in ground.asked)

    def test_styles_cost_a_few_questions_however_many_albums_there_are(self, ground: Ground):
        ground.program.world = with_act(WORLD, MBID, albums=MANY_ALBUMS)
        ground.provider(Discogs, KEY).artist(US)
        assert len(ground.asked) == 2 + ALBUMS_FOR_STYLES

    def test_styles_that_cannot_be_had_take_nothing_else_away(self, ground: Ground):
        real = ground.program.fakes["discogs"]

        def no_masters(world, question):
            return json_reply({}, 500) if "masters" in question.path else real.answer(world, question)

        ground.program.fakes = {"discogs": Fake("discogs", no_masters)}
        found = ground.provider(Discogs, KEY).artist(US)
        assert found.styles == ()
        assert found.biography

    @pytest.mark.parametrize("number", [MBID, "12/releases", "²"])
    def test_what_is_not_its_number_is_not_asked_for(self, ground: Ground, number: str):
        with pytest.raises(NothingFound):
            ground.provider(Discogs, KEY).artist(Lookup("Quillfen Harbor", {"discogs": number}))
        assert ground.asked == []

    def test_an_mbid_alone_means_nothing_to_it(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Discogs, KEY).artist(Lookup(ids={"musicbrainz": MBID}))
        assert ground.asked == []

    def test_nobody_has_this_number(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Discogs, KEY).artist(Lookup(ids={"discogs": "5"}))

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, fault: str):
        provider = ground.provider(Discogs, KEY)
        for ask in (provider.artist, provider.images, provider.release_groups):
            with pytest.raises(NotAnswering):
                ask(FAULTY[fault])

    def test_somebody_elses_answer_is_none(self, ground: Ground):
        with pytest.raises(NotAnswering):
            ground.provider(Discogs, KEY).artist(FAULTY["wrong artist"])


class TestByName:
    def test_the_only_artist_of_this_name_is_taken(self, ground: Ground):
        found = ground.provider(Discogs, KEY).artist(Lookup("quillfen harbour"))
        assert found.provider_id == "9900001"

    def test_a_name_that_is_not_alike_is_nobody(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Discogs, KEY).artist(Lookup("Harbor Of All Sorrows And Delights"))

    def test_the_threshold_can_be_turned_off(self, ground: Ground):
        found = ground.provider(Discogs, KEY).artist(Lookup("Harbor Of All Sorrows", threshold=0))
        assert found.name == "Quillfen Harbor"

    def test_of_namesakes_none_is_taken(self, ground: Ground):
        ground.program.world = World((*WORLD.acts, TWIN))
        with pytest.raises(NothingFound):
            ground.provider(Discogs, KEY).artist(Lookup("Quillfen Harbor"))

    def test_a_search_names_the_numbers_of_namesakes(self, ground: Ground):
        ground.program.world = World((*WORLD.acts, TWIN))
        first, second = ground.provider(Discogs, KEY).search("Quillfen Harbor")
        assert (first.name, first.disambiguation) == ("Quillfen Harbor", "")
        assert (second.name, second.disambiguation) == ("Quillfen Harbor", "no. 2 of this name")

    def test_a_search_may_find_nobody(self, ground: Ground):
        assert ground.provider(Discogs, KEY).search("Zzz") == []


class TestImages:
    def test_text_and_pictures_share_a_question(self, ground: Ground):
        provider = ground.provider(Discogs, KEY)
        provider.artist(US)
        (picture,) = provider.images(US)
        assert (picture.kind, picture.width > 0, picture.height > 0) == ("thumb", True, True)
        assert paths(ground).count("/artists/9900001") == 1


class TestReleaseGroups:
    def test_albums_come_newest_first_without_appearances(self, ground: Ground):
        found = ground.provider(Discogs, KEY).release_groups(US)
        assert [(album.title, album.first_release_date) for album in found] == [
            ("Slow Ferries", "2012"), ("Lamp Weather", "2007"),
        ]  # fmt: skip

    def test_all_pages_are_read(self, ground: Ground):
        ground.program.world = with_act(WORLD, MBID, albums=MANY_ALBUMS)
        assert len(ground.provider(Discogs, KEY).release_groups(US)) == len(MANY_ALBUMS)
        assert len(ground.asked) == 3


class TestKey:
    def test_without_a_token_nobody_is_asked(self, ground: Ground):
        with pytest.raises(AuthRequired):
            ground.provider(Discogs).artist(US)
        assert ground.asked == []

    def test_a_good_token_passes_and_a_wrong_one_does_not(self, ground: Ground):
        ground.provider(Discogs, KEY).test()
        with pytest.raises(AuthRequired) as refused:
            ground.provider(Discogs, "a-wrong-token").test()
        assert "a-wrong-token" not in str(refused.value)


class TestFake:
    def test_every_answer_says_what_is_left_of_the_minute(self, ground: Ground):
        ground.program = FakeWorld(World((QUILLFEN,)), ground.program.fakes, clock=Clock(step=0))
        environ = {"PATH_INFO": "/discogs/api/artists/5", "REQUEST_METHOD": "GET", "wsgi.input": None}
        said: list[dict[str, str]] = []
        for _ in range(61):
            ground.program(environ, lambda status, headers: said.append({"status": status, **dict(headers)}))
        assert [answer["X-Discogs-Ratelimit-Remaining"] for answer in said[:2]] == ["59", "58"]
        assert said[1]["X-Discogs-Ratelimit-Used"] == "2"
        assert {answer["X-Discogs-Ratelimit"] for answer in said} == {"60"}
        assert (said[59]["status"], said[60]["status"]) == ("401 Answer", "429 Answer")
        assert said[60]["X-Discogs-Ratelimit-Remaining"] == "0"

"""Last.fm's adapter: its answers in our words, errors by their code, and its fake asked for real."""

from contextlib import suppress
from typing import Any

import pytest

from artists.demo.fakes.lastfm import KEY
from artists.demo.replies import Fake, Reply, json_reply
from artists.demo.world import World
from artists.providers.base import Fault, Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from artists.providers.lastfm import LastFm, hits, judge, plain_biography, record
from tests.artists.providers.acts import MBID, SOLO_MBID, WORLD
from tests.artists.providers.conftest import Ground
from tests.artists.providers.nonsense import spoilt

US = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
FAULTY = {act.fault: Lookup(act.name, {"musicbrainz": act.mbid}) for act in WORLD.acts if act.fault}
LINK = '<a href="https://www.last.fm/music/Q">Read more on Last.fm</a>'
LICENCE = "User-contributed text is available under the Creative Commons By-SA License; additional terms may apply."
INFO: dict[str, Any] = {
    "artist": {
        "name": "Quillfen Harbor",
        "mbid": MBID,
        "url": "https://www.last.fm/music/Quillfen+Harbor",
        "similar": {"artist": [{"name": "Pale Turbine"}]},
        "tags": {"tag": [{"name": "shoegaze"}, {"name": "folk"}, {"name": "calm"}, {"name": "seen live"}]},
        "bio": {"summary": "Text", "content": f"Text {LINK}"},
    }
}
SEARCH = {"results": {"artistmatches": {"artist": [{"name": "Quill"}, {"name": "Quillfen Harbor", "mbid": MBID}]}}}


def info(**changes: Any) -> dict[str, Any]:
    return {"artist": {**INFO["artist"], **changes}}


class TestMapping:
    def test_success(self):
        found = record(INFO, "en")
        assert (found.provider_id, found.biography, found.biography_language) == ("Quillfen Harbor", "Text", "en")
        assert (found.genres, found.styles, found.moods) == (("folk",), ("shoegaze",), ("calm",))
        assert found.similar_artists == ("Pale Turbine",)
        assert found.ids == {"musicbrainz": MBID}
        assert found.urls == {"lastfm": "https://www.last.fm/music/Quillfen+Harbor"}

    @pytest.mark.parametrize(
        ("tags", "styles"),
        [("", ()), ({"tag": {"name": "shoegaze"}}, ("shoegaze",)), ({"tag": ""}, ()), ({"tag": {}}, ())],
    )
    def test_one_alone_is_no_list_and_none_is_a_blank_text(self, tags: Any, styles: tuple[str, ...]):
        assert record(info(tags=tags)).styles == styles

    @pytest.mark.parametrize(
        ("content", "text"),
        [
            (f"Text. {LINK}. {LICENCE}", "Text."),
            (f"Text. {LICENCE}", "Text."),
            (f"Text.\n {LINK}", "Text."),
            ('Played with <a href="https://www.last.fm/music/Oda">Oda</a> once.', "Played with Oda once."),
            ('Ends with <a href="https://example.org/">a page</a>', "Ends with a page"),
            ("Rock &amp; roll &lt;3<br />and more<p>", "Rock & roll <3\nand more"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            (LINK, ""),
            ("<a " * 5000, "<a " * 4999 + "<a"),
        ],
    )
    def test_a_biography_is_plain_text_and_ends_where_it_ends(self, content: str, text: str):
        assert plain_biography(content) == text

    def test_the_artist_that_stands_for_nobody_is_nobody(self):
        with pytest.raises(NothingFound):
            record(info(name="[unknown]"))

    @pytest.mark.parametrize("answer", [{}, [], None, {"artist": "x"}, {"artist": {"name": ""}}])
    def test_what_describes_nobody_is_no_answer(self, answer: Any):
        with pytest.raises(NotAnswering):
            record(answer)

    def test_the_best_name_comes_first(self):
        assert [(hit.name, hit.musicbrainz_id) for hit in hits(SEARCH, "Quillfen Harbor")] == [
            ("Quillfen Harbor", MBID), ("Quill", ""),
        ]  # fmt: skip

    def test_no_spoilt_answer_raises_anything_else(self):
        for data in spoilt(INFO, 1000):
            with suppress(ProviderError):
                record(data, "en")
        for data in spoilt(SEARCH, 1000):
            with suppress(ProviderError):
                hits(data, "Quillfen Harbor")


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (200, 6, Fault.NOTHING),
        (404, 6, Fault.NOTHING),
        (400, 6, Fault.NOTHING),
        (200, "10", Fault.AUTH),
        (403, 26, Fault.AUTH),
        (200, 29, Fault.QUOTA),
        (429, 29, Fault.QUOTA),
        (200, 8, Fault.BROKEN),
        (200, 11, Fault.BROKEN),
        (500, 16, Fault.BROKEN),
        (404, None, Fault.BROKEN),
        (200, None, None),
        (403, None, None),
    ],
)
def test_the_code_says_what_is_wrong_whatever_the_status_is(status: int, code: Any, fault: Fault | None):
    assert judge(status, {"error": code} if code else {"artist": {}}) is fault


class TestArtist:
    def test_success_by_the_mbid(self, ground: Ground):
        found = ground.provider(LastFm, KEY).artist(US, ("de-AT", "en"))
        assert (found.name, found.styles) == ("Quillfen Harbor", ("dream pop", "shoegaze", "slowcore"))
        assert found.biography.endswith("that their walls were thin.")
        assert found.similar_artists == ("Oda Brackwell",)
        (question,) = ground.asked
        assert (question.query["mbid"], question.query["lang"]) == (MBID, "de")

    def test_by_name_where_it_does_not_know_the_mbid(self, ground: Ground):
        real = ground.program.fakes["lastfm"]

        def without_mbids(world: World, question: Any) -> Reply:
            lost = json_reply({"error": 6, "message": "no such artist"}, 404)
            return lost if "mbid" in question.query else real.answer(world, question)

        ground.program.fakes = {"lastfm": Fake("lastfm", without_mbids)}
        assert ground.provider(LastFm, KEY).artist(US).name == "Quillfen Harbor"
        assert [("mbid" in question.query, "artist" in question.query) for question in ground.asked] == [
            (True, False), (False, True),
        ]  # fmt: skip

    def test_by_name_where_the_mbid_leads_to_the_unknown_artist(self, ground: Ground):
        def answer(world: World, question: Any) -> Reply:
            return json_reply(info(name="[unknown]", mbid="") if "mbid" in question.query else INFO)

        ground.program.fakes = {"lastfm": Fake("lastfm", answer)}
        assert ground.provider(LastFm, KEY).artist(US).name == "Quillfen Harbor"

    def test_a_page_of_this_name_that_belongs_to_another_mbid_is_not_taken(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(LastFm, KEY).artist(Lookup("Quillfen Harbor", {"musicbrainz": SOLO_MBID[:-1] + "f"}))

    def test_a_name_that_is_not_alike_is_nobody(self, ground: Ground):
        ground.program.fakes = {"lastfm": Fake("lastfm", lambda world, question: json_reply(INFO))}
        with pytest.raises(NothingFound):
            ground.provider(LastFm, KEY).artist(Lookup("Entirely Different"))
        assert ground.provider(LastFm, KEY).artist(Lookup("Entirely Different", threshold=0)).name == "Quillfen Harbor"

    def test_without_mbid_and_name_nobody_is_asked(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(LastFm, KEY).artist(Lookup(" ", {"musicbrainz": "x"}))
        assert ground.asked == []

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer_and_no_reason_to_try_the_name(self, ground: Ground, fault: str):
        with pytest.raises(NotAnswering):
            ground.provider(LastFm, KEY).artist(FAULTY[fault])
        assert all("artist" not in question.query for question in ground.asked)

    def test_somebody_elses_answer_is_none(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(LastFm, KEY).artist(FAULTY["wrong artist"])

    def test_it_has_no_pictures(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(LastFm, KEY).images(US)
        assert ground.asked == []


class TestSearch:
    def test_success(self, ground: Ground):
        (found,) = ground.provider(LastFm, KEY).search("quillfen harbor")
        assert (found.name, found.score, found.musicbrainz_id) == ("Quillfen Harbor", 100, MBID)

    def test_it_may_find_nobody(self, ground: Ground):
        assert ground.provider(LastFm, KEY).search("Zzz") == []


class TestKey:
    def test_without_a_key_nobody_is_asked(self, ground: Ground):
        with pytest.raises(AuthRequired):
            ground.provider(LastFm).artist(US)
        assert ground.asked == []

    def test_a_good_key_passes_and_a_wrong_one_does_not(self, ground: Ground):
        ground.provider(LastFm, KEY).test()
        with pytest.raises(AuthRequired) as refused:
            ground.provider(LastFm, "a-wrong-key").test()
        assert "a-wrong-key" not in str(refused.value)

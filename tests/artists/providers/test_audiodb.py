"""TheAudioDB's adapter: its rows in our words, and both versions of its fake asked for real."""

import logging
from typing import Any

import pytest

from artists.demo.fakes.audiodb import KEY
from artists.demo.replies import Fake, json_reply
from artists.providers.audiodb import AudioDb, hit, pictures, record
from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from tests.artists.providers.acts import MBID, ODA, SOLO_MBID, WORLD
from tests.artists.providers.conftest import Ground
from tests.artists.providers.nonsense import spoilt

US = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
FAULTY = {act.fault: Lookup(act.name, {"musicbrainz": act.mbid}) for act in WORLD.acts if act.fault}
ROW: dict[str, Any] = {
    "idArtist": "990001", "strArtist": "Quillfen Harbor", "strArtistAlternate": "QFH", "strGenre": "Dream Pop",
    "strStyle": "Rock/Pop", "strMood": "Calm", "strBiographyEN": "English.", "strBiographyDE": "Deutsch.",
    "strBiographyCN": "中文", "strCountry": "Iceland", "intFormedYear": "2004", "intBornYear": "1980",
    "strMusicBrainzID": MBID, "strArtistThumb": "http://fake/a.jpg", "strArtistFanart": None,
    "strArtistFanart3": "http://fake/f3.jpg", "strArtistWideThumb": "http://fake/w.jpg", "strGender": "Mixed",
    "strWebsite": "www.quillfen.example",
}  # fmt: skip


class TestMapping:
    def test_a_group(self):
        found = record(ROW)
        assert (found.provider_id, found.name, found.origin) == ("990001", "Quillfen Harbor", "Iceland")
        assert (found.genres, found.styles, found.moods) == (("Dream Pop",), ("Rock", "Pop"), ("Calm",))
        assert (found.formed, found.born, found.gender) == ("2004", "", "")
        assert found.ids == {"audiodb": "990001", "musicbrainz": MBID}
        assert found.urls == {"official": "https://www.quillfen.example"}
        assert [alias.name for alias in found.aliases] == ["QFH"]

    @pytest.mark.parametrize("nothing", ["", "0", None])
    def test_a_person_has_the_years_of_a_life(self, nothing: str | None):
        found = record({**ROW, "intFormedYear": nothing, "intDiedYear": "2020", "strGender": "Female"})
        assert (found.formed, found.born, found.died, found.gender) == ("", "1980", "2020", "female")

    @pytest.mark.parametrize(
        ("said", "year"), [("Yes", ""), ("No", ""), ("0000-00-00", ""), ("1998", "1998"), ("1998-05-00", "1998")]
    )
    def test_it_disbanded_only_in_a_year(self, said: str, year: str):
        assert record({**ROW, "strDisbanded": said}).disbanded == year

    @pytest.mark.parametrize(
        ("languages", "text", "language"),
        [
            (("de-AT", "en"), "Deutsch.", "de"),
            (("ja", "zh-Hant"), "中文", "zh"),
            (("fr",), "English.", "en"),
            (("xx",), "English.", "en"),
        ],
    )
    def test_the_biography_is_in_the_first_language_that_there_is(self, languages, text, language):
        found = record(ROW, languages)
        assert (found.biography, found.biography_language) == (text, language)

    def test_a_biography_without_a_language_is_the_last_resort(self):
        found = record({**ROW, "strBiographyEN": None, "strBiography": "Whatever."})
        assert (found.biography, found.biography_language) == ("Whatever.", "")

    def test_pictures_come_by_kind(self):
        found = [(picture.kind, picture.url) for picture in pictures(ROW)]
        assert found == [
            ("thumb", "http://fake/a.jpg"), ("widethumb", "http://fake/w.jpg"), ("fanart", "http://fake/f3.jpg"),
        ]  # fmt: skip

    def test_no_spoilt_row_raises_anything(self):
        for row in spoilt(ROW, 1000):
            if isinstance(row, dict):
                record(row, ("de", "en"))
                list(pictures(row))
                hit(row, "Quillfen Harbor")


@pytest.mark.parametrize(("key", "service"), [("", "v1"), ("123", "v1"), (KEY, "v2")])
class TestBothVersions:
    def test_text_and_pictures_of_an_artist_cost_one_question(self, ground: Ground, key: str, service: str):
        provider = ground.provider(AudioDb, key)
        found = provider.artist(US)
        images = provider.images(US)
        assert (found.name, found.moods, found.formed) == ("Quillfen Harbor", ("Calm",), "2004")
        assert [image.kind for image in images] == ["thumb", "logo", "banner", "fanart", "fanart"]
        assert [question.service for question in ground.asked] == [service]

    def test_its_own_identifier_comes_first(self, ground: Ground, key: str, service: str):
        found = ground.provider(AudioDb, key).artist(Lookup(ids={"audiodb": "990011"}))
        assert (found.name, found.born, found.gender) == ("Oda Brackwell", "1981", "female")
        assert "990011" in ground.asked[0].path + ground.asked[0].query.get("i", "")

    def test_by_name_for_want_of_anything_better(self, ground: Ground, key: str, service: str):
        assert ground.provider(AudioDb, key).artist(Lookup("Oda Brackwell")).provider_id == ODA.ids["audiodb"]

    def test_a_search_says_how_alike_the_name_is(self, ground: Ground, key: str, service: str):
        (found,) = ground.provider(AudioDb, key).search("quillfen harbor")
        assert (found.name, found.score, found.musicbrainz_id) == ("Quillfen Harbor", 100, MBID)

    @pytest.mark.parametrize("name", ["Nobody At All", "AC/DC", "..", ""])
    def test_a_search_may_find_nobody(self, ground: Ground, key: str, service: str, name: str):
        assert ground.provider(AudioDb, key).search(name) == []

    def test_nobody_has_this_identifier(self, ground: Ground, key: str, service: str):
        with pytest.raises(NothingFound):
            ground.provider(AudioDb, key).artist(Lookup("Quillfen Harbor", {"audiodb": "5"}))

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, key: str, service: str, fault: str):
        provider = ground.provider(AudioDb, key)
        for ask in (provider.artist, provider.images):
            with pytest.raises(NotAnswering):
                ask(FAULTY[fault])

    def test_somebody_elses_answer_is_none(self, ground: Ground, key: str, service: str):
        with pytest.raises(NotAnswering):
            ground.provider(AudioDb, key).artist(FAULTY["wrong artist"])


class TestIdentity:
    def test_a_stored_number_of_a_namesake_gives_nothing(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(AudioDb).artist(Lookup("Oda Brackwell", {"audiodb": "990001", "musicbrainz": SOLO_MBID}))

    def test_pictures_are_never_looked_up_by_name(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(AudioDb).images(Lookup("Quillfen Harbor"))
        assert ground.asked == []

    def test_a_name_that_is_not_alike_is_nobody(self, ground: Ground):
        rows = {"artists": [ROW]}
        ground.program.fakes = {"audiodb": Fake("audiodb", lambda world, question: json_reply(rows))}
        with pytest.raises(NothingFound):
            ground.provider(AudioDb).artist(Lookup("Entirely Different"))
        assert ground.provider(AudioDb).artist(Lookup("Entirely Different", threshold=0)).name == "Quillfen Harbor"

    @pytest.mark.parametrize("rows", [{"artists": [{}]}, {}, [], {"other": None}, {"artists": [{"idArtist": "1"}]}])
    def test_what_describes_nobody_is_no_answer(self, ground: Ground, rows: Any):
        ground.program.fakes = {"audiodb": Fake("audiodb", lambda world, question: json_reply(rows))}
        with pytest.raises(NotAnswering):
            ground.provider(AudioDb).artist(US)


class TestKey:
    def test_a_key_of_ones_own_is_never_in_an_address_a_log_or_a_message(self, ground: Ground, caplog):
        caplog.set_level(logging.DEBUG)
        ground.provider(AudioDb, KEY).artist(US)
        with pytest.raises(NotAnswering) as failed:
            ground.provider(AudioDb, KEY).artist(FAULTY["503"])
        assert "artist_mb" in caplog.text
        assert KEY not in caplog.text + str(failed.value)
        assert all(KEY not in question.path and KEY not in str(question.query) for question in ground.asked)
        assert ground.asked[0].headers["X-Api-Key"] == KEY

    def test_a_good_key_passes_and_a_wrong_one_does_not(self, ground: Ground):
        ground.provider(AudioDb, KEY).test()
        with pytest.raises(AuthRequired):
            ground.provider(AudioDb, "a-wrong-key").test()

"""Wikidata's adapter: its tables in our words, and its fake asked for real."""

from typing import Any

import pytest

from artists.demo.replies import Fake, Reply, json_reply
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound, ProviderError
from artists.providers.sparql import label_languages, rows
from artists.providers.wikidata import Wikidata, file_titles, pictures, record
from tests.artists.providers.acts import MBID, SOLO_MBID, WORLD
from tests.artists.providers.conftest import Ground
from tests.artists.providers.nonsense import spoilt

QID = "Q990000123"
US = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
FAULTY = {act.fault: Lookup(act.name, {"musicbrainz": act.mbid}) for act in WORLD.acts if act.fault}


def table(*rows: dict[str, str]) -> dict[str, Any]:
    item = {"item": f"http://www.wikidata.org/entity/{QID}"}
    bindings = [{name: {"value": value} for name, value in {**item, **row}.items()} for row in rows]
    return {"head": {"vars": ["item"]}, "results": {"bindings": bindings}}


FACTS = table(
    {"itemLabel": "Quillfen Harbor", "inception": "2004-01-01T00:00:00Z", "genreLabel": "dream pop"},
    {"itemLabel": "Quillfen Harbor", "inception": "2004-01-01T00:00:00Z", "genreLabel": "Q37073"},
)
COMMONS = {
    "query": {
        "pages": {
            "55": {
                "pageid": 55,
                "title": "File:Q r.jpg",
                "imageinfo": [{"url": "http://fake/q.jpg", "width": 1200, "height": 900, "mime": "image/jpeg"}],
            },
            "-1": {"title": "File:Lost.png", "missing": ""},
        }
    }
}


class TestMapping:
    def test_one_row_for_each_genre_makes_one_artist(self):
        found = record(rows("wikidata", FACTS))
        assert (found.provider_id, found.name, found.formed) == (QID, "Quillfen Harbor", "2004")
        assert found.genres == ("dream pop",)

    def test_a_label_that_is_an_items_number_is_none(self):
        assert record(rows("wikidata", table({"itemLabel": QID}))).name == ""

    def test_pictures_come_with_their_sizes_and_lost_files_fall_away(self):
        (picture,) = pictures(COMMONS, {"File:Lost.png": "logo", "File:Q r.jpg": "thumb"})
        assert (picture.kind, picture.url, picture.width, picture.height) == ("thumb", "http://fake/q.jpg", 1200, 900)

    def test_a_drawing_is_taken_as_commons_renders_it(self):
        info = {"url": "http://fake/l.svg", "width": 12, "mime": "image/svg+xml", "thumburl": "http://fake/l.png"}
        page = {"title": "File:L.svg", "imageinfo": [{**info, "thumbwidth": 1200, "thumbheight": 400}]}
        (picture,) = pictures({"query": {"pages": {"7": page}}}, {"File:L.svg": "logo"})
        assert (picture.url, picture.width, picture.height) == ("http://fake/l.png", 1200, 400)

    def test_labels_are_wanted_in_each_language_then_its_base_then_english(self):
        assert label_languages(["pt-BR", '"} evil', "en-GB"]) == "pt-br,pt,en-gb,en"

    def test_no_spoilt_answer_raises_anything_else(self):
        for data in spoilt(FACTS, 1000):
            try:
                found = rows("wikidata", data)
            except ProviderError:
                continue
            record(found)
            file_titles(found)
        for data in spoilt(COMMONS, 1000):
            list(pictures(data, {"File:Q r.jpg": "thumb"}))


class TestArtist:
    def test_success_by_the_musicbrainz_id(self, ground: Ground):
        found = ground.provider(Wikidata).artist(US)
        assert (found.name, found.formed, found.origin) == ("Quillfen Harbor", "2004", "Iceland")
        assert found.genres == ("dream pop", "folk")
        assert found.ids == {"wikidata": QID}

    def test_success_by_its_own_id_in_a_preferred_language(self, ground: Ground):
        assert ground.provider(Wikidata).artist(Lookup(ids={"wikidata": QID}), ("ja",)).name == "クイル"

    def test_an_item_of_another_musicbrainz_id_is_not_ours(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Wikidata).artist(Lookup(ids={"wikidata": QID, "musicbrainz": SOLO_MBID}))

    @pytest.mark.parametrize("key", ['Q1" . } #', "q5", "", f"{MBID}"])
    def test_only_identifiers_get_into_a_query(self, ground: Ground, key: str):
        with pytest.raises(NothingFound):
            ground.provider(Wikidata).artist(Lookup("Quillfen Harbor", {"wikidata": key, "musicbrainz": f'"{key}"'}))
        assert ground.asked == []

    def test_nobody_has_this_identifier(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Wikidata).artist(Lookup(ids={"wikidata": "Q5"}))

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, fault: str):
        with pytest.raises(NotAnswering):
            ground.provider(Wikidata).artist(FAULTY[fault])
        with pytest.raises(NotAnswering):
            ground.provider(Wikidata).images(FAULTY[fault])

    def test_being_refused_is_no_answer(self, ground: Ground):
        ground.program.fakes = {"wikidata": Fake("wikidata", lambda world, question: Reply(403, b"blocked"))}
        with pytest.raises(NotAnswering):
            ground.provider(Wikidata).artist(US)


class TestImages:
    def test_success(self, ground: Ground):
        found = ground.provider(Wikidata).images(US)
        assert [picture.kind for picture in found] == ["thumb", "logo"]
        assert all(picture.url.startswith(ground.origin) and picture.width for picture in found)
        assert [question.service for question in ground.asked] == ["sparql", "commons"]

    def test_an_artist_without_pictures_costs_no_second_question(self, ground: Ground):
        assert ground.provider(Wikidata).images(Lookup(ids={"wikidata": "Q990000123"}))
        empty = table({})
        ground.program.fakes = {"wikidata": Fake("wikidata", lambda world, question: json_reply(empty))}
        assert ground.provider(Wikidata).images(US) == []

    def test_a_test_is_one_cheap_question(self, ground: Ground):
        ground.provider(Wikidata).test()
        assert len(ground.asked) == 1

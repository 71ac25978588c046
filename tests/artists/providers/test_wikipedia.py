"""Wikipedia's adapter: its answers in our words, and its fake asked for real."""

from dataclasses import replace

import pytest

from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import World
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound, ProviderError
from artists.providers.wikipedia import (
    Article,
    Wikipedia,
    articles_of_entity,
    articles_of_table,
    extract,
    judge,
    wikis,
)
from tests.artists.providers.acts import MBID, QUILLFEN, WORLD
from tests.artists.providers.conftest import Ground
from tests.artists.providers.nonsense import spoilt

QID = "Q990000123"
BY_MBID = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
BY_ITEM = Lookup("Quillfen Harbor", {"musicbrainz": MBID, "wikidata": QID})
FAULTY = {act.fault: Lookup(act.name, {"wikidata": act.ids["wikidata"]}) for act in WORLD.acts if act.fault}

TABLE = {
    "results": {
        "bindings": [
            {
                "item": {"value": f"http://www.wikidata.org/entity/{QID}"},
                "article": {"value": "https://en.wikipedia.org/wiki/Quillfen_Harbor_%28band%29"},
            }
        ]
    }
}
ENTITY = {"entities": {QID: {"sitelinks": {"enwiki": {"site": "enwiki", "title": "Quillfen Harbor"}}}}}
EXTRACT = {"query": {"pages": {"99": {"pageid": 99, "title": "Quillfen Harbor", "extract": "A band."}}}}


class TestMapping:
    def test_articles_are_found_by_item_and_by_query(self):
        assert articles_of_table(TABLE) == {"en": Article("en", "Quillfen Harbor (band)")}
        assert articles_of_entity(ENTITY, QID) == {"en": Article("en", "Quillfen Harbor")}

    def test_an_extract_is_the_text_of_a_page_that_there_is(self):
        assert extract(EXTRACT) == "A band."
        assert extract({"query": {"pages": {"-1": {"title": "Q", "missing": "", "extract": "?"}}}}) == ""

    def test_a_list_of_namesakes_is_no_biography(self):
        page = {"title": "Q", "extract": "Q may be a band or a bird.", "pageprops": {"disambiguation": ""}}
        assert extract({"query": {"pages": {"1": page}}}) == ""

    def test_preferred_languages_lead_and_english_follows(self):
        assert wikis(["nb-NO", "de-AT", "xx", "de"]) == ("no", "de", "en")
        assert wikis([]) == ("en",)

    def test_no_spoilt_answer_raises_anything_else(self):
        for table, entity, page in zip(*(spoilt(sample, 1000) for sample in (TABLE, ENTITY, EXTRACT)), strict=True):
            articles_of_entity(entity, QID)
            extract(page)
            judge(200, page)
            try:
                articles_of_table(table)
            except ProviderError:
                continue


class TestArtist:
    def test_success_by_the_musicbrainz_id(self, ground: Ground):
        found = ground.provider(Wikipedia).artist(BY_MBID)
        assert (found.name, found.provider_id, found.biography) == (
            "Quillfen Harbor",
            "en:Quillfen Harbor",
            QUILLFEN.biography,
        )
        assert (found.origin, found.genres, found.type) == ("Akureyri, Iceland", ("Dream Pop", "Folk"), "group")
        assert (found.years_active, [member.name for member in found.members]) == ("2004-present", ["Oda Brackwell"])
        assert (found.ids, found.urls) == (
            {"wikidata": QID},
            {"wikipedia": "https://en.wikipedia.org/wiki/Quillfen_Harbor"},
        )
        assert [question.service for question in ground.asked] == ["sparql", "en", "en"]

    def test_a_known_item_needs_no_query(self, ground: Ground):
        ground.provider(Wikipedia).artist(BY_ITEM)
        assert [question.service for question in ground.asked] == ["entities", "en", "en"]

    def test_the_text_is_in_the_preferred_language_and_the_infobox_in_english(self, ground: Ground):
        found = ground.provider(Wikipedia).artist(BY_ITEM, ("ja-JP", "en"))
        assert (found.biography_language, found.name) == ("ja", "クイル")
        assert found.genres == ("Dream Pop", "Folk")
        assert [(q.service, q.query.get("page")) for q in ground.asked[1:]] == [("ja", None), ("en", "Quillfen Harbor")]

    def test_an_article_in_one_language_only_is_found_by_its_readers(self, ground: Ground):
        act = replace(QUILLFEN, mbid="f" + MBID[1:])
        ground.program.world = World((act,))
        assert ground.provider(Wikipedia).artist(BY_ITEM, ("ja",)).biography_language == "ja"
        with pytest.raises(NothingFound):
            ground.provider(Wikipedia).artist(BY_ITEM, ("de",))

    def test_a_name_is_no_title(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(Wikipedia).artist(Lookup("Quillfen Harbor"))
        assert ground.asked == []

    @pytest.mark.parametrize("key", [("wikidata", "Q5"), ("musicbrainz", "99999999-9999-4999-8999-999999999999")])
    def test_nobody_has_this_identifier(self, ground: Ground, key: tuple[str, str]):
        with pytest.raises(NothingFound):
            ground.provider(Wikipedia).artist(Lookup(ids=dict([key])))

    def test_a_redirect_is_followed(self, ground: Ground):
        real = ground.program.fakes["wikipedia"].answer
        links = {"entities": {QID: {"sitelinks": {"enwiki": {"site": "enwiki", "title": "QFH"}}}}}

        def answer(world: World, question: Question) -> Reply:
            return json_reply(links) if question.service == "entities" else real(world, question)

        ground.program.fakes = {"wikipedia": Fake("wikipedia", answer)}
        found = ground.provider(Wikipedia).artist(BY_ITEM)
        assert found.biography == QUILLFEN.biography
        assert found.genres

    def test_without_an_infobox_the_text_is_enough(self, ground: Ground):
        real = ground.program.fakes["wikipedia"].answer

        def answer(world: World, question: Question) -> Reply:
            return Reply(500) if question.query.get("action") == "parse" else real(world, question)

        ground.program.fakes = {"wikipedia": Fake("wikipedia", answer)}
        found = ground.provider(Wikipedia).artist(BY_ITEM)
        assert (found.biography, found.genres) == (QUILLFEN.biography, ())

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, fault: str):
        with pytest.raises(NotAnswering):
            ground.provider(Wikipedia).artist(FAULTY[fault])

    def test_a_language_that_does_not_answer_is_not_passed_over(self, ground: Ground):
        real = ground.program.fakes["wikipedia"].answer

        def answer(world: World, question: Question) -> Reply:
            return json_reply({"batchcomplete": ""}) if question.service == "ja" else real(world, question)

        ground.program.fakes = {"wikipedia": Fake("wikipedia", answer)}
        with pytest.raises(NotAnswering):
            ground.provider(Wikipedia).artist(BY_ITEM, ("ja",))

    def test_a_test_is_one_cheap_question(self, ground: Ground):
        ground.provider(Wikipedia).test()
        assert len(ground.asked) == 1

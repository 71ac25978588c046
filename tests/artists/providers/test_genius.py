"""Genius' adapter: artists are found through their songs, and only under a name that is like ours."""

from dataclasses import replace

import pytest

from artists.demo.fakes.genius import KEY
from artists.demo.replies import Fake, json_reply
from artists.demo.world import World
from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.genius import Genius, hits
from tests.artists.providers.acts import QUILLFEN
from tests.artists.providers.conftest import Ground

US = Lookup("Quillfen Harbor", {"genius": "9900003"})


def song(identifier: int, name: str) -> dict[str, object]:
    return {"type": "song", "result": {"id": 5, "primary_artist": {"id": identifier, "name": name}}}


class TestArtist:
    def test_success_by_its_own_number(self, ground: Ground) -> None:
        found = ground.provider(Genius, KEY).artist(US)
        assert (found.name, found.biography) == ("Quillfen Harbor", QUILLFEN.biography)
        assert [alias.name for alias in found.aliases] == ["QFH"]
        assert len(ground.asked) == 1

    def test_success_by_name(self, ground: Ground) -> None:
        assert ground.provider(Genius, KEY).artist(Lookup("Quillfen Harbour")).provider_id == "9900003"

    def test_the_name_must_be_alike_enough(self, ground: Ground) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Genius, KEY).artist(Lookup("Harbor Pilots of the North"))
        found = ground.provider(Genius, KEY).artist(Lookup("Harbor Pilots of the North", threshold=0))
        assert found.name == "Quillfen Harbor"

    def test_a_band_whose_name_is_a_number_is_searched_by_name(self, ground: Ground) -> None:
        ground.program.world = World((replace(QUILLFEN, name="9900013"),))
        assert ground.provider(Genius, KEY).artist(Lookup("9900013")).provider_id == "9900003"

    def test_a_question_mark_is_no_biography(self, ground: Ground) -> None:
        ground.program.world = World((replace(QUILLFEN, biography=""),))
        assert ground.provider(Genius, KEY).artist(US).biography == ""

    def test_no_song_no_artist(self, ground: Ground) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Genius, KEY).artist(Lookup("Nobody at all"))

    def test_an_answer_about_another_number_says_nothing_of_ours(self, ground: Ground) -> None:
        other = json_reply({"response": {"artist": {"id": 7, "name": "Quillfen Harbor"}}})
        ground.program.fakes = {"genius": Fake("genius", lambda world, question: other)}
        with pytest.raises(NotAnswering):
            ground.provider(Genius, KEY).artist(US)


class TestSearch:
    def test_each_artist_is_named_once(self, ground: Ground) -> None:
        found = ground.provider(Genius, KEY).search("Quillfen Harbor")
        assert [(hit.provider_id, hit.score) for hit in found] == [("9900003", 100)]

    def test_the_most_alike_comes_first(self) -> None:
        data = {"response": {"hits": [song(1, "Quill Pens"), song(2, "Quillfen Harbor"), song(1, "Quill Pens")]}}
        assert [hit.provider_id for hit in hits(data, "Quillfen Harbor")] == ["2", "1"]

    def test_an_answer_without_a_list_is_no_empty_list(self, ground: Ground) -> None:
        ground.program.fakes = {"genius": Fake("genius", lambda world, question: json_reply({"response": {}}))}
        with pytest.raises(NotAnswering):
            ground.provider(Genius, KEY).search("Quillfen Harbor")


class TestKey:
    def test_without_one_nothing_is_asked(self, ground: Ground) -> None:
        with pytest.raises(AuthRequired):
            ground.provider(Genius).artist(US)
        assert ground.asked == []

    def test_a_wrong_one_is_refused(self, ground: Ground) -> None:
        with pytest.raises(AuthRequired):
            ground.provider(Genius, "wrong-token").test()

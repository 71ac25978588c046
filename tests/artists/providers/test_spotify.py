"""Spotify's adapter: the key is exchanged for a token, which is kept, renewed and forgotten."""

import json
import time

import pytest

from artists.demo.fakes import spotify as fake
from artists.demo.fakes.spotify import KEY
from artists.demo.replies import Fake, json_reply
from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.spotify import Spotify, Token
from tests.artists.providers.conftest import Ground

US = Lookup("Quillfen Harbor", {"spotify": "0AbCdEfGhIjKlMnOpQrStU"})


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spotify, "kept", None)


def exchanges(ground: Ground) -> int:
    return sum(question.service == "accounts" for question in ground.asked)


class TestArtist:
    def test_success(self, ground: Ground) -> None:
        found = ground.provider(Spotify, KEY).artist(US)
        assert (found.name, found.provider_id) == ("Quillfen Harbor", "0AbCdEfGhIjKlMnOpQrStU")
        assert found.urls == {"spotify": "https://open.spotify.com/artist/0AbCdEfGhIjKlMnOpQrStU"}

    def test_pictures_have_sizes_and_cost_no_further_question(self, ground: Ground) -> None:
        spotify = ground.provider(Spotify, KEY)
        spotify.artist(US)
        asked = len(ground.asked)
        pictures = spotify.images(US)
        assert all(picture.kind == "thumb" and picture.width and picture.height for picture in pictures)
        assert pictures
        assert len(ground.asked) == asked

    def test_a_search_asks_for_no_more_than_is_allowed(self, ground: Ground) -> None:
        assert [hit.score for hit in ground.provider(Spotify, KEY).search("Quillfen Harbor")] == [100]
        assert ground.asked[-1].query["limit"] == "10"

    @pytest.mark.parametrize("key", ["", "short", "0AbCdEfGhIjKlMnOpQrSt/", "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"])
    def test_what_is_no_identifier_is_not_asked(self, ground: Ground, key: str) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Spotify, KEY).artist(Lookup(ids={"spotify": key}))
        assert ground.asked == []

    def test_nobody_has_this_identifier(self, ground: Ground) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Spotify, KEY).artist(Lookup(ids={"spotify": "9" * 22}))


class TestToken:
    def test_it_is_kept_for_the_next_artist(self, ground: Ground) -> None:
        for _ in range(3):
            ground.provider(Spotify, KEY).search("Quillfen Harbor")
        assert exchanges(ground) == 1

    def test_it_is_renewed_a_minute_before_its_end(self, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [100.0]
        monkeypatch.setattr(Spotify, "clock", lambda: now[0])
        for moment, expected in ((100.0, 1), (3639.0, 1), (3640.0, 2)):
            now[0] = moment
            ground.provider(Spotify, KEY).search("Quillfen Harbor")
            assert exchanges(ground) == expected

    def test_a_token_that_is_refused_is_renewed_once(self, ground: Ground) -> None:
        Spotify.kept = Token(KEY, fake.token_of(time.time() - 4000), Spotify.clock() + 100)
        assert ground.provider(Spotify, KEY).artist(US).name == "Quillfen Harbor"
        assert exchanges(ground) == 1

    def test_a_new_token_that_is_refused_is_the_end(self, ground: Ground) -> None:
        token = json_reply({"access_token": "no-good", "expires_in": 3600})
        refusal = json_reply({"error": {"status": 401, "message": "expired"}}, 401)
        ground.program.fakes = {
            "spotify": Fake("spotify", lambda world, question: token if question.service == "accounts" else refusal)
        }
        with pytest.raises(AuthRequired):
            ground.provider(Spotify, KEY).artist(US)
        assert len(ground.asked) == 2

    def test_another_key_gets_another_token(self, ground: Ground) -> None:
        ground.provider(Spotify, KEY).search("Quillfen Harbor")
        with pytest.raises(AuthRequired):
            ground.provider(Spotify, KEY.replace("demo-secret", "guessed")).search("Quillfen Harbor")
        assert Spotify.kept is None

    def test_an_answer_without_a_token_is_no_refusal(self, ground: Ground) -> None:
        ground.program.fakes = {"spotify": Fake("spotify", lambda world, question: json_reply({"access_token": 1e999}))}
        with pytest.raises(NotAnswering):
            ground.provider(Spotify, KEY).artist(US)


class TestKey:
    @pytest.mark.parametrize("key", ["", "text", "[]", '{"client_id": "a"}', json.dumps({"client_secret": 5})])
    def test_half_a_key_is_not_tried(self, ground: Ground, key: str) -> None:
        with pytest.raises(AuthRequired):
            ground.provider(Spotify, key).artist(US)
        assert ground.asked == []

    def test_a_test_asks_for_a_token_even_where_one_is_kept(self, ground: Ground) -> None:
        ground.provider(Spotify, KEY).test()
        ground.provider(Spotify, KEY).test()
        assert exchanges(ground) == len(ground.asked) == 2

    def test_a_wrong_secret_is_refused(self, ground: Ground) -> None:
        with pytest.raises(AuthRequired):
            ground.provider(Spotify, '{"client_id": "demo-client", "client_secret": "wrong"}').test()

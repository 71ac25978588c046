"""Fanart.tv's adapter: its pictures in our words, and its fake asked for real."""

import pytest

from artists.demo.fakes.fanarttv import KEY
from artists.demo.replies import Fake, Reply, json_reply
from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from artists.providers.fanarttv import FanartTv, pictures
from tests.artists.providers.acts import MBID, WORLD
from tests.artists.providers.conftest import Ground
from tests.artists.providers.nonsense import spoilt

US = Lookup("Quillfen Harbor", {"musicbrainz": MBID})
FAULTY = {act.fault: Lookup(act.name, {"musicbrainz": act.mbid}) for act in WORLD.acts if act.fault}
ANSWER = {
    "name": "Quillfen Harbor",
    "mbid_id": MBID,
    "artistthumb": [{"id": "1", "url": "https://assets.fanart.tv/fanart/t.jpg", "likes": "5", "lang": "en"}],
    "hdmusiclogo": [{"id": "2", "url": "http://fake/h.png", "likes": "0", "lang": "00"}],
    "musiclogo": [{"id": "3", "url": "http://fake/l.png"}],
    "musicbanner": [{"id": "4", "url": "http://fake/b.jpg", "width": "1000", "height": "185"}],
    "artistbackground": [{"id": "5", "url": "javascript:alert(1)"}, "x", {"id": "6", "url": "http://fake/f.jpg"}],
    "albums": {"9": {"albumcover": [{"url": "http://fake/a.jpg"}]}},
}


class TestMapping:
    def test_every_kind_has_its_offer_and_albums_are_left_out(self):
        assert {picture.kind: picture.url for picture in pictures(ANSWER)} == {
            "thumb": "https://assets.fanart.tv/fanart/t.jpg",
            "hdlogo": "http://fake/h.png",
            "logo": "http://fake/l.png",
            "banner": "http://fake/b.jpg",
            "fanart": "http://fake/f.jpg",
        }

    def test_likes_and_sizes_are_written_as_text(self):
        found = {picture.kind: picture for picture in pictures(ANSWER)}
        assert (found["thumb"].likes, found["thumb"].language) == (5, "en")
        assert (found["banner"].width, found["banner"].height) == (1000, 185)
        assert found["hdlogo"].language == ""

    def test_its_own_host_has_a_small_copy_to_look_at(self):
        found = {picture.kind: picture.preview_url for picture in pictures(ANSWER)}
        assert found["thumb"] == "https://assets.fanart.tv/preview/t.jpg"
        assert found["logo"] == ""

    def test_no_spoilt_answer_raises_anything(self):
        for data in spoilt(ANSWER, 1000):
            if isinstance(data, dict):
                list(pictures(data))


class TestImages:
    def test_success(self, ground: Ground):
        found = ground.provider(FanartTv, KEY).images(US)
        assert {picture.kind for picture in found} == {"thumb", "fanart", "logo", "hdlogo", "banner"}
        assert all(picture.url.startswith(ground.origin) and picture.width for picture in found)

    def test_without_a_key_nobody_is_asked(self, ground: Ground):
        with pytest.raises(AuthRequired):
            ground.provider(FanartTv).images(US)
        assert ground.asked == []

    @pytest.mark.parametrize("mbid", ["", "9900001", f"{MBID}/../x"])
    def test_what_is_no_mbid_is_not_asked_for(self, ground: Ground, mbid: str):
        with pytest.raises(NothingFound):
            ground.provider(FanartTv, KEY).images(Lookup("Quillfen Harbor", {"musicbrainz": mbid}))
        assert ground.asked == []

    def test_nobody_has_this_mbid(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(FanartTv, KEY).images(Lookup(ids={"musicbrainz": MBID.replace("7", "8")}))

    def test_a_wrong_key_needs_a_person(self, ground: Ground):
        with pytest.raises(AuthRequired) as refused:
            ground.provider(FanartTv, "a-wrong-key").images(US)
        assert "a-wrong-key" not in str(refused.value)

    @pytest.mark.parametrize("fault", ["reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "empty"])
    def test_a_failure_is_no_answer(self, ground: Ground, fault: str):
        with pytest.raises(NotAnswering):
            ground.provider(FanartTv, KEY).images(FAULTY[fault])

    def test_pictures_of_somebody_else_are_not_taken(self, ground: Ground):
        with pytest.raises(NotAnswering):
            ground.provider(FanartTv, KEY).images(FAULTY["wrong artist"])

    def test_an_error_may_come_with_an_ordinary_status(self, ground: Ground):
        lost = {"status": "error", "error message": "Not found"}
        ground.program.fakes = {"fanarttv": Fake("fanarttv", lambda world, question: json_reply(lost))}
        with pytest.raises(NothingFound):
            ground.provider(FanartTv, KEY).images(US)

    @pytest.mark.parametrize("body", [b"[]", b"null", b'"x"'])
    def test_what_is_no_object_is_no_answer(self, ground: Ground, body: bytes):
        ground.program.fakes = {"fanarttv": Fake("fanarttv", lambda world, question: Reply(200, body))}
        with pytest.raises(NotAnswering):
            ground.provider(FanartTv, KEY).images(US)


class TestKey:
    def test_a_good_key_passes_though_the_artist_may_be_unknown(self, ground: Ground):
        with pytest.raises(NothingFound):
            ground.provider(FanartTv, KEY).test()

    def test_a_wrong_one_does_not(self, ground: Ground):
        with pytest.raises(ProviderError) as refused:
            ground.provider(FanartTv, "a-wrong-key").test()
        assert isinstance(refused.value, AuthRequired)

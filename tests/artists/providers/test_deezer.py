"""Deezer's adapter: errors inside ordinary answers, silhouettes refused, albums page by page."""

from dataclasses import replace

import pytest

from artists.demo.replies import Fake, json_reply
from artists.demo.world import World
from artists.providers.base import Fault, Lookup
from artists.providers.deezer import Deezer, albums, judge, pictures
from artists.providers.errors import NotAnswering, NothingFound
from artists.sample.profiles import Album
from tests.artists.providers.acts import QUILLFEN
from tests.artists.providers.conftest import Ground

US = Lookup("Quillfen Harbor", {"deezer": "9900002"})
CDN = "https://cdn-images.dzcdn.net/images/artist"


class TestErrors:
    @pytest.mark.parametrize(
        ("code", "fault"),
        [(800, Fault.NOTHING), (4, Fault.QUOTA), (700, Fault.QUOTA), (500, Fault.BROKEN), (600, Fault.BROKEN)],
    )
    def test_an_error_is_read_by_its_code(self, code: int, fault: Fault) -> None:
        assert judge(200, {"error": {"type": "x", "message": "y", "code": code}}) is fault

    def test_an_answer_without_one_is_left_to_its_status(self) -> None:
        assert judge(200, {"id": 1, "error": []}) is None
        assert judge(200, None) is None

    @pytest.mark.parametrize("data", [{}, {"data": None}, [], "text"])
    def test_an_answer_without_a_list_is_no_empty_list(self, ground: Ground, data: object) -> None:
        ground.program.fakes = {"deezer": Fake("deezer", lambda world, question: json_reply(data))}
        with pytest.raises(NotAnswering):
            ground.provider(Deezer).search("Quillfen Harbor")
        with pytest.raises(NotAnswering):
            ground.provider(Deezer).release_groups(US)

    def test_an_answer_about_another_number_says_nothing_of_ours(self, ground: Ground) -> None:
        other = json_reply({"id": 5, "name": "Somebody"})
        ground.program.fakes = {"deezer": Fake("deezer", lambda world, question: other)}
        with pytest.raises(NotAnswering):
            ground.provider(Deezer).artist(US)


class TestArtist:
    def test_success(self, ground: Ground) -> None:
        found = ground.provider(Deezer).artist(US)
        assert (found.name, found.provider_id, found.ids) == ("Quillfen Harbor", "9900002", {"deezer": "9900002"})
        assert found.urls == {"deezer": "https://www.deezer.com/artist/9900002"}

    @pytest.mark.parametrize("key", ["", "12/../3", "x", "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"])
    def test_what_is_no_number_is_not_asked(self, ground: Ground, key: str) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Deezer).artist(Lookup("Quillfen Harbor", {"deezer": key}))
        assert ground.asked == []

    def test_nobody_has_this_number(self, ground: Ground) -> None:
        with pytest.raises(NothingFound):
            ground.provider(Deezer).artist(Lookup(ids={"deezer": "1"}))

    def test_a_search_puts_the_name_that_was_asked_first(self, ground: Ground) -> None:
        found = ground.provider(Deezer).search("quillfen harbor")
        assert [(hit.name, hit.score) for hit in found] == [("Quillfen Harbor", 100)]

    def test_a_search_for_nothing_is_not_asked(self, ground: Ground) -> None:
        assert ground.provider(Deezer).search("  ") == []
        assert ground.asked == []


class TestPictures:
    def test_success_costs_no_more_than_the_text(self, ground: Ground) -> None:
        deezer = ground.provider(Deezer)
        deezer.artist(US)
        (picture,) = deezer.images(US)
        assert picture.url.startswith(ground.origin)
        assert len(ground.asked) == 1

    def test_the_address_tells_the_size(self) -> None:
        (found,) = pictures({"picture_xl": f"{CDN}/ab12/1000x1000-000000-80-0-0.jpg"})
        assert (found.kind, found.width, found.height) == ("thumb", 1000, 1000)

    def test_a_smaller_one_stands_in(self) -> None:
        (found,) = pictures({"picture_xl": "", "picture_big": f"{CDN}/ab12/500x500-000000-80-0-0.jpg"})
        assert found.width == 500

    def test_the_silhouette_is_no_picture(self, ground: Ground) -> None:
        ground.program.world = World((replace(QUILLFEN, pictures={}),))
        assert ground.provider(Deezer).images(US) == []


class TestAlbums:
    def test_success(self, ground: Ground) -> None:
        found = ground.provider(Deezer).release_groups(US)
        assert [(album.title, album.primary_type, album.first_release_date) for album in found] == [
            ("Lamp Weather", "Album", "2007-01-01"),
            ("Slow Ferries", "Album", "2012-01-01"),
        ]

    def test_all_pages_are_read(self, ground: Ground) -> None:
        many = tuple(Album(f"No. {number}", 1990, "") for number in range(230))
        ground.program.world = World((replace(QUILLFEN, albums=many),))
        assert len(ground.provider(Deezer).release_groups(US)) == 230
        assert len(ground.asked) == 3

    def test_a_compilation_is_an_album_and_no_date_is_none(self) -> None:
        (found,) = albums(
            {"data": [{"id": 3, "title": "Best", "record_type": "compile", "release_date": "0000-00-00"}]}
        )
        assert (found.primary_type, found.secondary_types, found.first_release_date) == ("Album", ("Compilation",), "")


def test_the_fake_lets_itself_be_asked_fifty_times_in_five_seconds(ground: Ground) -> None:
    ground.program.clock = lambda: 1.0
    deezer = ground.provider(Deezer)
    for number in range(50):
        with pytest.raises(NothingFound):
            deezer.artist(Lookup(ids={"deezer": str(1_000_000 + number)}))
    assert ground.program.recorder.too_early["deezer"] == 0
    with pytest.raises(NotAnswering):
        deezer.artist(US)
    assert ground.program.recorder.too_early["deezer"] >= 1

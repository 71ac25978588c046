"""Discogs' answers in our words: markup becomes plain text, numbers of namesakes fall away."""

from contextlib import suppress
from typing import Any

import pytest

from artists.providers.discogs import album, hits, most_frequent, pictures, record
from artists.providers.discogs_markup import plain, real_name
from artists.providers.errors import NotAnswering, ProviderError
from tests.artists.providers.nonsense import spoilt

ARTIST: dict[str, Any] = {
    "id": 9900001,
    "name": "Quillfen Harbor (2)",
    "profile": "By [a=Oda (3)].",
    "urls": ["https://quillfen.example", "", "javascript:alert(1)"],
    "aliases": [{"id": 2, "name": "QFH (4)"}],
    "members": [{"id": 1, "name": "Oda Brackwell", "active": True}, {"id": 2, "name": "Ulf Tarn", "active": False}],
    "images": [
        {"type": "primary", "uri": "http://fake/d.jpg", "uri150": "http://fake/s.jpg", "width": 600, "height": 400},
        {"type": "secondary", "uri": "", "width": 600, "height": 400},
    ],
}
SEARCH = {"results": [{"id": 1, "title": "Quill"}, {"id": 9900001, "type": "artist", "title": "Quillfen Harbor"}]}
MASTER = {"id": 77, "genres": ["Rock"], "styles": ["Shoegaze"]}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("By [a=Oda].", "By Oda."),
        ("By [a=Nirvana (2)] on [l=Quiet Label].", "By Nirvana on Quiet Label."),
        ("See [a123456] and [m=77], [r99].", "See and,."),
        ("[b]Bold[/b], [i]slanted[/i], [u]lined[/u]", "Bold, slanted, lined"),
        ("[url=https://quillfen.example]their page[/url]", "their page"),
        ("[url]https://quillfen.example[/url]", "https://quillfen.example"),
        ("Songs [sic] and [1994] stay", "Songs [sic] and [1994] stay"),
        ("[url=" + "[" * 5000, "[url=" + "[" * 5000),
    ],
)
def test_markup_becomes_plain_text(written: str, said: str):
    assert plain(written) == said


def test_only_the_number_of_a_namesake_is_no_part_of_a_name():
    assert real_name("Nirvana (2)") == "Nirvana"
    assert real_name("Sunn O))) (Live)") == "Sunn O))) (Live)"
    assert real_name("(2)") == "(2)"


def test_a_record():
    found = record(ARTIST, ("Shoegaze",))
    assert (found.name, found.biography, found.styles) == ("Quillfen Harbor", "By Oda.", ("Shoegaze",))
    assert [(member.name, member.is_active) for member in found.members] == [
        ("Oda Brackwell", True), ("Ulf Tarn", False),
    ]  # fmt: skip
    assert [alias.name for alias in found.aliases] == ["QFH"]
    assert found.urls == {"link_1": "https://quillfen.example"}


def test_pictures_without_an_address_are_none():
    (picture,) = pictures(ARTIST)
    assert (picture.url, picture.preview_url) == ("http://fake/d.jpg", "http://fake/s.jpg")
    assert (picture.width, picture.height) == (600, 400)


def test_the_best_name_comes_first():
    assert [hit.score for hit in hits(SEARCH, "Quillfen Harbor")] == [100, 34]


def test_the_most_frequent_styles_come_first_and_ties_by_the_alphabet():
    albums = [{"styles": ["Slowcore", "Dub"]}, {"styles": ["Ambient", "Slowcore", "Slowcore"]}, {"styles": ["Dub"]}]
    assert most_frequent(iter(albums)) == ("Dub", "Slowcore", "Ambient")


@pytest.mark.parametrize(("year", "date"), [(2007, "2007"), (0, ""), (None, ""), ("2007", "2007"), (10**9, "")])
def test_year_0_is_no_date(year, date):
    assert album({"id": 77, "title": "Lamp Weather", "year": year}).first_release_date == date


@pytest.mark.parametrize("answer", [{}, {"id": 1}, {"name": "Quillfen"}, {"id": "x", "name": "Quillfen"}])
def test_what_describes_nobody_is_no_answer(answer):
    with pytest.raises(NotAnswering):
        record(answer)


def test_no_spoilt_answer_raises_anything_else():
    for data in spoilt(ARTIST, 1000):
        if isinstance(data, dict):
            _try(lambda data=data: (list(pictures(data)), record(data)))
    for data in spoilt(SEARCH, 1000):
        if isinstance(data, dict):
            _try(lambda data=data: hits(data, "Quillfen Harbor"))
    for data in spoilt({"masters": [MASTER, MASTER]}, 1000):
        if isinstance(data, dict) and isinstance(data.get("masters"), list):
            most_frequent(iter(data["masters"]))


def _try(read):
    with suppress(ProviderError):
        read()

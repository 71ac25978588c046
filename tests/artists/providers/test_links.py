"""Identifiers in the links that MusicBrainz has of an artist."""

import pytest

from artists.providers.links import read_links


@pytest.mark.parametrize(
    ("kind", "url", "expected"),
    [
        ("discogs", "https://www.discogs.com/artist/9900001-Quillfen-Harbor", {"discogs": "9900001"}),
        ("free streaming", "https://www.deezer.com/artist/9900002", {"deezer": "9900002"}),
        ("wikidata", "https://www.wikidata.org/wiki/Q990000123", {"wikidata": "Q990000123"}),
        ("allmusic", "https://www.allmusic.com/artist/quillfen-mn0000123456", {"allmusic": "mn0000123456"}),
        (
            "streaming",
            "https://open.spotify.com/artist/0AbCdEfGhIjKlMnOpQrStU?si=1",
            {"spotify": "0AbCdEfGhIjKlMnOpQrStU"},
        ),
        ("discogs", "https://example.org/artist/9900001", {}),
        ("wikidata", "https://www.wikidata.org/wiki/Property:P434", {}),
        ("discogs", "https://[broken/artist/1", {}),
        ("discogs", "javascript:alert(1)", {}),
    ],
)
def test_an_identifier_is_read_from_an_address_of_its_own_site(kind, url, expected):
    assert read_links([(kind, url)]).ids == expected


def test_links_are_kept_by_kind_the_last_one_of_each():
    links = read_links(
        [
            ("official homepage", "https://old.example/"),
            ("official homepage", "https://new.example/"),
            ("streaming music", "https://elsewhere.example/q"),
            ("bandcamp", "https://q.example/"),
            ("social network", "ftp://q.example/"),
        ]
    )
    assert links.urls == {
        "official": "https://new.example/",
        "streaming": "https://elsewhere.example/q",
        "bandcamp": "https://q.example/",
    }

"""MusicBrainz' JSON in our words."""

from typing import Any

import pytest

from artists.providers.answers import AliasRecord
from artists.providers.musicbrainz.mapping import hits, record, release_groups
from artists.providers.musicbrainz.provider import query
from artists.providers.musicbrainz.words import years_active
from tests.artists.providers.acts import MBID, SOLO_MBID
from tests.artists.providers.nonsense import spoilt


def membership(**values: Any) -> dict[str, Any]:
    person = {"id": SOLO_MBID, "name": "Oda Brackwell", "sort-name": "Brackwell, Oda"}
    return {
        "type": "member of band", "direction": "backward", "attributes": ["bass guitar"], "begin": "2004", "end": None,
        "ended": False, "artist": person, **values,
    }  # fmt: skip


def sample(**values: Any) -> dict[str, Any]:
    return {
        "id": MBID, "name": "Quillfen Harbor", "sort-name": "Quillfen Harbor", "type": "Group", "gender": None,
        "area": {"name": "Iceland"}, "life-span": {"begin": "2004", "end": None, "ended": False},
        "aliases": [{"name": "クイル", "sort-name": "クイル", "locale": "ja", "primary": True, "type": "Artist name"}],
        "genres": [{"name": "dream pop", "count": 4}], "tags": [{"name": "seen live", "count": 1}],
        "relations": [
            membership(),
            {"type": "discogs", "url": {"resource": "https://www.discogs.com/artist/9900001"}},
            {"type": "free streaming", "url": {"resource": "https://www.deezer.com/artist/9900002"}},
        ],
        **values,
    }  # fmt: skip


class TestRecord:
    def test_a_group(self):
        found = record(sample())
        assert found is not None
        assert (found.name, found.type, found.origin, found.formed) == ("Quillfen Harbor", "group", "Iceland", "2004")
        assert (found.years_active, found.genres, found.moods) == ("2004-present", ("dream pop",), ())
        assert found.ids == {"musicbrainz": MBID, "discogs": "9900001", "deezer": "9900002"}
        assert found.aliases == (AliasRecord("クイル", "クイル", "ja", True, "Artist name"),)
        assert not found.members_authoritative

    def test_a_person_is_solo_and_has_surely_no_members(self):
        found = record(sample(type="Person", gender="Female", relations=[]))
        assert found is not None
        assert (found.type, found.gender, found.born, found.formed) == ("solo", "female", "2004", "")
        assert found.members_authoritative

    def test_an_ensemble_has_no_gender(self):
        found = record(sample(gender="Male"))
        assert found is not None
        assert found.gender == ""

    def test_typographic_hyphens_are_typed_ones(self):
        found = record(sample(name="a\u2010ha"))
        assert found is not None
        assert found.name == "a-ha"

    def test_locales_are_written_with_hyphens(self):
        found = record(sample(aliases=[{"name": "Q", "locale": "zh_hant"}, {"name": "R", "locale": "no locale!"}]))
        assert found is not None
        assert [alias.locale for alias in found.aliases] == ["zh-Hant", ""]

    def test_the_person_behind_a_stage_name_is_an_alias(self):
        relation = {"type": "is person", "artist": {"name": "Oda Brackwell", "sort-name": "Brackwell, Oda"}}
        found = record(sample(aliases=[], relations=[relation]))
        assert found is not None
        assert found.aliases == (AliasRecord("Oda Brackwell", "Brackwell, Oda"),)

    def test_what_has_neither_identifier_nor_name_is_no_artist(self):
        assert record(sample(id="x")) is None
        assert record(sample(name=None)) is None


class TestTags:
    def test_without_genres_the_tags_are_sorted(self):
        tags = [{"name": name, "count": 1} for name in ("rock", "shoegaze", "melancholic", "seen live")]
        found = record(sample(genres=[], tags=[*tags, {"name": "jazz", "count": 0}]))
        assert found is not None
        assert (found.genres, found.styles, found.moods) == (("rock",), ("shoegaze",), ("melancholic",))

    def test_with_genres_tags_add_styles_only_and_none_twice(self):
        tags = [{"name": "Shoegaze", "count": 1}, {"name": "trip hop", "count": 1}, {"name": "melancholic", "count": 1}]
        found = record(sample(genres=[{"name": "shoegaze", "count": 1}], tags=tags))
        assert found is not None
        assert (found.genres, found.styles, found.moods) == (("shoegaze",), ("trip hop",), ())

    def test_the_most_voted_genre_comes_first(self):
        found = record(sample(genres=[{"name": "ambient", "count": 1}, {"name": "rock", "count": 9}]))
        assert found is not None
        assert found.genres == ("rock", "ambient")


class TestMembers:
    def test_a_second_stay_widens_the_first(self):
        stays = [
            membership(begin="2009", end="2012", ended=True, attributes=["drums"]),
            membership(begin="2004-05", end="2006", ended=True, attributes=["bass guitar", "original"]),
        ]
        found = record(sample(relations=stays))
        assert found is not None
        (oda,) = found.members
        assert (oda.date_joined, oda.date_left, oda.is_active, oda.is_original) == ("2004-05", "2012", False, True)
        assert oda.instruments == ("drums", "bass guitar")

    def test_who_is_there_still_has_not_left(self):
        found = record(sample(relations=[membership(end="2006", ended=True), membership(begin="2009")]))
        assert found is not None
        assert (found.members[0].date_left, found.members[0].is_active) == ("", True)

    def test_bands_that_a_person_plays_in_are_no_members(self):
        found = record(sample(relations=[membership(direction="forward")]))
        assert found is not None
        assert found.members == ()


@pytest.mark.parametrize(
    ("kind", "began", "ended", "is_over", "expected"),
    [
        ("group", "1999-02", "2004", True, "1999-2004"),
        ("group", "1999", "", False, "1999-present"),
        ("group", "1999", "", True, ""),
        ("solo", "1951", "", False, ""),
        ("solo", "1951", "1999", True, "1951-1999"),
        ("group", "", "2004", True, ""),
    ],
)
def test_years_active_follow_from_the_dates(kind, began, ended, is_over, expected):
    assert years_active(kind, began, ended, is_over=is_over) == expected


class TestSearch:
    def test_the_better_of_their_score_and_our_likeness_counts(self):
        data = {
            "artists": [
                {"id": SOLO_MBID, "name": "Somebody Else", "score": 70},
                {"id": MBID, "name": "Quillfen Harbor", "score": 50, "aliases": [{"name": "QFH"}]},
            ]
        }
        assert [(hit.name, hit.score) for hit in hits(data, "qfh")] == [("Quillfen Harbor", 100), ("Somebody Else", 70)]

    def test_words_of_the_query_language_are_taken_literally(self):
        assert query("AC/DC (live) NOT!") == r"AC\/DC \(live\) not\!"


class TestNonsense:
    def test_no_spoilt_record_raises(self):
        for data in spoilt(sample(), 1000):
            record(data)

    def test_no_spoilt_list_raises(self):
        artists = {"artists": [{**sample(), "score": 100}]}
        albums = {"release-groups": [{"id": MBID, "title": "Lamp Weather", "secondary-types": ["Live"]}]}
        for data in spoilt(artists, 1000):
            hits(data, "Quillfen Harbor")
        for data in spoilt(albums, 1000):
            list(release_groups(data))

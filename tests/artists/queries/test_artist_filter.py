"""One filter grammar for artists: every spelling that clients send, nothing that an attacker sends."""

import pytest
from django.http import QueryDict

from artists.models import Artist, Library
from artists.queries.at_hand import images_of, memberships_of, records_of
from artists.queries.filters import FACETS, ArtistFilter
from artists.queries.listing import filter_counts, list_artists, matching
from artists.queries.selection import Selection
from artists.services.facts import derive
from stillwater.errors import Invalid
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db


def read(query: str) -> ArtistFilter:
    return ArtistFilter.from_query(QueryDict(query))


def names(query: str) -> list[str]:
    return [artist.name for artist in list_artists(read(query)).artists]


def searchable(name: str, *aliases: str, **values: object) -> Artist:
    artist = make_artist(name, **values)
    for alias in aliases:
        artist.aliases.create(alias=alias)
    derive(artist)
    artist.save()
    return artist


class TestSearch:
    def test_finds_part_of_a_name_without_case_or_accents_and_aliases(self) -> None:
        searchable("Björk")
        searchable("Prince", "The Artist")
        assert names("search=BJORK") == ["Björk"]
        assert names("search=the art") == ["Prince"]
        assert names("search=jörk") == ["Björk"]

    def test_wildcards_are_taken_literally(self) -> None:
        for name in ("100% Pure", "100x Pure", "under_score", "underXscore", "back\\slash", "backslash"):
            searchable(name)
        assert names("search=100%25") == ["100% Pure"]
        assert names("search=r_s") == ["under_score"]
        assert names("search=k%5Cs") == ["back\\slash"]

    def test_a_search_never_matches_across_two_names(self) -> None:
        searchable("Anna", "Bert", sort_name="Anna")
        assert names("search=anna bert") == []
        assert names("search=anna%0Abert") == []

    def test_an_endless_search_is_cut(self) -> None:
        assert len(read(f"search={'x' * 5000}").search) == 256


class TestFacets:
    @pytest.mark.parametrize("value", ["%2By", "+y", "y", " y"])
    def test_every_spelling_of_yes_includes(self, value: str) -> None:
        make_artist("Locked", locked=True, locked_at="2026-01-01T00:00:00Z")
        make_artist("Open")
        assert names(f"filter_locked={value}") == ["Locked"]
        assert names("filter_locked=-y") == ["Open"]
        assert names("filter_locked=nonsense") == ["Locked", "Open"]

    def test_missing_images_means_any_of_four_and_its_opposite_all_four(self) -> None:
        whole, half = make_artist("Whole"), make_artist("Half")
        for kind in ("thumb", "fanart", "logo", "banner"):
            make_image(whole, kind)
        make_image(half, "thumb")
        make_image(half, "logo", exists=False)
        assert names("filter_missing_images=%2By") == ["Half"]
        assert names("filter_missing_images=-y") == ["Whole"]
        assert names("filter_missing_thumb=%2By") == []
        assert names("filter_missing_logo=%2By") == ["Half"]

    def test_types_are_joined_by_or(self) -> None:
        for kind in ("solo", "person", "group", "orchestra"):
            make_artist(kind, type=kind)
        assert names("filter_type_person=%2By&filter_type_orchestra=%2By") == ["orchestra", "person", "solo"]
        assert names("filter_type_group=-y&filter_type_person=-y") == ["orchestra"]

    def test_libraries_include_by_or_and_exclude_whoever_is_in_them(self) -> None:
        one, two = make_library("One"), make_library("Two")
        both = make_artist("Both", library=one)
        both.memberships.create(library=two)
        make_artist("First", library=one)
        make_artist("Second", library=two)
        make_artist("None")
        assert names(f"library_id={one.pk}") == ["Both", "First"]
        assert names(f"filter_library_{one.pk}=%2By&filter_library_{two.pk}=%2By") == ["Both", "First", "Second"]
        assert names(f"filter_library_{two.pk}=-y") == ["First", "None"]
        assert names(f"filter_library_{one.pk}=%2By&filter_library_{two.pk}=-y") == ["First"]

    @pytest.mark.parametrize("query", ["library_id=none-of-ours", "filter_library_none-of-ours=%2By", "library_id=77"])
    def test_a_library_that_is_none_of_ours_has_no_artists(self, query: str) -> None:
        """An older client's key must not widen its question to every artist."""
        make_artist("Somebody", library=make_library())
        assert names(query) == []

    @pytest.mark.parametrize(
        ("legacy", "expected"),
        [
            ("missing_nfo", ["Bare"]), ("missing_mbid", ["Bare"]), ("missing_thumb", ["Bare"]), ("excluded", ["Full"]),
            ("not_excluded", ["Bare"]), ("locked", ["Full"]), ("not_locked", ["Bare"]), ("compliant", ["Full"]),
            ("non_compliant", ["Bare"]), ("unknown", ["Bare", "Full"]),
        ],
    )  # fmt: skip
    def test_the_older_filter_words(self, legacy: str, expected: list[str]) -> None:
        full = make_artist(
            "Full", nfo_exists=True, musicbrainz_id="x", is_excluded=True, locked=True,
            locked_at="2026-01-01T00:00:00Z", health_score=100,
        )  # fmt: skip
        make_image(full)
        make_artist("Bare")
        assert names(f"filter={legacy}") == expected


class TestOrderAndPages:
    def test_pages_hold_together_when_names_are_equal(self) -> None:
        for _ in range(25):
            make_artist("Same")
        seen = [artist.pk for page in (1, 2, 3) for artist in list_artists(read(f"page={page}&page_size=10")).artists]
        assert len(set(seen)) == 25
        assert list_artists(read("page=4&page_size=10")).artists == []

    @pytest.mark.parametrize(
        ("query", "size", "page"),
        [("page_size=9", 50, 1), ("page_size=501", 50, 1), ("page_size=500&page=2", 500, 2), ("page=-1", 50, 1),
         ("page=x&page_size=%00", 50, 1), ("page_size=10", 10, 1)],
    )  # fmt: skip
    def test_odd_numbers_have_their_defaults(self, query: str, size: int, page: int) -> None:
        assert (read(query).page_size, read(query).page) == (size, page)

    def test_only_known_columns_sort(self) -> None:
        make_artist("B", sort_name="1")
        make_artist("A", sort_name="2")
        assert names("sort=sort_name") == ["B", "A"]
        assert names("sort=sort_name&order=desc") == ["A", "B"]
        assert names("sort=user__password") == ["A", "B"]

    def test_ids_choose_and_bad_ones_are_refused(self) -> None:
        one, two = make_artist("One"), make_artist("Two")
        make_artist("Three")
        assert names(f"ids={two.pk},{one.pk},{two.pk}") == ["One", "Two"]
        assert names("ids=some-old-uuid") == []
        for bad in ("a b", "1;2", "x" * 65, ",".join(str(number) for number in range(1001))):
            with pytest.raises(Invalid):
                read(f"ids={bad}")

    def test_the_query_string_reads_back_as_the_filter(self) -> None:
        wanted = read(
            f"search=a%26b&filter_locked=-y&library_id={make_library().pk}&sort=health_score&order=desc&page=3"
        )
        assert read(wanted.to_query()) == wanted


class TestCost:
    def test_query_count_does_not_grow_with_the_rows(self, django_assert_num_queries) -> None:
        library = make_library()
        for number in range(30):
            artist = make_artist(f"Artist {number}", library=library)
            make_image(artist)
        for query in (
            "page_size=10",
            "page_size=500",
            "filter_missing_images=%2By&search=",
            f"library_id={library.pk}",
        ):
            with django_assert_num_queries(4):
                page = list_artists(read(query))
                assert [(*images_of(each), *memberships_of(each)) for each in page.artists]
            with django_assert_num_queries(5):
                page = list_artists(read(query), records=True)
                assert [(*images_of(each), *memberships_of(each), *records_of(each)) for each in page.artists]

    def test_the_numbers_of_all_facets_cost_one_query(self, django_assert_num_queries) -> None:
        make_artist("Group", type="group")
        make_artist("Person", type="person", locked=True, locked_at="2026-01-01T00:00:00Z")
        with django_assert_num_queries(1):
            counts = filter_counts(read("filter_type_group=%2By"))
        assert set(counts) == {facet.key for facet in FACETS}
        assert (counts["type_person"], counts["type_group"], counts["locked"], counts["missing_thumb"]) == (1, 1, 0, 1)


class TestSelection:
    def test_a_token_finds_the_artists_again_and_notices_when_their_number_moved(self) -> None:
        for name in ("A", "B", "C"):
            make_artist(name, type="group")
        out = Artist.objects.get(name="B")
        chosen = Selection.of(read("filter_type_group=%2By"), (out.pk,))
        again = Selection.from_token(chosen.token)
        assert again == chosen
        assert set(again.artists().values_list("name", flat=True)) == {"A", "C"}
        assert not again.has_moved()
        make_artist("D", type="group")
        assert again.has_moved()

    def test_a_forged_token_is_refused(self) -> None:
        token = Selection.of(read("")).token
        for bad in ("", "x", token[:-2] + "AA", token + "x"):
            with pytest.raises(Invalid):
                Selection.from_token(bad)

    def test_nothing_chosen_means_everybody_only_when_asked_so(self) -> None:
        make_artist("A")
        assert matching(read("")).count() == 1
        assert Library.objects.count() == 0

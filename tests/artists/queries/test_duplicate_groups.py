"""Who is suggested as one and the same, why, and who never is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artists.models import Alias, Artist, IgnoredDuplicates
from artists.queries.duplicates import open_groups, suggested_survivor
from artists.services.duplicates import ignore_group, restore_group
from stillwater.errors import NotFound
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

ONE, OTHER = "b9545342-1e6d-4dae-84ac-013374ad8d7c", "a9545342-1e6d-4dae-84ac-013374ad8d7c"


def told(*, near: bool = False) -> list[tuple[list[str], str]]:
    return [([artist.name for artist in group.artists], group.reason) for group in open_groups(near=near)]


class TestNames:
    def test_one_name_in_two_spellings_is_a_group(self) -> None:
        make_artist("The Mara Field")
        make_artist("Mara Field")
        assert told() == [(["Mara Field", "The Mara Field"], "same name: mara field (2 by name)")]

    def test_a_folder_named_as_another_artist_is_a_group(self) -> None:
        make_artist("Mara Field")
        make_artist("Mara F.", path="/music/mara field")
        assert told() == [(["Mara F.", "Mara Field"], "same name: mara field (1 by name, 1 by folder)")]

    @pytest.mark.parametrize("name", ["-", "_", "\u200b", "…"])
    def test_names_that_are_none_are_nobodys_namesakes(self, name: str) -> None:
        for _ in range(2):
            Alias.objects.create(artist=make_artist(name), alias=name)
        assert told(near=True) == []

    def test_namesakes_with_different_ids_are_never_grouped(self) -> None:
        make_artist("Nicole", musicbrainz_id=ONE)
        make_artist("Nicole", musicbrainz_id=OTHER)
        assert told(near=True) == []

    def test_who_has_no_id_is_not_given_to_one_of_two_namesakes(self) -> None:
        for mbid in (ONE, OTHER, ""):
            make_artist("Nicole", musicbrainz_id=mbid)
        assert told(near=True) == []

    def test_different_words_that_tell_them_apart_are_a_warning(self) -> None:
        make_artist("Nirvana", disambiguation="60s band from the UK")
        make_artist("Nirvana", disambiguation="90s US grunge band")
        (group,) = open_groups()
        assert group.warnings == ("they are told apart by: 60s band from the uk, 90s us grunge band",)

    def test_excluded_artists_are_left_out(self) -> None:
        make_artist("Various")
        make_artist("Various", is_excluded=True)
        assert told() == []


class TestNearNames:
    def test_they_are_told_with_their_likeness_when_asked_for(self) -> None:
        make_artist("Mara Fieldings")
        make_artist("Mara Feeldings")
        assert told() == []
        assert told(near=True) == [(["Mara Feeldings", "Mara Fieldings"], "similar names: 93% alike")]

    def test_a_chain_stays_pairs_where_its_ends_are_different_artists(self) -> None:
        for name, mbid in (("Abcdefghij", ONE), ("Abcdefghix", ""), ("Abcdefghxx", OTHER)):
            make_artist(name, musicbrainz_id=mbid)
        assert [names for names, _ in told(near=True)] == [["Abcdefghij", "Abcdefghix"], ["Abcdefghix", "Abcdefghxx"]]


class TestGroups:
    def test_the_same_artists_for_several_reasons_are_one_group(self) -> None:
        make_artist("Mara Field", musicbrainz_id=ONE)
        make_artist("Mara Field", musicbrainz_id=ONE)
        (group,) = open_groups()
        assert group.kinds == ("mbid", "name")
        assert group.reasons == (f"same MusicBrainz ID: {ONE}", "same name: mara field (2 by name)")

    def test_many_groups_cost_no_more_questions_than_one(self) -> None:
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                open_groups()
            return len(queries)

        for _ in range(2):
            make_artist("Nobody", musicbrainz_id=ONE)
        few = asked()
        for number in range(40):
            make_artist(f"Artist {number // 2} x")
        assert asked() == few

    @pytest.mark.parametrize(
        "better",
        [
            lambda: make_artist("A", path="/music/A"),
            lambda: make_artist("A", musicbrainz_id=ONE),
            lambda: make_artist("A", folder_album_count=3),
        ],
    )
    def test_the_survivor_suggested_has_folder_id_and_albums(self, better: Callable[[], Artist]) -> None:
        artists = [make_artist("A"), make_artist("A")]
        assert suggested_survivor(artists) == artists[0]
        assert suggested_survivor([*artists, wanted := better()]) == wanted


class TestIgnoring:
    def test_an_ignored_group_is_suggested_no_more_until_it_is_restored(self) -> None:
        make_artist("Nirvana"), make_artist("Nirvana")
        (group,) = open_groups()
        ignore_group(group.key)
        ignore_group(group.key)
        assert told() == []
        assert IgnoredDuplicates.objects.get().names == ["Nirvana", "Nirvana"]
        restore_group(group.key)
        assert len(told()) == 1

    def test_it_comes_back_when_somebody_joins(self) -> None:
        make_artist("Nirvana"), make_artist("Nirvana")
        ignore_group(open_groups()[0].key)
        make_artist("Nirvana")
        assert len(told()) == 1

    def test_it_comes_back_for_another_reason(self) -> None:
        artists = [make_artist("Nirvana"), make_artist("Nirvana")]
        ignore_group(open_groups()[0].key)
        for artist in artists:
            Alias.objects.create(artist=artist, alias="Fecal Matter")
        assert len(told()) == 1

    def test_what_nobody_suggested_cannot_be_ignored_or_restored(self) -> None:
        with pytest.raises(NotFound, match="no such group of duplicates"):
            ignore_group("x")
        with pytest.raises(NotFound, match="this group is not ignored"):
            restore_group("x")

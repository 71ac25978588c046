"""Duplicates: one MusicBrainz ID or one alias for several artists."""

import pytest
from django.test import Client

from artists.models import Alias
from artists.queries.duplicates import duplicate_groups
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

ONE, OTHER = "b9545342-1e6d-4dae-84ac-013374ad8d7c", "a9545342-1e6d-4dae-84ac-013374ad8d7c"


def _groups() -> list[tuple[list[str], str]]:
    return [([artist.name for artist in group.artists], group.reason) for group in duplicate_groups()]


def test_one_musicbrainz_id_twice_is_a_group() -> None:
    make_artist("Mara Field", musicbrainz_id=ONE)
    make_artist("Field, Mara", musicbrainz_id=ONE)
    make_artist("Somebody else", musicbrainz_id=OTHER)
    assert _groups() == [(["Field, Mara", "Mara Field"], f"same MusicBrainz ID: {ONE}")]


def test_one_alias_in_two_spellings_is_a_group() -> None:
    for name, alias in (("Prince", "The Artist"), ("Love Symbol", "the artist")):
        Alias.objects.create(artist=make_artist(name), alias=alias)
    assert _groups() == [(["Love Symbol", "Prince"], "same alias: the artist")]


def test_namesakes_with_different_ids_are_never_grouped() -> None:
    for mbid in (ONE, OTHER):
        Alias.objects.create(artist=make_artist("Nicole", musicbrainz_id=mbid), alias="Nicole")
    assert _groups() == []


def test_an_alias_twice_at_one_artist_is_no_group() -> None:
    artist = make_artist("Prince")
    Alias.objects.create(artist=artist, alias="Symbol")
    Alias.objects.create(artist=artist, alias="symbol")
    assert _groups() == []


def test_excluded_artists_are_left_out() -> None:
    make_artist("A", musicbrainz_id=ONE)
    make_artist("B", musicbrainz_id=ONE, is_excluded=True)
    assert _groups() == []


def test_the_operation_tells_artists_and_reason(admin_client: Client) -> None:
    make_artist("A", musicbrainz_id=ONE)
    make_artist("B", musicbrainz_id=ONE)
    (group,) = admin_client.get("/api/v1/artists/duplicates").json()
    assert ([artist["name"] for artist in group["artists"]], group["reason"]) == (
        ["A", "B"],
        f"same MusicBrainz ID: {ONE}",
    )

"""Why a value is what it is can be read at the field itself, and on a page of its own."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from artists.models import Artist
from artists.providers.errors import NotAnswering
from artists.services.editing import set_field
from tests.artists.providers.answers import LONG
from tests.artists.services.refreshing import asked_of, identified, musicbrainz, other
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def artist() -> Artist:
    """Refreshed: Wikipedia has a biography, Last.fm did not answer."""
    known = identified(make_artist("Mara Field"))
    asked_of(
        known,
        other("lastfm", NotAnswering("lastfm", "Last.fm did not answer")),
        musicbrainz(origin="Leipzig"),
        other("wikipedia", biography=LONG),
    )
    known.refresh_from_db()
    return known


def address(artist: Artist, key: str) -> str:
    return f"/artists/{artist.pk}/why/{key}"


def test_it_names_who_was_asked_what_they_said_who_won_and_when(admin_client: Client, artist: Artist) -> None:
    text = admin_client.get(address(artist, "biography"), headers=HTMX).content.decode()
    for expected in (
        "Wikipedia: the first of the order that has a value.",
        LONG[:60],
        "Last.fm did not answer",
        "chosen",
        "<time",
    ):
        assert expected in text
    assert "<h1>" not in text


def test_without_scripts_it_is_a_page(admin_client: Client, artist: Artist) -> None:
    assert "<h1>Why: Biography</h1>" in admin_client.get(address(artist, "biography")).content.decode()


def test_a_value_from_elsewhere_is_not_called_chosen(admin_client: Client, artist: Artist) -> None:
    set_field(artist, "biography", "Typed.")
    text = admin_client.get(address(artist, "biography"), headers=HTMX).content.decode()
    assert "The value of today is from elsewhere: by hand." in text
    assert "chosen" not in text


def test_a_value_that_was_here_already_is_told_with_where_it_was_from(admin_client: Client) -> None:
    known = identified(make_artist("Mara Field", origin="Leipzig", metadata_sources={"origin": "nfo"}))
    asked_of(known, musicbrainz(origin="Leipzig"))
    text = admin_client.get(address(known, "origin"), headers=HTMX).content.decode()
    assert "It says what was here already, from elsewhere: artist.nfo." in text
    assert ">the same<" in text


def test_what_was_kept_is_not_told_as_somebodys_choice(admin_client: Client) -> None:
    known = identified(make_artist("Mara Field", origin="Halle", metadata_sources={"origin": "manual"}))
    known.locked_fields = ["origin"]
    known.save()
    asked_of(known, musicbrainz(origin="Leipzig"))
    text = admin_client.get(address(known, "origin"), headers=HTMX).content.decode()
    assert "The value here stays: " in text
    assert "MusicBrainz: the value here" not in text


def test_a_field_that_nobody_was_asked_about_offers_nothing(admin_client: Client, artist: Artist) -> None:
    page = admin_client.get(f"/artists/{artist.pk}").content.decode()
    assert address(artist, "biography") in page
    assert address(artist, "members") in page
    assert address(artist, "moods") not in page
    assert admin_client.get(address(artist, "moods")).status_code == 404


def test_a_field_alone_offers_it_too(admin_client: Client, artist: Artist) -> None:
    assert (
        address(artist, "origin")
        in admin_client.get(f"/artists/{artist.pk}/fields/origin", headers=HTMX).content.decode()
    )


def test_traced_fields_cost_the_page_no_query_each(
    admin_client: Client, artist: Artist, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = f"/artists/{artist.pk}"
    admin_client.get(page)
    artist.traces.exclude(field="origin").delete()
    with django_assert_num_queries(30, exact=False) as few:
        admin_client.get(page)
    asked_of(artist, musicbrainz(origin="Leipzig"))
    with django_assert_num_queries(len(few)):
        admin_client.get(page)

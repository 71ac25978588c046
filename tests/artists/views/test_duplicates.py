"""The duplicates page without any script: look, preview, merge, ignore, suggest again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from artists.models import Artist
from artists.queries.duplicates import open_groups
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
PAGE = "/reports/duplicates"


@pytest.fixture
def pair() -> list[Artist]:
    return [make_artist("Mara Field"), make_artist("Mara Field", disambiguation="UK")]


def test_a_group_is_shown_side_by_side_with_its_reason(admin_client: Client, pair: list[Artist]) -> None:
    text = admin_client.get(PAGE).content.decode()
    assert "same name: mara field (2 by name)" in text
    assert text.count('type="radio" name="survivor"') == 2


def test_a_picture_stands_there_only_where_it_can_be_shown(admin_client: Client, pair: list[Artist]) -> None:
    make_image(pair[0])
    make_image(pair[1], problem="truncated")
    text = admin_client.get(PAGE).content.decode()
    assert text.count(f'src="/img/{pair[0].pk}/thumb/') == 1
    assert f"/img/{pair[1].pk}/" not in text


def test_nothing_to_suggest_is_said(admin_client: Client) -> None:
    assert "No duplicates" in admin_client.get(f"{PAGE}?near=1").content.decode()


def test_the_preview_moves_nothing_and_the_merge_leads_to_the_survivor(
    admin_client: Client, pair: list[Artist]
) -> None:
    chosen = {"artist": [artist.pk for artist in pair], "survivor": pair[0].pk}
    assert "Nothing has moved yet" in admin_client.get(f"{PAGE}/preview", chosen).content.decode()
    assert Artist.objects.count() == 2
    assert admin_client.post(f"{PAGE}/merge", chosen).headers["Location"] == f"/artists/{pair[0].pk}"
    assert Artist.objects.get() == pair[0]


def test_the_preview_tells_what_is_taken_over_by_names_that_people_know(
    admin_client: Client, pair: list[Artist]
) -> None:
    Artist.objects.filter(pk=pair[1].pk).update(discogs_id="77", name="Mara Fields")
    chosen = {"artist": [artist.pk for artist in pair], "survivor": pair[0].pk}
    text = admin_client.get(f"{PAGE}/preview", chosen).content.decode()
    for words in ("Values taken over", "Discogs ID: 77", "Names taken over", "Mara Fields"):
        assert words in text
    assert "History taken over" not in text


def test_different_words_offer_a_second_look_before_the_merge(admin_client: Client, pair: list[Artist]) -> None:
    Artist.objects.filter(pk=pair[0].pk).update(disambiguation="US")
    chosen = {"artist": [artist.pk for artist in pair], "survivor": pair[0].pk}
    text = admin_client.get(f"{PAGE}/preview", chosen).content.decode()
    assert "They are the same although" in text
    assert ">Merge</button>" not in text
    assert ">Merge</button>" in admin_client.get(f"{PAGE}/preview", chosen | {"override": "1"}).content.decode()


def test_a_group_is_ignored_and_suggested_again(admin_client: Client, pair: list[Artist]) -> None:
    key = open_groups()[0].key
    admin_client.post(f"{PAGE}/{key}/ignore")
    assert open_groups() == []
    assert "Suggest again" in admin_client.get(PAGE).content.decode()
    admin_client.post(f"{PAGE}/{key}/restore")
    assert len(open_groups()) == 1


def test_many_groups_cost_no_more_questions(admin_client: Client, pair: list[Artist]) -> None:
    with CaptureQueriesContext(connection) as few:
        admin_client.get(PAGE)
    for number in range(20):
        make_artist(f"Artist {number // 2} x")
    with CaptureQueriesContext(connection) as many:
        admin_client.get(PAGE)
    assert len(many) == len(few)


def test_with_htmx_the_page_stays_where_it_was(admin_client: Client, pair: list[Artist]) -> None:
    make_artist("Kilian Ost")
    make_artist("Kilian Ost")
    first, second = open_groups()
    answer = admin_client.post(f"{PAGE}/{first.key}/ignore", {"here": "near=1"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert text.lstrip().startswith('<div id="duplicates"')
    assert "Ignored. It is listed below." in answer.headers["HX-Trigger"]
    assert (f"/{second.key}/ignore" in text, f"/{first.key}/ignore" in text) == (True, False)
    assert f"/{first.key}/restore" in text
    assert 'href="?near=1" aria-current="true"' in text
    plain = admin_client.post(f"{PAGE}/{first.key}/restore", {"here": "near=1"})
    assert plain.headers["Location"] == f"{PAGE}?near=1"

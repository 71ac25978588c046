"""On the artist page refresh, link and undo answer htmx with the sections they changed; elsewhere they lead there."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.models import Artist
from tests.artists.providers.answers import MBID
from tests.artists.services.providers.house import Fakes, small_world
from tests.builders import make_artist

SECTIONS = ("about", "biography", "aliases", "members", "identifiers", "evidence", "history")


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    """MusicBrainz knows where Mara Field is from; the others have nothing."""
    with small_world(monkeypatch, settings) as answering:
        known = {"provider_id": MBID, "name": "Mara Field", "origin": "Leipzig", "genres": ["Folk"]}
        answering.answers["musicbrainz", "/artist"] = known
        answering.answers["wikipedia", "/artist"] = 404
        answering.answers["audiodb", "/artist"] = 404
        yield answering


@pytest.fixture
def artist() -> Artist:
    return make_artist("Mara Field", musicbrainz_id=MBID)


def on_page(artist: Artist) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver/artists/{artist.pk}?filter_type_person=%2By"}


def expect_sections(text: str) -> None:
    for section in SECTIONS:
        assert f'id="{section}"' in text
    assert text.count("hx-swap-oob") >= len(SECTIONS)
    assert 'id="field-origin" data-field="origin" hx-swap-oob' not in text


def test_a_refresh_answers_with_the_head_and_every_section_and_can_be_undone(
    admin_client: Client, artist: Artist
) -> None:
    answer = admin_client.post(f"/artists/{artist.pk}/refresh", headers=on_page(artist))
    text = answer.content.decode()
    assert text.lstrip().startswith('<div id="header"')
    expect_sections(text)
    assert "Leipzig" in text
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    back = admin_client.post(toast["undo_url"], headers=on_page(artist))
    expect_sections(back.content.decode())
    assert Artist.objects.get().origin == ""


def test_a_provider_that_was_away_is_named_in_the_toast(admin_client: Client, artist: Artist, fakes: Fakes) -> None:
    fakes.answers["wikipedia", "/artist"] = 400
    answer = admin_client.post(f"/artists/{artist.pk}/refresh", headers=on_page(artist))
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert (toast["level"], "Wikipedia" in toast["text"]) == ("warning", True)


def test_linking_from_the_page_fills_its_sections(admin_client: Client) -> None:
    nobody = make_artist("Mara Field")
    answer = admin_client.post(f"/artists/{nobody.pk}/identify/link", {"mbid": MBID}, headers=on_page(nobody))
    expect_sections(answer.content.decode())
    assert MBID in answer.content.decode()


def test_undo_after_linking_takes_the_link_back_too(admin_client: Client) -> None:
    nobody = make_artist("Mara Field")
    answer = admin_client.post(f"/artists/{nobody.pk}/identify/link", {"mbid": MBID}, headers=on_page(nobody))
    nobody.refresh_from_db()
    assert (nobody.musicbrainz_id, nobody.origin) == (MBID, "Leipzig")
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    expect_sections(admin_client.post(toast["undo_url"], headers=on_page(nobody)).content.decode())
    nobody.refresh_from_db()
    assert (nobody.musicbrainz_id, nobody.origin) == ("", "")


def test_even_where_no_provider_had_anything_new(admin_client: Client, fakes: Fakes) -> None:
    fakes.answers["musicbrainz", "/artist"] = 404
    nobody = make_artist("Mara Field")
    answer = admin_client.post(f"/artists/{nobody.pk}/identify/link", {"mbid": MBID}, headers=on_page(nobody))
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    admin_client.post(toast["undo_url"], headers=on_page(nobody))
    nobody.refresh_from_db()
    assert nobody.musicbrainz_id == ""


def test_from_another_page_it_leads_to_the_artist(admin_client: Client, artist: Artist) -> None:
    answer = admin_client.post(f"/artists/{artist.pk}/refresh", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/artists/{artist.pk}"
    assert admin_client.post(f"/artists/{artist.pk}/refresh").status_code == 302


def test_only_on_the_artist_page_is_an_offer_taken_in_place(admin_client: Client, artist: Artist) -> None:
    address = f"/artists/{artist.pk}/fields/origin/compare"
    assert 'hx-target="#field-origin"' in admin_client.get(address, headers=on_page(artist)).content.decode()
    assert 'hx-target="#field-origin"' not in admin_client.get(address).content.decode()


def test_locking_keeps_the_way_to_the_neighbours_in_the_list(admin_client: Client, artist: Artist) -> None:
    make_artist("Nora Field")
    head = admin_client.post(f"/artists/{artist.pk}/lock", headers=on_page(artist)).content.decode()
    assert "Next artist" in head
    assert "filter_type_person=%2By" in head


def test_providers_that_want_a_key_are_one_line_below_those_that_answered(admin_client: Client, artist: Artist) -> None:
    page = admin_client.get(f"/artists/{artist.pk}/fields/genres/compare").content.decode()
    assert 'aria-label="Wikipedia"' in page
    assert 'aria-label="Discogs"' not in page
    assert "Without a key that works: " in page
    assert "Discogs" in page.partition("Without a key that works: ")[2].partition("</p>")[0]


def test_who_has_no_mbid_is_offered_to_be_identified_instead(admin_client: Client) -> None:
    page = admin_client.get(f"/artists/{make_artist('Mara Field').pk}").content.decode()
    assert 'data-key-label="Identify"' in page
    assert "Ask the providers and take what they say" not in page

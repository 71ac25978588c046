"""A field is shown, edited and locked in place; without scripts the same goes by plain forms."""

import json
from pathlib import Path

import pytest
from django.test import Client

from artists.models import Artist, Operation
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    folder = tmp_path / "Mara Field"
    folder.mkdir()
    return make_artist(
        library=make_library(path=tmp_path), path=str(folder), biography="Old <b>words</b>.", genres=["Folk", "Jazz"]
    )


def url(artist: Artist, key: str, verb: str = "") -> str:
    return f"/artists/{artist.pk}/fields/{key}{f'/{verb}' if verb else ''}"


class TestWithHtmx:
    def test_a_field_shows_its_value_escaped_and_where_it_is_from(self, admin_client: Client, artist: Artist) -> None:
        Artist.objects.update(metadata_sources={"biography": "wikipedia"})
        text = admin_client.get(url(artist, "biography"), **HTMX).content.decode()
        assert 'id="field-biography"' in text
        assert "Old &lt;b&gt;words&lt;/b&gt;." in text
        assert "Wikipedia" in text

    def test_saving_answers_with_the_field_and_offers_the_way_back(self, admin_client: Client, artist: Artist) -> None:
        answer = admin_client.post(url(artist, "genres", "change"), {"value": "Folk\nBlues"}, **HTMX)
        assert Artist.objects.get().genres == ["Folk", "Blues"]
        assert "Blues" in answer.content.decode()
        toast = json.loads(answer.headers["HX-Trigger"])["toast"]
        back = admin_client.post(toast["undo_url"], **HTMX)
        assert Artist.objects.get().genres == ["Folk", "Jazz"]
        text = back.content.decode()
        assert 'hx-swap-oob="true"' in text
        assert 'id="field-genres"' in text

    def test_a_refused_value_comes_back_in_the_form_with_the_reason(self, admin_client: Client, artist: Artist) -> None:
        answer = admin_client.post(url(artist, "musicbrainz_id", "change"), {"value": "not one"}, **HTMX)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="not one"' in text
        assert "must be a UUID" in text
        assert 'aria-invalid="true"' in text
        assert not Operation.objects.exists()

    def test_a_locked_field_offers_no_editing_and_refuses_it(self, admin_client: Client, artist: Artist) -> None:
        text = admin_client.post(url(artist, "biography", "lock"), **HTMX).content.decode()
        assert 'aria-pressed="true"' in text
        assert "data-edit" not in text
        answer = admin_client.post(url(artist, "biography", "change"), {"value": "New"}, **HTMX)
        assert answer.status_code == 422
        assert "Field is locked." in answer.content.decode()
        assert "data-edit" in admin_client.post(url(artist, "biography", "unlock"), **HTMX).content.decode()

    def test_a_file_that_could_not_follow_is_told(self, admin_client: Client, artist: Artist) -> None:
        (Path(artist.path) / "artist.nfo").write_text("https://musicbrainz.org/artist/1")
        answer = admin_client.post(url(artist, "origin", "change"), {"value": "Leipzig"}, **HTMX)
        toast = json.loads(answer.headers["HX-Trigger"])["toast"]
        assert toast["level"] == "warning"
        assert "cannot be merged" in toast["text"]


class TestWithoutScripts:
    def test_editing_is_a_page_and_saving_goes_back_to_the_field(self, admin_client: Client, artist: Artist) -> None:
        page = admin_client.get(url(artist, "biography", "edit")).content.decode()
        assert "<h1>Biography</h1>" in page
        answer = admin_client.post(url(artist, "biography", "change"), {"value": "New"})
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("#field-biography")
        assert admin_client.post(url(artist, "biography", "clear")).status_code == 302
        assert Artist.objects.get().biography == ""

    def test_a_refused_value_shows_the_page_again(self, admin_client: Client, artist: Artist) -> None:
        answer = admin_client.post(url(artist, "born", "change"), {"value": "long ago"})
        assert answer.status_code == 422
        assert "long ago" in answer.content.decode()

    @pytest.mark.parametrize("verb", ["", "edit"])
    def test_unknown_fields_and_artists_are_refused(self, admin_client: Client, artist: Artist, verb: str) -> None:
        assert admin_client.get(url(artist, "locked", verb)).status_code == 400
        artist.pk += 1
        assert admin_client.get(url(artist, "name", verb)).status_code == 404

"""The page that finds pictures: without JavaScript, against the invented providers of the demo."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from artists.models import Artist
from artists.sample import odd_encodings as odd
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.builders import make_artist, make_library


@pytest.fixture(autouse=True)
def origin(settings: Settings) -> Iterator[str]:
    with running(FakeWorld(World((QUILLFEN,)), FAKES)) as place:
        settings.STILLWATER_PROVIDERS_URL = place
        yield place


@pytest.fixture
def artist(tmp_path: Path, db: None) -> Artist:
    folder = tmp_path / "music" / "Quillfen Harbor"
    folder.mkdir(parents=True)
    library = make_library(path=tmp_path / "music")
    return make_artist("Quillfen Harbor", library=library, path=str(folder), musicbrainz_id=MBID, audiodb_id="990001")


def page(client: Client, artist: Artist, kind: str = "thumb", query: str = "") -> str:
    return client.get(f"/artists/{artist.pk}/pictures/{kind}{query}").content.decode()


def photo(width: int, height: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.jpg", odd.saved(odd.scene((width, height)), "JPEG"), "image/jpeg")


def test_each_slot_of_the_artist_leads_to_it(operator_client: Client, artist: Artist) -> None:
    text = operator_client.get(f"/artists/{artist.pk}").content.decode()
    for kind in ("thumb", "fanart", "logo", "banner"):
        assert f'href="/artists/{artist.pk}/pictures/{kind}"' in text


def test_candidates_are_shown_through_us_and_only_us(operator_client: Client, artist: Artist) -> None:
    text = page(operator_client, artist)
    sources = re.findall(r'<img src="([^"]+)"', text)
    assert sources
    assert all(source.startswith("/img/offered/") for source in sources)
    shown = operator_client.get(sources[0])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert "immutable" in shown["Cache-Control"]
    assert operator_client.get(sources[0] + "x").status_code == 404
    assert Client().get(sources[0]).status_code in (302, 401)


def test_one_is_used_and_taken_back_with_plain_forms(operator_client: Client, artist: Artist) -> None:
    url = unescape(re.findall(r'name="url" value="([^"]+)"', page(operator_client, artist))[0])
    place = f"/artists/{artist.pk}/pictures/thumb"
    done = operator_client.post(f"{place}/use", {"url": url, "provider": "audiodb", "skip_crop": "1"}, follow=True)
    assert "Saved a thumb" in done.content.decode()
    image = artist.images.get()
    assert (image.kind, image.source, image.locked) == ("thumb", "audiodb", True)
    (back,) = re.findall(rf'action="({place}/undo/\d+)"', done.content.decode())
    assert "Taken back." in operator_client.post(back, follow=True).content.decode()
    assert not artist.images.filter(exists=True).exists()


def test_another_shape_leads_to_the_page_that_cuts_it(operator_client: Client, artist: Artist, origin: str) -> None:
    place, url = f"/artists/{artist.pk}/pictures/banner/use", f"{origin}/pictures/pictures/{MBID}/thumb/1.jpg"
    asked = operator_client.post(place, {"url": url}, follow=True)
    assert artist.images.count() == 0
    assert "<h1>Crop: banner</h1>" in asked.content.decode()
    operator_client.post(place, {"url": url, "skip_crop": "1"})
    assert artist.images.get().kind == "banner"


def test_an_upload_is_stored_and_what_cannot_be_is_explained(operator_client: Client, artist: Artist) -> None:
    place = f"/artists/{artist.pk}/pictures/thumb/upload"
    said = operator_client.post(place, {"file": photo(900, 600)}, follow=True).content.decode()
    assert "900 × 600" in said
    assert "choose a picture first" in operator_client.post(place, follow=True).content.decode()
    assert artist.images.count() == 0
    operator_client.post(place, {"file": photo(600, 600)})
    assert artist.images.get().source == "upload"


def test_an_address_that_may_not_be_asked_is_explained(operator_client: Client, artist: Artist) -> None:
    place = f"/artists/{artist.pk}/pictures/thumb/use"
    said = operator_client.post(place, {"url": "http://127.0.0.1:9/x.jpg"}, follow=True).content.decode()
    assert "Nothing is changed: " in said


def test_without_an_mbid_the_page_says_what_to_do_and_still_takes_uploads(
    operator_client: Client, artist: Artist
) -> None:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id="")
    text = page(operator_client, artist)
    assert "no MusicBrainz ID" in text
    assert f'href="/artists/{artist.pk}/identify"' in text
    assert 'type="file"' in text


def test_an_unknown_kind_or_operation_is_not_found(operator_client: Client, artist: Artist) -> None:
    assert operator_client.get(f"/artists/{artist.pk}/pictures/cover").status_code == 404
    assert operator_client.post(f"/artists/{artist.pk}/pictures/thumb/undo/1").status_code == 404
    assert "saved" not in re.findall(r'class="undo-strip" id="(\w+)"', page(operator_client, artist, query="?saved=9"))

"""Thumbnails: made once, kept by a browser for good, harmless whatever the file is."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from artists.models import Artist, ArtistImage
from artists.services.thumbnails import version_of
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(tmp_path: Path) -> ArtistImage:
    """The thumb of an artist, 600 pixels wide, on disk."""
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    Image.new("RGB", (600, 600), "teal").save(folder / "folder.jpg")
    artist = make_artist(library=make_library(path=folder.parent), path=str(folder))
    return make_image(artist, content_hash="ab" * 32)


def address(image: ArtistImage, **query: object) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("artists:thumbnail", args=[image.artist_id, image.kind, image.slot]) + f"?{words}"


def test_is_a_webp_of_the_asked_width(admin_client: Client, image: ArtistImage, tmp_path: Path) -> None:
    response = admin_client.get(address(image, w=64))
    (tmp_path / "got.webp").write_bytes(response.content)
    with Image.open(tmp_path / "got.webp") as got:
        assert (got.format, got.width) == ("WEBP", 64)


def test_with_the_right_version_it_never_changes(admin_client: Client, image: ArtistImage) -> None:
    response = admin_client.get(address(image, w=64, v=version_of(image)))
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"


def test_with_an_old_version_the_browser_asks_again(admin_client: Client, image: ArtistImage) -> None:
    assert admin_client.get(address(image, w=64, v="old"))["Cache-Control"] == "private, no-cache"


def test_what_the_browser_has_is_not_sent_again(admin_client: Client, image: ArtistImage) -> None:
    tag = admin_client.get(address(image, w=64))["ETag"]
    assert admin_client.get(address(image, w=64), headers={"If-None-Match": tag}).status_code == 304


def test_it_is_kept_so_that_the_file_is_read_once(admin_client: Client, image: ArtistImage) -> None:
    first = admin_client.get(address(image, w=64)).content
    (Path(image.artist.path) / "folder.jpg").unlink()
    assert admin_client.get(address(image, w=64)).content == first


def test_opened_by_itself_it_can_do_nothing(admin_client: Client, image: ArtistImage) -> None:
    assert admin_client.get(address(image, w=64))["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_version_follows_the_file_before_its_content_is_known() -> None:
    artist = make_artist()
    image = make_image(artist, mtime_ns=1)
    before = version_of(image)
    image.mtime_ns = 2
    assert version_of(image) != before


@pytest.mark.parametrize(("width", "status"), [("65", 400), ("x", 400), ("-64", 400), ("٦٤", 400)])
def test_no_other_widths_are_made(admin_client: Client, image: ArtistImage, width: str, status: int) -> None:
    assert admin_client.get(address(image, w=width)).status_code == status


def test_a_file_that_is_no_picture_is_not_found_and_not_kept(admin_client: Client, image: ArtistImage) -> None:
    (Path(image.artist.path) / "folder.jpg").write_text("no picture")
    response = admin_client.get(address(image, w=64))
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")


def test_a_stranger_sees_nothing(image: ArtistImage) -> None:
    assert Client().get(address(image, w=64)).status_code == 302


def test_another_artists_slot_is_not_found(admin_client: Client, image: ArtistImage) -> None:
    other = Artist.objects.create(name="Ida Marsh")
    assert admin_client.get(reverse("artists:thumbnail", args=[other.pk, "thumb", 0])).status_code == 404

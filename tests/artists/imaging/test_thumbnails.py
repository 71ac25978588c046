"""Small WebP pictures for lists and grids."""

import io

import pytest
from PIL import Image

from artists.imaging.decoding import UnreadableImage
from artists.imaging.thumbnails import make_thumbnail
from tests.artists.imaging.pictures import encoded, logo, scene, turned


@pytest.fixture
def thumbnail(tmp_path):
    def make(data: bytes, width: int) -> Image.Image:
        path = tmp_path / "picture"
        path.write_bytes(data)
        return Image.open(io.BytesIO(make_thumbnail(path, width)))

    return make


def test_a_large_picture_becomes_a_webp_of_the_wanted_width(thumbnail):
    image = thumbnail(encoded(scene(1920, 1080)), 320)
    assert (image.format, image.size) == ("WEBP", (320, 180))


def test_a_small_picture_is_never_enlarged(thumbnail):
    assert thumbnail(encoded(scene(90, 60)), 320).size == (90, 60)


@pytest.mark.parametrize("size", [(1000, 8), (1000, 185), (999, 700), (700, 999)])
def test_decoding_at_a_smaller_scale_never_costs_width(thumbnail, size):
    for width in (60, 100, 126, 300, 480):
        assert thumbnail(encoded(scene(*size)), width).width == width


def test_a_turned_picture_stands_upright(thumbnail):
    image = thumbnail(turned(scene(1600, 900), 6), 200)
    assert image.size == (200, 356)
    red, green, _ = image.convert("RGB").getpixel((190, 10))
    assert red > 180 > 90 > green


def test_a_logo_keeps_its_transparency(thumbnail):
    image = thumbnail(encoded(logo(800, 310, (200, 50, 600, 250)), "PNG"), 200)
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0


def test_what_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "folder.jpg"
    path.write_bytes(b"<html>")
    with pytest.raises(UnreadableImage, match="web page"):
        make_thumbnail(path, 200)


def test_what_is_not_there_raises_as_the_system_says(tmp_path):
    with pytest.raises(FileNotFoundError):
        make_thumbnail(tmp_path / "absent", 200)

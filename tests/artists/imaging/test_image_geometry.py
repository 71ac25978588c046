"""Shapes and sizes that each kind of artwork needs."""

import pytest
from PIL import Image

from artists.imaging.geometry import (
    Box,
    centred_crop,
    content_box,
    is_low_resolution,
    needs_crop,
    padding,
    ratio_error,
    required_ratio,
)
from tests.artists.imaging.pictures import logo


def test_each_kind_has_its_ratio_and_logos_have_none():
    assert required_ratio("thumb") == 1.0
    assert required_ratio("background") == 16 / 9
    assert required_ratio("banner") == 5.4
    assert required_ratio("logo") is None


def test_the_error_is_relative_to_what_is_expected():
    assert ratio_error(1100, 1000, 1.0) == pytest.approx(0.1)
    assert ratio_error(1000, 2000, 1.0) == pytest.approx(0.5)
    assert ratio_error(0, 0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("kind", "size", "crop"),
    [
        ("thumb", (1000, 1000), False),
        ("thumb", (1090, 1000), False),
        ("thumb", (1200, 1000), True),
        ("fanart", (1920, 1080), False),
        ("fanart", (1000, 1000), True),
        ("banner", (1000, 185), False),
        ("logo", (10, 9000), False),
        ("thumb", (0, 0), False),
    ],
)
def test_more_than_ten_per_cent_off_needs_a_crop(kind, size, crop):
    assert needs_crop(kind, *size) is crop


@pytest.mark.parametrize(
    ("kind", "size", "low"),
    [
        ("thumb", (500, 500), False),
        ("thumb", (499, 900), True),
        ("fanart", (960, 539), True),
        ("fanart", (960, 540), False),
        ("hdlogo", (399, 155), True),
        ("banner", (758, 140), False),
        ("thumb", (0, 0), False),
        ("unknown", (1, 1), False),
    ],
)
def test_one_short_side_makes_a_low_resolution(kind, size, low):
    assert is_low_resolution(kind, *size) is low


@pytest.mark.parametrize(
    ("size", "ratio", "box"),
    [
        ((1000, 1000), 1.0, (0, 0, 1000, 1000)),
        ((2000, 1000), 1.0, (500, 0, 1500, 1000)),
        ((1000, 2000), 2.0, (0, 750, 1000, 1250)),
        ((1, 10000), 5.4, (0, 4999, 1, 5000)),
    ],
)
def test_the_crop_is_the_largest_box_in_the_middle(size, ratio, box):
    assert centred_crop(*size, ratio) == Box(*box)


def test_the_content_of_a_logo_is_where_it_is_opaque():
    image = logo(100, 50, (10, 5, 60, 45))
    assert content_box(image, by_alpha=True) == Box(10, 5, 60, 45)
    assert padding(image, by_alpha=True) == pytest.approx(0.6)


def test_faint_shadows_do_not_count_as_content():
    image = Image.new("RGBA", (100, 50), (0, 0, 0, 128))
    assert content_box(image, by_alpha=True) is None


def test_the_content_of_other_pictures_is_where_they_are_not_nearly_white():
    image = Image.new("RGB", (100, 50), (241, 255, 250))
    assert content_box(image, by_alpha=False) is None
    image.paste((255, 255, 240), (20, 10, 30, 20))
    assert content_box(image, by_alpha=False) == Box(20, 10, 30, 20)

"""Rectangles for cutting: the first guess for each kind, and what becomes of numbers that do not fit."""

import pytest

from artists.imaging.cropping import ANY, Shape, first_box, fitted, shapes_for
from artists.imaging.geometry import Box, needs_crop

THUMB, FANART, BANNER = (shapes_for(kind)[0] for kind in ("thumb", "fanart", "banner"))


def test_every_kind_is_cut_to_what_it_needs_or_to_any_shape() -> None:
    for kind in ("thumb", "fanart", "banner"):
        shapes = shapes_for(kind)
        box = first_box(3000, 2000, shapes[0])
        assert not needs_crop(kind, box.right - box.left, box.bottom - box.top)
        assert shapes[1:] == [ANY]
    assert shapes_for("logo") == [ANY]


@pytest.mark.parametrize(
    ("shape", "typed", "kept"),
    [
        (THUMB, Box(10, 20, 110, 120), Box(10, 20, 110, 120)),
        (THUMB, Box(10, 20, 110, 121), Box(10, 20, 110, 121)),  # a pixel of rounding is no other shape
        (THUMB, Box(10, 20, 110, 300), Box(10, 20, 110, 120)),
        (THUMB, Box(0, 500, 400, 900), Box(0, 500, 100, 600)),
        (FANART, Box(0, 0, 320, 10), Box(0, 0, 320, 180)),
        (BANNER, Box(0, 0, 540, 540), Box(0, 0, 540, 100)),
        (ANY, Box(10, 20, 110, 300), Box(10, 20, 110, 300)),
        (ANY, Box(900, 600, 950, 700), Box(899, 599, 900, 600)),
        (ANY, Box(-5, -5, 0, 0), Box(0, 0, 5, 5)),
        (THUMB, Box(0, 0, 0, 0), Box(0, 0, 1, 1)),
    ],
)
def test_the_rectangle_lies_inside_and_has_the_shape(shape: Shape, typed: Box, kept: Box) -> None:
    assert fitted(typed, shape, 900, 600) == kept


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 10_000), (10_000, 1)])
def test_no_picture_is_too_odd_to_be_cut(width: int, height: int) -> None:
    for shape in (THUMB, FANART, BANNER, ANY):
        box = first_box(width, height, shape)
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height
        assert fitted(box, shape, width, height).area >= 1

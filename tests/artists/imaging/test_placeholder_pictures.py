"""Silhouettes and empty pictures of providers are recognised; portraits, scenes and logos are not."""

import pytest
from PIL import Image, ImageDraw

from artists.imaging.fingerprint import fingerprint_bytes
from artists.imaging.placeholders import A_SILHOUETTE, KNOWN_HASHES, NEARLY_ONE_COLOUR
from artists.sample.pictures_of import Picture
from artists.sample.pool import Pool
from artists.sample.stand_ins import stand_ins
from tests.artists.imaging.pictures import encoded, logo, scene

DRAWN = stand_ins()


def found(image, slot="thumb", **options):
    return fingerprint_bytes(encoded(image, **options), slot)


@pytest.mark.parametrize("motif", sorted(DRAWN))
@pytest.mark.parametrize("side", [120, 300, 1000])
def test_a_silhouette_or_symbol_is_recognised_in_every_size(motif, side):
    image = DRAWN[motif].resize((side, side), Image.Resampling.LANCZOS)
    assert found(image, quality=70).stand_in == A_SILHOUETTE
    assert fingerprint_bytes(encoded(image, "PNG")).stand_in == A_SILHOUETTE


def test_the_known_hashes_are_those_of_the_pictures_that_we_draw():
    assert {found(image).perceptual_hash for image in DRAWN.values()} == KNOWN_HASHES


@pytest.mark.parametrize("colour", ["white", "black", "navy", (128, 128, 128)])
@pytest.mark.parametrize("slot", ["thumb", "fanart", "banner"])
def test_a_picture_of_one_colour_shows_nobody(colour, slot):
    assert found(Image.new("RGB", (600, 600), colour), slot).stand_in == NEARLY_ONE_COLOUR


def test_a_logo_is_never_called_a_placeholder():
    star = DRAWN["star light"]
    assert found(star, "logo").stand_in == ""
    assert fingerprint_bytes(encoded(logo(400, 400, (50, 100, 350, 300)), "PNG"), "thumb").stand_in == ""


def test_a_wordmark_in_a_thumb_is_no_silhouette_for_its_contrast_and_its_edges():
    black = Image.new("RGB", (600, 600), "white")
    ImageDraw.Draw(black).ellipse((150, 150, 450, 450), fill="black")
    assert found(black).stand_in == ""
    letters = Image.new("RGB", (600, 600), (230, 230, 230))
    pen = ImageDraw.Draw(letters)
    for left in range(60, 540, 60):
        pen.rectangle((left, 220, left + 25, 380), fill=(150, 150, 150))
    assert found(letters).stand_in == ""


def test_a_coloured_or_wide_drawing_is_no_silhouette():
    assert found(DRAWN["person light"].resize((1000, 500))).stand_in == ""
    red = Image.new("RGB", (1000, 1000), "red")
    assert found(Image.blend(DRAWN["person light"], red, 0.4)).stand_in == ""


def test_a_scene_is_no_placeholder():
    assert found(scene(800, 800)).stand_in == ""


@pytest.mark.parametrize("shape", ["thumb.square", "thumb.small", "thumb.oblong", "fanart.modest", "banner.full"])
def test_no_picture_of_the_sample_library_is_a_placeholder(shape):
    pool = Pool(1, 40, light=False)
    kind = shape.partition(".")[0]
    for number, motif in enumerate(["solo", "several", "", "solo"]):
        content = pool.content(Picture(shape, number, motif, text="Quillfen Harbor"))
        assert fingerprint_bytes(content, kind).stand_in == ""

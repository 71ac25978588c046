"""Whatever bytes are handed in, what is stored is an upright JPEG or PNG that is marked as ours, or a clear refusal."""

import io

import pytest
from PIL import Image

from artists.imaging.decoding import UnreadableImage
from artists.imaging.geometry import Box
from artists.imaging.preparing import Picture, cropped, prepare
from artists.imaging.provenance import Provenance, is_ours
from artists.sample import odd_encodings as odd

HERE = Provenance("upload", "2026-11-28T12:00:00+00:00")
_GPS = 0x8825


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize(
    ("what", "data", "kind", "form", "size"),
    [
        ("a photo", odd.saved(odd.scene((800, 600)), "JPEG"), "thumb", "jpeg", (800, 600)),
        ("WebP becomes PNG", odd.saved(odd.scene(), "WEBP"), "thumb", "png", (600, 600)),
        ("a turned photo stands upright", odd.rotated(), "thumb", "jpeg", (600, 900)),
        ("CMYK becomes RGB", odd.saved(odd.scene().convert("CMYK"), "JPEG"), "thumb", "jpeg", (600, 600)),
        ("16 bits become 8", odd.sixteen_bits(), "thumb", "png", None),
        ("of two pictures the first", odd.multi_picture(), "thumb", "jpeg", None),
        ("of many frames the first", odd.animated("PNG"), "logo", "png", (600, 600)),
        ("a grey logo keeps its alpha", odd.grey_with_alpha(), "logo", "png", None),
        ("many segments", odd.many_segments(), "thumb", "jpeg", None),
        ("a JPEG logo becomes PNG", odd.saved(odd.scene(), "JPEG"), "logo", "png", (600, 600)),
    ],
)
def test_odd_pictures_become_plain_ones(
    what: str, data: bytes, kind: str, form: str, size: tuple[int, int] | None
) -> None:
    picture = prepare(data, kind, HERE)
    image = opened(picture)
    image.load()
    assert (image.format or "").lower() == picture.format == form
    assert image.mode in ("RGB", "RGBA", "L", "LA", "P")
    assert image.size == (picture.width, picture.height)
    assert size is None or image.size == size
    assert is_ours(picture.data)
    assert not getattr(image, "is_animated", False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odd.animated("GIF"), "GIF"),
        (odd.avif_head(), "AVIF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'{"error": "not found"}', "JSON"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"", "empty"),
        (odd.bomb(), "50 million"),
        (b"\xff\xd8\xff" + b"x" * (26 * 1024 * 1024), "25 MiB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableImage, match=reason):
        prepare(data, "thumb", HERE)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_download_that_was_cut_off_anywhere_is_refused(form: str) -> None:
    data = odd.saved(odd.scene((320, 320)), form)
    for share in range(1, 50):
        cut = data[: len(data) * share // 50]
        with pytest.raises(UnreadableImage):
            prepare(cut, "thumb", HERE)


class TestMetadata:
    def test_the_place_where_a_photo_was_taken_is_dropped_and_the_pixels_stay_bit_for_bit(self) -> None:
        exif = Image.Exif()
        exif.get_ifd(_GPS)[2] = (59.0, 54.0, 0.0)
        exif[0x0110] = "Camera"
        data = odd.saved(odd.scene(), "JPEG", exif=exif)
        picture = prepare(data, "thumb", HERE)
        assert b"Camera" in data
        assert b"Camera" not in picture.data
        assert not opened(picture).getexif().get_ifd(_GPS)
        assert pixels(picture.data) == pixels(data)

    @pytest.mark.parametrize("form", ["JPEG", "PNG"])
    def test_a_colour_profile_stays(self, form: str) -> None:
        profile = b"\0" * 16 + b"RGB " + b"\0" * 108
        picture = prepare(odd.saved(odd.scene(), form, icc_profile=profile), "thumb", HERE)
        assert opened(picture).info["icc_profile"] == profile

    def test_the_mark_is_replaced_and_never_doubled(self) -> None:
        for form in ("JPEG", "PNG"):
            first = prepare(odd.saved(odd.scene(), form), "thumb", HERE)
            second = prepare(first.data, "thumb", Provenance("fanarttv", "2026-11-28T13:00:00+00:00"))
            assert second.data.count(b"stillwater:v1") == 1
            assert b"fanarttv" in second.data
            assert not is_ours(odd.saved(odd.scene(), form))

    def test_an_address_with_bars_and_letters_of_any_script_stays_one_field(self) -> None:
        mark = Provenance("url", "2026-11-28T12:00:00+00:00", url="https://example.org/a|b/ö?x=1%7C")
        assert mark.text().split("|")[3] == "https://example.org/a%7Cb/%C3%B6?x=1%257C"


class TestLogos:
    def test_the_transparent_border_goes_and_the_alpha_stays(self) -> None:
        image = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
        image.paste((200, 30, 30, 90), (50, 40, 350, 160))
        picture = prepare(odd.saved(image, "PNG"), "logo", HERE)
        assert (picture.width, picture.height) == (300, 120)
        assert opened(picture).getpixel((5, 5)) == (200, 30, 30, 90)

    def test_one_that_is_transparent_all_over_is_not_cut_to_nothing(self) -> None:
        picture = prepare(odd.saved(Image.new("RGBA", (40, 20)), "PNG"), "logo", HERE)
        assert (picture.width, picture.height) == (40, 20)


class TestCrop:
    def test_the_rectangle_is_cut_from_the_upright_picture(self) -> None:
        image = odd.scene((600, 400))
        picture = cropped(odd.saved(image, "PNG"), "thumb", Box(100, 50, 300, 250), HERE)
        assert opened(picture).convert("RGB").tobytes() == image.crop((100, 50, 300, 250)).tobytes()

    def test_a_rectangle_outside_is_refused(self) -> None:
        with pytest.raises(UnreadableImage, match="rectangle"):
            cropped(odd.saved(odd.scene(), "PNG"), "thumb", Box(0, 0, 601, 10), HERE)

"""Hashes, placeholder and padding from one look at a picture."""

import base64
import hashlib
import io
import os
import pickle
import struct
import zlib
from concurrent.futures import ProcessPoolExecutor

import pytest
from PIL import Image, ImageOps

from artists.imaging.fingerprint import fingerprint, fingerprint_bytes
from artists.imaging.hashing import content_hash, difference_hash, is_degenerate, similarity
from artists.imaging.source import Failure
from tests.artists.imaging.pictures import encoded, logo, scene, turned


def bomb(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge PNG."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + bytes(64)


def picture_of(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))


class TestHashes:
    def test_the_content_hash_is_sha256(self, tmp_path):
        path = tmp_path / "a.jpg"
        path.write_bytes(b"abc")
        assert content_hash(path) == hashlib.sha256(b"abc").hexdigest()

    def test_a_folder_has_no_content_hash(self, tmp_path):
        with pytest.raises(OSError):
            content_hash(tmp_path)

    def test_each_bit_says_whether_a_pixel_is_brighter_than_its_right_neighbour(self):
        image = Image.new("L", (9, 8), 100)
        image.putpixel((0, 0), 200)
        image.putpixel((2, 1), 200)
        assert difference_hash(image) == f"{1 << 0 | 1 << (8 + 2):016x}"

    def test_similarity_is_the_share_of_equal_bits(self):
        assert similarity("00000000000000ff", "00000000000000ff") == 1.0
        assert similarity("0000000000000000", "ffffffffffffffff") == 0.0
        assert similarity("0000000000000001", "0000000000000000") == 63 / 64

    @pytest.mark.parametrize(
        ("value", "degenerate"), [("", True), ("0" * 16, True), ("F" * 16, True), ("0" * 15 + "1", False)]
    )
    def test_flat_pictures_have_a_hash_that_says_nothing(self, value, degenerate):
        assert is_degenerate(value) is degenerate

    def test_a_flat_picture_is_degenerate(self):
        assert is_degenerate(difference_hash(Image.new("RGB", (300, 300), "navy")))

    def test_the_same_picture_in_another_size_and_format_looks_alike(self):
        large = fingerprint_bytes(encoded(scene(1920, 1080)))
        small = fingerprint_bytes(encoded(scene(640, 360), "PNG"))
        mirrored = fingerprint_bytes(encoded(ImageOps.mirror(scene(640, 360))))
        assert similarity(large.perceptual_hash, small.perceptual_hash) >= 0.95
        assert similarity(large.perceptual_hash, mirrored.perceptual_hash) < 0.9
        assert large.content_hash != small.content_hash

    @pytest.mark.parametrize("orientation", range(2, 9))
    def test_a_turned_picture_is_hashed_as_it_is_seen(self, orientation):
        stored = scene(800, 600)
        seen = ImageOps.exif_transpose(Image.open(io.BytesIO(turned(stored, orientation))))
        turned_hash = fingerprint_bytes(turned(stored, orientation)).perceptual_hash
        assert similarity(turned_hash, fingerprint_bytes(encoded(seen)).perceptual_hash) >= 0.95

    def test_a_black_logo_on_nothing_is_not_flat(self):
        assert not is_degenerate(fingerprint_bytes(encoded(logo(800, 310, (200, 50, 600, 250)), "PNG")).perceptual_hash)


class TestPlaceholder:
    def test_it_is_a_jpeg_of_16_by_16(self):
        uri = fingerprint_bytes(encoded(scene(1000, 185))).placeholder
        assert uri.startswith("data:image/jpeg;base64,")
        assert picture_of(uri).size == (16, 16)

    def test_a_logo_keeps_its_transparency(self):
        uri = fingerprint_bytes(encoded(logo(800, 310, (200, 50, 600, 250)), "PNG"), "logo").placeholder
        assert uri.startswith("data:image/png;base64,")
        assert picture_of(uri).getpixel((0, 0))[3] == 0


class TestPadding:
    def test_of_a_png_it_is_what_is_not_opaque(self):
        assert fingerprint_bytes(encoded(logo(400, 200, (100, 50, 300, 150)), "PNG")).padding == 0.75

    def test_a_png_without_transparency_has_none(self):
        assert fingerprint_bytes(encoded(Image.new("RGB", (400, 200), "white"), "PNG")).padding == 0.0

    def test_of_a_jpeg_it_is_what_is_nearly_white(self):
        image = Image.new("RGB", (1600, 800), (250, 250, 250))
        image.paste((10, 20, 30), (400, 200, 1200, 600))
        assert fingerprint_bytes(encoded(image, quality=92)).padding == pytest.approx(0.75, abs=0.03)

    def test_an_empty_logo_is_all_padding(self):
        assert fingerprint_bytes(encoded(logo(400, 200, (0, 0, 0, 0)), "PNG")).padding == 1.0


class TestOddPictures:
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_png_is_understood(self, mode):
        image = scene(200, 100, "L" if mode == "I;16" else mode)
        if mode == "I;16":
            image = image.convert("I").point(lambda value: value * 257).convert("I;16")
        found = fingerprint_bytes(encoded(image, "PNG"))
        assert found.error == ""
        plain = fingerprint_bytes(encoded(scene(200, 100), "PNG"))
        # Black and white is dithered, which costs it a few bits.
        assert similarity(found.perceptual_hash, plain.perceptual_hash) > 0.85

    def test_grey_of_16_bits_keeps_its_shades(self):
        image = Image.new("I;16", (40, 40), 128 * 257)
        shade = picture_of(fingerprint_bytes(encoded(image, "PNG")).placeholder).convert("L").getpixel((8, 8))
        assert abs(shade - 128) <= 3

    def test_a_palette_with_a_transparent_colour_keeps_it(self):
        image = logo(400, 200, (100, 50, 300, 150)).convert("P")
        data = encoded(image, "PNG", transparency=image.getpixel((0, 0)))
        assert fingerprint_bytes(data).padding == 0.75

    def test_a_cmyk_jpeg_is_understood(self):
        found = fingerprint_bytes(encoded(scene(600, 400, "CMYK")))
        assert found.error == ""
        assert picture_of(found.placeholder).mode == "RGB"

    @pytest.mark.parametrize("size", [(1, 1), (1, 10000), (10000, 1), (3, 200)])
    def test_extreme_shapes_are_no_trouble(self, size):
        for kind in ("JPEG", "PNG", "WEBP"):
            found = fingerprint_bytes(encoded(Image.new("RGB", size, "red"), kind))
            assert found.error == ""
            assert len(found.perceptual_hash) == 16

    def test_a_cut_off_picture_is_damaged_and_keeps_its_content_hash(self):
        data = encoded(scene(640, 360), quality=95)
        found = fingerprint_bytes(data[: len(data) // 2])
        assert found.failure == Failure.DAMAGED
        assert found.content_hash
        assert (found.perceptual_hash, found.placeholder) == ("", "")

    def test_what_is_said_of_damage_never_names_the_insides_of_a_program(self):
        whole = encoded(scene(640, 360), quality=95)
        assert fingerprint_bytes(whole[: len(whole) // 2]).error.startswith(
            "the picture is damaged (image file is truncated"
        )
        png = encoded(scene(30, 20), "PNG")
        assert fingerprint_bytes(png[:29] + bytes(4) + png[33:]).error == "the picture is damaged"

    def test_too_many_pixels_are_refused_from_the_header(self):
        found = fingerprint_bytes(bomb(10000, 10000))
        assert found.failure == Failure.TOO_LARGE
        assert found.error == "the picture has 10000 x 10000 pixels, more than 50 million"

    def test_a_file_of_more_than_25_mib_is_not_read(self, tmp_path):
        path = tmp_path / "huge.jpg"
        with path.open("wb") as file:
            file.truncate(25 * 1024 * 1024 + 1)
        found = fingerprint(path)
        assert (found.failure, found.content_hash) == (Failure.TOO_LARGE, "")

    def test_a_text_chunk_that_unpacks_to_a_lot_is_refused(self):
        data = encoded(scene(30, 20), "PNG")
        text = b"zTXt" + b"Comment\0\0" + zlib.compress(bytes(80_000_000))
        chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
        assert fingerprint_bytes(data[:33] + chunk + data[33:]).failure == Failure.DAMAGED

    def test_pipes_and_absent_files_are_told_apart(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        assert fingerprint(tmp_path / "pipe").failure == Failure.IRREGULAR
        assert fingerprint(tmp_path / "absent").failure == Failure.GONE


def test_it_runs_in_another_process(tmp_path):
    path = tmp_path / "folder.jpg"
    path.write_bytes(encoded(scene(640, 360)))
    with ProcessPoolExecutor(1) as pool:
        found = next(pool.map(fingerprint, [str(path)]))
    assert found == fingerprint(path) == pickle.loads(pickle.dumps(found))

"""What a picture says about itself, read without decoding and without ever failing."""

import os
import random
import struct

import pytest

from artists.imaging.headers import read_header, read_header_bytes
from artists.imaging.source import Failure
from tests.artists.imaging.pictures import encoded, logo, scene, turned


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_format_and_size_are_read(kind, options):
    data = encoded(scene(640, 361), kind, **options)
    header = read_header_bytes(data)
    assert header.readable
    assert (header.format, header.width, header.height, header.bytes) == (kind.lower(), 640, 361, len(data))
    assert header.error == ""


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpegs_of_other_colours_are_read(mode):
    assert read_header_bytes(encoded(scene(64, 48, mode))).readable


def test_webp_with_transparency_is_read():
    header = read_header_bytes(encoded(logo(400, 155, (10, 10, 50, 50)), "WEBP"))
    assert (header.width, header.height) == (400, 155)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (640, 360)), (3, (640, 360)), (6, (360, 640)), (8, (360, 640))])
def test_the_size_is_that_of_the_upright_picture(kind, orientation, size):
    header = read_header_bytes(turned(scene(640, 360), orientation, kind))
    assert (header.width, header.height, header.orientation) == (*size, orientation)


def test_the_name_of_the_file_is_no_evidence(tmp_path):
    path = tmp_path / "folder.jpg"
    path.write_bytes(encoded(scene(30, 20), "PNG"))
    assert read_header(path).format == "png"


def test_a_frame_behind_large_segments_is_found(tmp_path):
    data = encoded(scene(320, 200))
    segment = b"\xff\xe2" + struct.pack(">H", 65000) + bytes(64998)
    path = tmp_path / "large.jpg"
    path.write_bytes(data[:2] + segment * 20 + data[2:])
    header = read_header(path)
    assert (header.width, header.height) == (320, 200)


def test_filling_and_trailing_bytes_do_no_harm():
    data = encoded(scene(320, 200))
    filled = data[:2] + b"\xff\xff\xff" + data[2:] + b"garbage" * 100
    assert read_header_bytes(filled).width == 320


def test_an_odd_jpeg_that_only_pillow_can_follow_is_read():
    data = encoded(scene(320, 200))
    assert read_header_bytes(data[:2] + b"\xff\xd8" + data[2:]).width == 320
    second_segment = 4 + int.from_bytes(data[4:6])
    assert read_header_bytes(data[:second_segment] + b"junk" + data[second_segment:]).width == 320


def test_a_picture_of_several_frames_is_read_as_its_first(tmp_path):
    frames = [scene(300, 200), scene(300, 200)]
    data = encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert read_header_bytes(data).width == 300
    data = encoded(frames[0], "WEBP", save_all=True, append_images=[logo(300, 200, (0, 0, 9, 9))])
    assert read_header_bytes(data).width == 300


@pytest.mark.parametrize(
    ("data", "failure", "words"),
    [
        (b"", Failure.DAMAGED, "empty"),
        (b"<!DOCTYPE html><html>", Failure.UNSUPPORTED, "web page"),
        (b"\xef\xbb\xbf\n <HTML>", Failure.UNSUPPORTED, "web page"),
        (b'{"error": 404}', Failure.UNSUPPORTED, "JSON"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Failure.UNSUPPORTED, "SVG"),
        (b"GIF89a" + bytes(20), Failure.UNSUPPORTED, "GIF"),
        (b"\0\0\0\x1cftypavif" + bytes(20), Failure.UNSUPPORTED, "AVIF"),
        (b"\0\0\0\x1cftypheic" + bytes(20), Failure.UNSUPPORTED, "HEIC"),
        (b"II*\0" + bytes(20), Failure.UNSUPPORTED, "TIFF"),
        (b"8BPS" + bytes(20), Failure.UNSUPPORTED, "Photoshop"),
        (b"hello", Failure.UNSUPPORTED, "not a picture"),
        (b"\xff\xd8\xff", Failure.DAMAGED, "ends inside its header"),
        (b"\xff\xd8\xff\xd9" + bytes(8), Failure.DAMAGED, "no width"),
        (b"\x89PNG\r\n\x1a\n", Failure.DAMAGED, "ends inside its header"),
        (b"RIFF\0\0\0\0WEBP", Failure.DAMAGED, "ends inside its header"),
    ],
)
def test_what_is_no_picture_is_named_in_a_plain_sentence(data, failure, words, tmp_path):
    path = tmp_path / "folder.jpg"
    path.write_bytes(data)
    for header in (read_header(path), read_header_bytes(data)):
        assert not header.readable
        assert header.failure == failure
        assert words in header.error
        assert (header.width, header.height, header.bytes) == (0, 0, len(data))


def test_a_png_that_claims_no_width_is_damaged():
    data = encoded(scene(30, 20), "PNG")
    assert read_header_bytes(data[:16] + bytes(4) + data[20:]).failure == Failure.DAMAGED


def test_folders_pipes_and_links_to_nowhere_are_not_waited_for(tmp_path):
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "absent.jpg")
    assert read_header(tmp_path / "folder.jpg").failure == Failure.IRREGULAR
    assert read_header(tmp_path / "pipe.jpg").failure == Failure.IRREGULAR
    assert read_header(tmp_path / "link.jpg").failure == Failure.GONE


def test_a_file_that_cannot_be_looked_at_is_not_called_gone(tmp_path):
    path = tmp_path / "loop.jpg"
    path.symlink_to(path)
    header = read_header(path)
    assert header.failure == Failure.UNREACHABLE
    assert header.error.startswith("the file cannot be read (")


def test_a_name_that_is_no_utf8_can_be_read(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"Bj\xf6rk.jpg")
    with open(path, "wb") as file:
        file.write(encoded(scene(30, 20)))
    assert read_header(os.fsdecode(path)).readable


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_broken_bytes_never_raise(kind, tmp_path):
    chance = random.Random(kind)
    data = turned(scene(64, 48), 6, kind)
    path = tmp_path / "broken"
    for _ in range(400):
        broken = bytearray(data[: chance.randrange(len(data))])
        for _ in range(chance.randrange(8)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        assert read_header(path) == read_header_bytes(bytes(broken))

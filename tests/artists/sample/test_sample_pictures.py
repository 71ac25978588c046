"""The pictures of a sample library: true sizes, told apart by hash, alike where they should be."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from artists.sample.pictures_of import Picture
from artists.sample.pool import Pool
from artists.sample.shapes import SHAPES
from artists.sample.stamps import stamped


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def difference_hash(content: bytes) -> int:
    grey = opened(content).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    pixels = [[grey.getpixel((x, y)) for x in range(9)] for y in range(8)]
    return sum((row[x] > row[x + 1]) << (y * 8 + x) for y, row in enumerate(pixels) for x in range(8))


def similarity(first: bytes, second: bytes) -> float:
    return 1 - (difference_hash(first) ^ difference_hash(second)).bit_count() / 64


def empty_share(content: bytes) -> float:
    image = opened(content).convert("RGBA")
    left, top, right, bottom = image.getchannel("A").point(lambda alpha: 255 * (alpha > 128)).getbbox()
    return 1 - (right - left) * (bottom - top) / (image.width * image.height)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    return Pool(1, 10, light=False)


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_picture_has_the_size_of_its_shape(shape: str, light: bool) -> None:
    suffix = "png" if shape.startswith("logo") else "jpg"
    image = opened(Pool(1, 10, light=light).content(Picture(shape, 1, suffix=suffix)))
    sizes = SHAPES[shape].sizes
    assert image.size == sizes[1 % len(sizes)]
    assert image.format == {"png": "PNG", "jpg": "JPEG"}[suffix]


@pytest.mark.parametrize("text", ["Mara Kellfield", "", "白岡 若葉", "The Storlund Winters Choir of Quenford"])
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_tight_logo_fills_its_canvas(pool: Pool, text: str, number: int) -> None:
    assert empty_share(pool.content(Picture("logo.tight", number, text=text, suffix="png"))) < 0.02


@pytest.mark.parametrize("light", [False, True])
def test_a_padded_logo_has_room_around_it(light: bool) -> None:
    assert empty_share(Pool(1, 10, light=light).content(Picture("logo.padded", 1, suffix="png"))) > 0.3


@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_a_stamp_changes_the_bytes_and_no_pixel(pool: Pool, suffix: str) -> None:
    plain = pool.content(Picture("thumb.small", 0, "solo", suffix=suffix))
    marked = stamped(plain, "Ånglok 北方 #7")
    assert marked != plain
    assert opened(marked).tobytes() == opened(plain).tobytes()
    assert "北方".encode() in marked


def test_thumb_and_fanart_of_an_artist_are_not_taken_for_one_another(pool: Pool) -> None:
    for number in range(6):
        thumb = pool.content(Picture("thumb.small", number, "solo" if number % 2 else "several"))
        fanart = [pool.content(Picture("fanart.modest", number + place)) for place in range(2)]
        assert similarity(thumb, fanart[0]) < 0.9
        assert similarity(*fanart) < 0.9


def test_a_picture_encoded_again_is_near_but_not_the_same(pool: Pool) -> None:
    first, again = (pool.content(Picture("fanart.modest", 3, again=coarser)) for coarser in (False, True))
    assert first != again
    assert similarity(first, again) > 0.95


def test_a_big_library_shares_its_pictures() -> None:
    pool = Pool(1, 5000, light=False)
    breadth = SHAPES["thumb.small"].breadth
    assert pool.content(Picture("thumb.small", 1)) is pool.content(Picture("thumb.small", 1 + breadth, text="x"))

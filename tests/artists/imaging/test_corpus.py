"""Two hundred odd pictures, each of which has to come to the end that files-and-platforms.md 6 names for it.

Oddities of folders (30 to 34) are in folders/test_inventory.py and services/pictures/test_links.py, those of requests
(36, 37) in api/test_pictures_api.py and services/pictures/test_fetching.py.
"""

import io
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from artists.imaging.decoding import UnreadableImage
from artists.imaging.fingerprint import fingerprint_bytes
from artists.imaging.hashing import is_degenerate
from artists.imaging.headers import read_header_bytes
from artists.imaging.preparing import Picture, prepare
from artists.imaging.provenance import Provenance, is_ours
from artists.imaging.thumbnails import thumbnail_bytes
from artists.models import ArtistImage
from artists.services.fingerprints import take_fingerprints
from artists.services.scanner.scanning import scan_libraries
from tests.artists.imaging.corpus.cases import Odd
from tests.artists.imaging.corpus.heavy import heavy
from tests.artists.imaging.corpus.shapes import shapes
from tests.artists.imaging.corpus.strangers import strangers
from tests.builders import make_library

CORPUS = [*strangers(), *shapes(), *heavy()]
HERE = Provenance("upload", "2026-11-28T12:00:00+00:00")
each = pytest.mark.parametrize("odd", CORPUS, ids=[odd.title for odd in CORPUS])


def stored(odd: Odd) -> Picture | str:
    """What is kept, or why nothing is."""
    try:
        return prepare(odd.data, odd.kind, HERE)
    except UnreadableImage as refusal:
        return refusal.message


def test_no_two_are_the_same_and_every_oddity_of_pictures_is_there() -> None:
    assert len({odd.title for odd in CORPUS}) == len(CORPUS) >= 150
    assert set(Counter(odd.oddity for odd in CORPUS)) == {19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 35}


@each
def test_it_is_stored_plainly_or_refused_with_the_reason(odd: Odd) -> None:
    result = stored(odd)
    if isinstance(result, str):
        assert odd.stored in ("", "png or refused"), result
        assert odd.words in result
        return
    assert result.format in odd.stored.split()
    image = Image.open(io.BytesIO(result.data))
    image.load()
    assert (image.format or "").lower() == result.format
    assert image.size == (result.width, result.height)
    assert image.mode in ("RGB", "RGBA", "L", "LA")
    assert not getattr(image, "is_animated", False)
    assert is_ours(result.data)
    assert result.data.count(b"stillwater:v1") == 1
    assert b"GPS" not in result.data
    assert odd.size in (None, image.size)
    assert odd.mode in ("", image.convert("RGBA" if image.has_transparency_data else "RGB").mode)


@each
def test_looking_at_it_never_fails(odd: Odd) -> None:
    """A fingerprint says what is wrong; a thumbnail is one, or is refused; nothing that is stored is unreadable."""
    found = fingerprint_bytes(odd.data, odd.kind)
    assert len(found.content_hash) == 64
    assert not found.failure or isinstance(stored(odd), str)
    try:
        small = Image.open(io.BytesIO(thumbnail_bytes(odd.data, 64)))
    except UnreadableImage:
        assert found.failure
    else:
        assert small.format == "WEBP"
        assert small.width <= 64


@pytest.mark.parametrize("odd", [odd for odd in CORPUS if odd.oddity == 23 and odd.size], ids=lambda odd: odd.title)
def test_a_turned_picture_stands_upright(odd: Odd) -> None:
    """The red corner lies where the orientation put it."""
    result = stored(odd)
    assert isinstance(result, Picture)
    image = Image.open(io.BytesIO(result.data)).convert("RGB")
    header = read_header_bytes(odd.data)
    corners = {"left top": (1, 1), "right top": (-2, 1), "left bottom": (1, -2), "right bottom": (-2, -2)}
    red = {name for name, (x, y) in corners.items() if is_red(image, x % image.width, y % image.height)}
    where = {1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "right top",
             7: "right bottom", 8: "left bottom"}  # fmt: skip
    assert red == {where[header.orientation]}


def is_red(image: Image.Image, x: int, y: int) -> bool:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[0] > 180 > 90 > pixel[1]


@pytest.mark.parametrize("odd", [odd for odd in CORPUS if odd.oddity == 29], ids=lambda odd: odd.title)
def test_a_flat_picture_is_like_no_other(odd: Odd) -> None:
    assert is_degenerate(fingerprint_bytes(odd.data).perceptual_hash)


@pytest.mark.django_db
def test_a_scan_takes_them_all_in_and_says_of_each_what_it_is(tmp_path: Path) -> None:
    """Every one as the folder.jpg of an artist of its own."""
    for number, odd in enumerate(CORPUS):
        folder = tmp_path / "music" / f"Artist {number:03}"
        folder.mkdir(parents=True)
        (folder / "folder.jpg").write_bytes(odd.data)
    make_library(path=tmp_path / "music")
    assert scan_libraries(workers=1).new_artists == len(CORPUS)
    take_fingerprints(workers=1)
    problems = dict(ArtistImage.objects.filter(kind="thumb").values_list("artist__name", "problem"))
    wrong = [
        odd.title
        for number, odd in enumerate(CORPUS)
        if bool(problems[f"Artist {number:03}"]) != bool(fingerprint_bytes(odd.data).failure)
    ]
    assert wrong == []

"""A page of a hundred artists as a grid stays light: small pictures only, under 1 MiB with the page itself."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from artists.sample import odd_encodings as odd
from tests.builders import make_artist, make_image, make_library

COUNT, MOST = 100, 1024 * 1024
AS_HEAVY_AS_PAINTINGS = 6000
"""Bytes: what portraits, painted and photographed, take on average at 256 pixels."""


@pytest.fixture
def hundred(tmp_path: Path, db: None) -> None:
    """Thumbs of 1000 pixels with a grain, heavier than any painting."""
    library = make_library(path=tmp_path / "music")
    grain = Image.effect_noise((250, 250), 60).convert("RGB").resize((1000, 1000))
    data = odd.saved(Image.blend(odd.scene((1000, 1000)).convert("RGB"), grain, 0.12), "JPEG")
    small = odd.saved(Image.new("RGB", (16, 16), "teal"), "WEBP")
    placeholder = "data:image/webp;base64," + "A" * (4 * len(small))
    for number in range(COUNT):
        folder = tmp_path / "music" / f"Artist {number:03}"
        folder.mkdir(parents=True)
        (folder / "folder.jpg").write_bytes(data)
        artist = make_artist(folder.name, library=library, path=str(folder))
        make_image(artist, content_hash=f"{number:064x}", bytes=len(data), placeholder=placeholder)


@pytest.mark.usefixtures("hundred")
def test_a_grid_of_a_hundred_artists_transfers_less_than_a_mebibyte(operator_client: Client) -> None:
    operator_client.post("/artists/view", {"view": "grid"})
    page = operator_client.get(f"/artists?page_size={COUNT}").content
    places = [unescape(place) for place in re.findall(rb'<img src="(/img/[^"]+)"', page) for place in [place.decode()]]
    answers = [operator_client.get(place) for place in places]
    weights = [len(answer.content) for answer in answers]
    assert len(weights) == COUNT
    assert {Image.open(io.BytesIO(answer.content)).width for answer in answers} == {256}
    assert all("immutable" in answer["Cache-Control"] for answer in answers)
    assert sum(weights) / COUNT > AS_HEAVY_AS_PAINTINGS
    assert len(page) + sum(weights) < MOST

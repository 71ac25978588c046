"""A picture that comes inside a JSON body: as large as an upload may be, cut, or refused with the reason."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from artists.api.cropping import MOST_BYTES
from artists.imaging.decoding import MAX_BYTES
from artists.models import Artist
from tests.artists.api.test_pictures_api import photo
from tests.artists.api.test_providers_api import call
from tests.builders import make_artist, make_library

SQUARE = {"x": 100, "y": 0, "width": 600, "height": 600}


@pytest.fixture
def mara(tmp_path: Path, db: None) -> Artist:
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    return make_artist(library=make_library(path=tmp_path / "music"), path=str(folder))


def crop(client: Client, artist: Artist, image_data: object, **more: object) -> Any:
    body = {"image_data": image_data, "type": "thumb", **SQUARE, **more}
    return call(client, "POST", f"/artists/{artist.pk}/images/crop", body)


def written(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_the_rectangle_is_what_is_stored(operator_client: Client, mara: Artist) -> None:
    assert crop(operator_client, mara, written(photo(900, 600))).json()["saved"] == ["folder.jpg"]
    assert (mara.images.get().width, mara.images.get().height) == (600, 600)


def test_it_may_be_as_large_as_an_upload(operator_client: Client, mara: Artist) -> None:
    """Other bodies may have a tenth of that (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
    whole = photo(900, 600).ljust(MAX_BYTES, b"\0")
    assert crop(operator_client, mara, f"data:image/jpeg;base64,{written(whole)}").status_code == 200


def test_more_is_refused_before_it_is_read(operator_client: Client, mara: Artist) -> None:
    answer = crop(operator_client, mara, "A" * MOST_BYTES)
    assert (answer.status_code, answer.json()) == (413, {"error": "the picture has more than 25 MiB"})


@pytest.mark.parametrize("text", ["%%%", "data:image/png;base64,!!", json.dumps({})])
def test_what_is_no_base64_is_refused(operator_client: Client, mara: Artist, text: str) -> None:
    answer = crop(operator_client, mara, text)
    assert (answer.status_code, answer.json()) == (400, {"error": "image_data must be base64"})


def test_what_is_no_picture_is_refused(operator_client: Client, mara: Artist) -> None:
    assert crop(operator_client, mara, written(b"no picture")).status_code == 422


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"image_data": None}, "image_data: input should be a valid string"),
        ({"width": "wide"}, "width: input should be a valid integer, unable to parse string as an integer"),
    ],
)
def test_a_field_of_another_type_is_named(
    operator_client: Client, mara: Artist, more: dict[str, object], line: str
) -> None:
    answer = crop(operator_client, mara, **{"image_data": "", **more})
    assert (answer.status_code, answer.json()["error"]) == (400, line)


def test_an_empty_body_lacks_its_fields(operator_client: Client, mara: Artist) -> None:
    answer = call(operator_client, "POST", f"/artists/{mara.pk}/images/crop")
    assert answer.json()["details"] == ["image_data: field required", "type: field required"]

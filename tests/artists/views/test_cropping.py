"""The page that cuts a picture: by numbers without scripts, from the bytes that came, into the slot it came from."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from artists.models import Artist
from artists.sample import odd_encodings as odd
from artists.services.pictures.drafts import keep_draft
from artists.services.pictures.proxying import token_of
from artists.services.pictures.saving import Origin
from tests.artists.views.workbench import artist_with_folder, file_of, posted, stored, strip_of


@pytest.fixture
def artist(tmp_path: Path, db: None) -> Artist:
    return artist_with_folder(tmp_path)


def picture() -> bytes:
    """Lossless, so that the pixels of a part can be compared; 900 × 600."""
    return odd.saved(odd.scene((900, 600), "crop"), "PNG")


def fields(text: str) -> dict[str, str]:
    """What the form of the page holds."""
    said = {}
    for tag in re.findall(r"<input [^>]+>", text):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="radio"' not in tag or "checked" in tag):
            said[name[1]] = unescape(value[1])
    return said


def opened(client: Client, artist: Artist, kind: str, query: str = "") -> str:
    return client.get(f"/artists/{artist.pk}/pictures/{kind}/crop{query}").content.decode()


def uploaded(client: Client, artist: Artist) -> str:
    """A picture of another shape leads to the page."""
    return posted(client, f"/artists/{artist.pk}/pictures/thumb/upload", file=file_of(picture()), back="artist")


def cut(client: Client, artist: Artist, kind: str, sent: dict[str, str]) -> tuple[int, str]:
    answer = client.post(f"/artists/{artist.pk}/pictures/{kind}/cut", sent)
    return answer.status_code, answer.content.decode()


def test_the_rectangle_begins_as_the_largest_of_the_wanted_shape_in_the_middle(
    operator_client: Client, artist: Artist
) -> None:
    text = uploaded(operator_client, artist)
    said = fields(text)
    assert [said[name] for name in ("x", "y", "width", "height", "shape")] == ["150", "0", "600", "600", "thumb"]
    assert 'class="frame" data-crop-frame x="150" y="0" width="600" height="600"' in text


def test_the_saved_pixels_are_those_of_the_rectangle(operator_client: Client, artist: Artist) -> None:
    sent = fields(uploaded(operator_client, artist)) | {"x": "13", "y": "21", "width": "512", "height": "512"}
    status, _ = cut(operator_client, artist, "thumb", sent)
    assert status == 302
    with Image.open(io.BytesIO(picture())) as source, Image.open(Path(artist.path) / "folder.png") as kept:
        assert kept.convert("RGB").tobytes() == source.convert("RGB").crop((13, 21, 525, 533)).tobytes()
    assert artist.images.get().source == "upload"


def test_cutting_can_be_taken_back(operator_client: Client, artist: Artist) -> None:
    before = stored(artist, "thumb")
    text = posted(
        operator_client,
        f"/artists/{artist.pk}/pictures/thumb/cut",
        **(fields(opened(operator_client, artist, "thumb", "?back=artist")) | {"width": "300", "height": "300"}),
    )
    assert (Path(artist.path) / "folder.jpg").read_bytes() != before
    posted(operator_client, strip_of(text))
    assert (Path(artist.path) / "folder.jpg").read_bytes() == before


def test_a_backdrop_is_cut_in_its_own_place(operator_client: Client, artist: Artist) -> None:
    first, _ = (stored(artist, "fanart", number, size=(1280, 720)) for number in range(2))
    sent = fields(opened(operator_client, artist, "fanart", "?of=fanart-1&back=backdrops"))
    assert cut(operator_client, artist, "fanart", sent | {"width": "640", "height": "360"})[0] == 302
    assert list(artist.images.values_list("slot", "width")) == [(0, 1280), (1, 640)]
    assert (Path(artist.path) / "fanart.jpg").read_bytes() == first


def test_a_backdrop_becomes_a_thumb(operator_client: Client, artist: Artist) -> None:
    stored(artist, "fanart", size=(1280, 720))
    sent = fields(opened(operator_client, artist, "thumb", "?of=fanart-0"))
    assert cut(operator_client, artist, "thumb", sent)[0] == 302
    assert artist.images.get(kind="thumb").width == 720
    assert artist.images.get(kind="fanart").width == 1280


def test_a_picture_that_was_changed_meanwhile_is_not_replaced(operator_client: Client, artist: Artist) -> None:
    stored(artist, "thumb", "first")
    sent = fields(opened(operator_client, artist, "thumb"))
    second = stored(artist, "thumb", "second")
    status, text = cut(operator_client, artist, "thumb", sent)
    assert (status, "changed since" in text) == (422, True)
    assert (Path(artist.path) / "folder.jpg").read_bytes() == second


def test_a_rectangle_outside_is_explained_with_what_was_typed(operator_client: Client, artist: Artist) -> None:
    sent = fields(uploaded(operator_client, artist)) | {"x": "700"}
    status, text = cut(operator_client, artist, "thumb", sent)
    assert (status, "does not lie inside the picture, which is 900 × 600" in text) == (422, True)
    assert fields(text)["x"] == "700"
    for nonsense in ("", "-1", "many", "99999999999"):
        assert cut(operator_client, artist, "thumb", sent | {"width": nonsense})[0] == 422
    assert artist.images.count() == 0


def test_without_scripts_the_rectangle_is_drawn_before_it_is_cut(operator_client: Client, artist: Artist) -> None:
    sent = fields(uploaded(operator_client, artist)) | {"x": "10", "width": "300", "height": "200", "do": "show"}
    status, text = cut(operator_client, artist, "thumb", sent)
    assert status == 200
    assert 'x="10" y="0" width="300" height="300"' in text  # the shape is fixed: the height follows
    assert artist.images.count() == 0


def test_it_can_be_used_as_it_is(operator_client: Client, artist: Artist) -> None:
    sent = fields(uploaded(operator_client, artist))
    assert cut(operator_client, artist, "thumb", sent | {"do": "whole"})[0] == 302
    assert (artist.images.get().width, artist.images.get().height) == (900, 600)


def test_what_is_cut_of_a_logo_fits_its_content(operator_client: Client, artist: Artist) -> None:
    logo = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    logo.paste((200, 30, 30, 255), (100, 50, 700, 350))
    token = keep_draft(odd.saved(logo, "PNG"), Origin("upload"))
    said = fields(opened(operator_client, artist, "logo", f"?draft={token}&border=1"))
    assert [said[name] for name in ("x", "y", "width", "height")] == ["98", "48", "604", "304"]


def test_the_stage_shows_the_draft_upright(operator_client: Client, artist: Artist) -> None:
    token = keep_draft(odd.rotated(), Origin("upload"))
    answer = operator_client.get(f"/img/draft/{token}")
    said = re.search(r"The picture is (\d+) × (\d+)", opened(operator_client, artist, "thumb", f"?draft={token}"))
    assert said is not None
    assert Image.open(io.BytesIO(answer.content)).size == (int(said[1]), int(said[2]))


@pytest.mark.parametrize(
    "query", ["?draft=x", "?offered=x", "?of=thumb-0", "?of=cover-0", "?of=fanart-x", f"?draft={token_of('a')}"]
)
def test_what_we_have_not_signed_or_is_not_there_is_not_found(
    operator_client: Client, artist: Artist, query: str
) -> None:
    assert operator_client.get(f"/artists/{artist.pk}/pictures/thumb/crop{query}").status_code == 404
    assert operator_client.get("/img/draft/x").status_code == 404

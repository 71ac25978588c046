"""Offered pictures are shown through us: small, kept, and only those whose address we have signed."""

import io
from collections.abc import Iterator

import pytest
from django.conf import settings as configuration
from PIL import Image
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import World, acts_with_faulty_pictures
from artists.services.pictures.proxying import address_in, offered_thumbnail, token_of
from stillwater.errors import NotFound, StillwaterError
from tests.artists.providers.acts import MBID, QUILLFEN

FAULTY = {act.picture_fault: act for act in acts_with_faulty_pictures()}


@pytest.fixture
def pictures(settings: Settings) -> Iterator[str]:
    with running(FakeWorld(World((QUILLFEN, *FAULTY.values())), FAKES)) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield f"{origin}/pictures/pictures"


def test_it_is_small_webp_and_kept_for_the_next_who_asks(pictures: str, settings: Settings) -> None:
    token = token_of(f"{pictures}/{MBID}/thumb/1.jpg")
    data = offered_thumbnail(token)
    shown = Image.open(io.BytesIO(data))
    assert (shown.format, shown.width <= 512) == ("WEBP", True)
    assert len(list((configuration.STILLWATER_DATA / "thumbs").rglob("offered-*.webp"))) == 1
    settings.STILLWATER_PROVIDERS_URL = ""  # from here on nobody could be asked
    assert offered_thumbnail(token) == data


def test_an_address_has_one_token_whatever_is_in_it() -> None:
    address = "https://pictures.example.org/ä b?x=1&y=:/#z"
    assert address_in(token_of(address)) == address
    assert token_of(address) == token_of(address)


def test_what_we_have_not_signed_is_not_fetched(pictures: str) -> None:
    signed = token_of(f"{pictures}/{MBID}/thumb/1.jpg")
    for token in (signed[:-1], f"x{signed}", f"{pictures}/{MBID}/thumb/1.jpg", "x", ""):
        with pytest.raises(NotFound):
            offered_thumbnail(token)
    assert not (configuration.STILLWATER_DATA / "thumbs").exists()


@pytest.mark.parametrize("fault", ["html", "cut"])
def test_what_is_no_whole_picture_is_neither_shown_nor_kept(pictures: str, fault: str) -> None:
    with pytest.raises(StillwaterError):
        offered_thumbnail(token_of(f"{pictures}/{FAULTY[fault].mbid}/thumb/1.jpg"))
    assert not (configuration.STILLWATER_DATA / "thumbs").exists()

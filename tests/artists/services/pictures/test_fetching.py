"""A picture comes from an address whole and through the safe client, or not at all."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import World, acts_with_faulty_pictures
from artists.imaging.preparing import checked
from artists.services.pictures.fetching import fetch_picture
from stillwater.errors import Invalid, Unprocessable
from stillwater.outbound import OutboundError
from tests.artists.providers.acts import MBID, QUILLFEN

FAULTY = {act.picture_fault: act for act in acts_with_faulty_pictures()}


@pytest.fixture
def pictures(settings: Settings) -> Iterator[str]:
    """Where the fake world serves its pictures, as the demo does."""
    with running(FakeWorld(World((QUILLFEN, *FAULTY.values())), FAKES)) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield f"{origin}/pictures/pictures"


def test_the_bytes_are_those_of_the_picture(pictures: str) -> None:
    header = checked(fetch_picture(f"{pictures}/{MBID}/thumb/1.jpg"))
    assert (header.format, header.readable) == ("jpeg", True)


def test_a_page_instead_of_a_picture_is_refused(pictures: str) -> None:
    with pytest.raises(OutboundError, match="page"):
        fetch_picture(f"{pictures}/{FAULTY['html'].mbid}/thumb/1.jpg")


def test_a_download_that_ends_early_is_refused(pictures: str) -> None:
    with pytest.raises(OutboundError):
        fetch_picture(f"{pictures}/{FAULTY['cut'].mbid}/thumb/1.jpg")


def test_a_wrong_label_does_not_matter_the_bytes_do(pictures: str) -> None:
    assert checked(fetch_picture(f"{pictures}/{FAULTY['mislabelled'].mbid}/thumb/1.jpg")).format == "jpeg"


def test_the_picture_that_services_show_for_want_of_one_is_not_even_asked_for() -> None:
    with pytest.raises(Unprocessable, match="placeholder"):
        fetch_picture("https://e-cdns-images.dzcdn.net/images/artist//1000x1000-000000-80-0-0.jpg")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x.jpg", "file:///etc/passwd", "http://169.254.169.254/", "x"])
def test_other_machines_of_the_network_are_not_asked(url: str) -> None:
    with pytest.raises(Invalid):
        fetch_picture(url)

"""The fake world's pictures are real ones, of the promised sizes; some are broken on purpose."""

import io

import pytest
from PIL import Image

from artists.demo.offers import offer, offers
from artists.demo.pictures import FAKE, silhouette
from artists.demo.server import FakeWorld, running
from artists.demo.world import PICTURE_FAULTS, World, acts_with_faulty_pictures
from stillwater.outbound import Outbound, OutboundError, Policy
from tests.artists.providers.acts import QUILLFEN, WORLD

BROKEN = {act.picture_fault: act for act in acts_with_faulty_pictures()}


@pytest.fixture
def fetch():
    """Downloads by path."""
    with running(FakeWorld(World((*WORLD.acts, *BROKEN.values())), {"pictures": FAKE})) as origin:
        client = Outbound(Policy(allow_private=frozenset({origin}), attempts=1))
        yield lambda path: client.request("GET", origin + path)


@pytest.mark.parametrize(
    ("kind", "format"), [("thumb", "JPEG"), ("banner", "JPEG"), ("hdlogo", "PNG"), ("widethumb", "JPEG")]
)
def test_a_picture_has_the_promised_size_and_format(fetch, kind, format):
    promised = offer(QUILLFEN, kind, 0)
    answer = fetch(promised.path)
    image = Image.open(io.BytesIO(answer.body))
    image.load()
    assert (image.width, image.height, image.format) == (promised.width, promised.height, format)
    assert answer.content_type == f"image/{format.lower()}"


def test_pictures_of_one_act_differ_and_stay_the_same(fetch):
    first, second = (each.path for each in offers(QUILLFEN, "thumb"))
    assert fetch(first).body != fetch(second).body
    assert fetch(first).body == fetch(first).body


@pytest.mark.parametrize("path", ["nobody/thumb/0.jpg", f"{QUILLFEN.mbid}/poster/0.jpg", f"{QUILLFEN.mbid}/thumb/x"])
def test_what_there_is_not_is_404(fetch, path):
    with pytest.raises(OutboundError) as failed:
        fetch(f"/pictures/pictures/{path}")
    assert failed.value.upstream_status == 404


def test_every_fault_of_a_picture_has_its_act():
    assert tuple(BROKEN) == PICTURE_FAULTS


def test_a_silhouette_is_one_and_the_same_for_all(fetch):
    assert fetch(offer(BROKEN["silhouette"], "thumb", 0).path).body == silhouette()
    assert fetch("/pictures/pictures/images/artist//500x500.jpg").body == silhouette()


def test_a_page_comes_in_the_place_of_a_picture(fetch):
    assert fetch(offer(BROKEN["html"], "thumb", 0).path).content_type == "text/html"


def test_a_download_breaks_off(fetch):
    with pytest.raises(OutboundError) as failed:
        fetch(offer(BROKEN["cut"], "thumb", 0).path)
    assert failed.value.kind == "connection"


def test_a_picture_comes_under_a_wrong_type(fetch):
    answer = fetch(offer(BROKEN["mislabelled"], "thumb", 0).path)
    assert answer.content_type == "application/octet-stream"
    assert Image.open(io.BytesIO(answer.body)).format == "JPEG"

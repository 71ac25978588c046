"""A form that is larger than anything that could be used is refused before it is read."""

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from artists.models import Artist
from stillwater import uploads
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
WORDS = "he request is larger than allowed"


@pytest.fixture
def mara(monkeypatch: pytest.MonkeyPatch) -> Artist:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    return make_artist("Mara Field")


def form(size: int) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="x.jpg"\r\n\r\n'
    return head.encode() + b"x" * size + f"\r\n--{BOUNDARY}--\r\n".encode()


def test_the_api_says_so(operator_client: Client, mara: Artist) -> None:
    operator_client.get("/api/v1/health")
    headers = {"X-CSRF-Token": operator_client.cookies["csrf_token"].value}
    place = f"/api/v1/artists/{mara.pk}/images/upload"
    answer = operator_client.generic("POST", place, form(1000), content_type=MULTIPART_CONTENT, headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"error": f"t{WORDS}"})


def test_so_does_the_page_and_a_small_one_is_read(operator_client: Client, mara: Artist) -> None:
    place = f"/artists/{mara.pk}/pictures/thumb/upload"
    answer = operator_client.generic("POST", place, form(1000), content_type=MULTIPART_CONTENT)
    assert (answer.status_code, WORDS in answer.content.decode()) == (413, True)
    here = operator_client.generic(
        "POST", place, form(1000), content_type=MULTIPART_CONTENT, headers={"HX-Request": "true"}
    )
    assert (here.status_code, here["HX-Reswap"], WORDS in here["HX-Trigger"]) == (413, "none", True)
    assert operator_client.generic("POST", place, form(10), content_type=MULTIPART_CONTENT).status_code == 302

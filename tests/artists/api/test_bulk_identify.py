"""Identifying many artists over REST: start, progress with the review queue, cancel, link."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.models import Artist, Identification, IdentityState
from artists.queries.identifying import IDENTIFY
from stillwater.models import Job, JobState
from tests.artists.providers.acts import MBID, WORLD
from tests.builders import make_artist, make_library
from tests.stillwater.misbehaving import Clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/artists/bulk-identify"


@pytest.fixture(autouse=True)
def world(settings: Settings) -> Iterator[FakeWorld]:
    """Where all providers answer."""
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield program


def send(client: Client, url: str, **body: Any) -> Any:
    return client.post(url, body, content_type="application/json")


def test_a_run_links_what_it_can_and_says_so(
    admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    artist = make_artist("Quillfen Harbor")
    with django_capture_on_commit_callbacks(execute=True):
        started = send(admin_client, URL)
    assert (started.status_code, started.json()) == (202, {"status": "running", "total": 1})
    artist.refresh_from_db()
    assert artist.musicbrainz_id == MBID
    told = admin_client.get(URL).json()
    assert (told["status"], told["total"], told["processed"], told["auto_linked"]) == ("completed", 1, 1, 1)


def test_nobody_to_identify_is_completed_at_once(admin_client: Client) -> None:
    make_artist(musicbrainz_id=MBID)
    answer = send(admin_client, URL)
    assert (answer.status_code, answer.json()["status"], answer.json()["total"]) == (200, "completed", 0)


def test_only_the_artists_of_a_library_count(admin_client: Client) -> None:
    library = make_library()
    make_artist(library=library)
    make_artist()
    assert send(admin_client, URL, library_id=str(library.pk)).json()["total"] == 1
    assert send(admin_client, URL, library_id="none").status_code == 400


def test_there_is_one_run_at_a_time(admin_client: Client) -> None:
    make_artist()
    assert send(admin_client, URL).status_code == 202
    again = send(admin_client, URL)
    assert (again.status_code, again.json()["status"]) == (409, "running")


def test_without_a_run_it_is_idle(admin_client: Client) -> None:
    told = admin_client.get(URL).json()
    assert (told["status"], told["total"], told["review_queue"]) == ("idle", 0, [])
    assert admin_client.delete(URL).json()["status"] == "idle"


def test_a_waiting_run_is_canceled_and_a_running_one_stops_soon(admin_client: Client) -> None:
    make_artist()
    send(admin_client, URL)
    assert admin_client.delete(URL).json()["status"] == "canceled"
    send(admin_client, URL)
    Job.objects.filter(kind=IDENTIFY, state=JobState.QUEUED).update(state=JobState.RUNNING)
    assert admin_client.delete(URL).json()["status"] == "canceling"


def test_the_queue_tells_who_waits_and_why(admin_client: Client) -> None:
    candidate = {"musicbrainz_id": MBID, "name": "Quillfen Harbor", "score": 92}
    blank = dict.fromkeys(("provider_id", "sort_name", "type", "disambiguation", "origin", "source", "reason"), "")
    artist = make_artist("Quillfen", path="/music/Quillfen")
    Identification.objects.create(
        artist=artist,
        state=IdentityState.QUEUED,
        tier="name",
        reason="r",
        candidates=[{**blank, **candidate, "confidence": 0.46}],
    )
    (item,) = admin_client.get(URL).json()["review_queue"]
    assert (item["artist_id"], item["artist_name"], item["artist_path"]) == (
        str(artist.pk),
        "Quillfen",
        "/music/Quillfen",
    )
    assert (item["tier"], item["candidates"][0]["score"], item["candidates"][0]["confidence"]) == ("name", 92, 0.46)


def test_linking_stores_the_id_and_refreshes(
    admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    artist = make_artist("Quillfen")
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(admin_client, f"{URL}/link", artist_id=str(artist.pk), mbid=MBID)
    assert answer.json() == {"status": "linked", "artist_id": str(artist.pk), "mbid": MBID}
    assert Artist.objects.get().name == "Quillfen Harbor", "it was refreshed"
    assert Identification.objects.get().refreshed_at


def test_linking_refuses_what_is_no_mbid_and_who_is_nobody(admin_client: Client) -> None:
    artist = make_artist()
    assert send(admin_client, f"{URL}/link", artist_id=str(artist.pk), mbid="x").status_code == 400
    assert send(admin_client, f"{URL}/link", artist_id=str(artist.pk), mbid="").status_code == 400
    assert send(admin_client, f"{URL}/link", artist_id="987654", mbid=MBID).status_code == 404

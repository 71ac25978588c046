"""The review wizard over REST: every step of the walk, again, and from the beginning."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.models import Artist, Identification, IdentityState, WizardStep
from artists.services.identifying.wizard import look_up
from artists.services.sources import panel_of
from tests.artists.providers.acts import MBID, SOLO_MBID, WORLD
from tests.builders import make_artist
from tests.stillwater.misbehaving import Clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/artists/re-identify/wizard"
Walk = Callable[..., Any]


@pytest.fixture
def world(settings: Settings) -> Iterator[FakeWorld]:
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield program


@pytest.fixture
def artists() -> list[Artist]:
    return [make_artist("Quillfen Harbor"), make_artist("Oda Brackwell"), make_artist("Nobody at all")]


@pytest.fixture
def walk(admin_client: Client, artists: list[Artist]) -> Walk:
    """`walk(0, "accept", mbid=…)` decides a step of a walk through all three."""
    started = admin_client.post(URL, {"ids": [str(each.pk) for each in artists]}, content_type="application/json")
    assert started.status_code == 202
    key = started.json()["session_id"]
    assert (len(key), started.json()["total"], started.json()["index"]) == (32, 3, 0)

    def go(index: int | None, verb: str, **body: Any) -> Any:
        path = f"{URL}/{key}/save-exit" if index is None else f"{URL}/{key}/step/{index}/{verb}"
        return admin_client.post(path, body, content_type="application/json")

    return go


def test_the_whole_walk(walk: Walk, artists: list[Artist]) -> None:
    assert walk(0, "accept", mbid=MBID).json() == {"status": "advanced", "index": 1}
    assert walk(1, "skip").json() == {"status": "advanced", "index": 2}
    done = walk(2, "decline").json()
    assert (done["status"], len(done["session_id"])) == ("done", 32)
    saved = walk(None, "").json()
    assert saved == {"status": "saved", "accepted": 1, "skipped": 1, "declined": 1, "leftover": 0}
    artists[0].refresh_from_db()
    assert artists[0].musicbrainz_id == MBID


def test_every_step_may_be_decided_again_and_counts_once(walk: Walk, artists: list[Artist]) -> None:
    for _ in range(2):
        assert walk(0, "accept", mbid=MBID).json()["index"] == 1
    walk(0, "accept", mbid=SOLO_MBID)
    artists[0].refresh_from_db()
    assert artists[0].musicbrainz_id == SOLO_MBID
    walk(0, "skip")
    artists[0].refresh_from_db()
    assert artists[0].musicbrainz_id == "", "the acceptance was taken back"
    saved = walk(None, "").json()
    assert (saved["accepted"], saved["skipped"], saved["leftover"]) == (0, 1, 2)


def test_another_identity_drops_the_ids_of_the_former_one(walk: Walk, artists: list[Artist]) -> None:
    Artist.objects.filter(pk=artists[0].pk).update(musicbrainz_id=SOLO_MBID, deezer_id="9900012", discogs_id="9900011")
    walk(0, "accept", mbid=MBID)
    artists[0].refresh_from_db()
    assert (artists[0].musicbrainz_id, artists[0].deezer_id, artists[0].discogs_id) == (MBID, "", "")


def test_starting_the_walk_changes_nobody(walk: Walk, artists: list[Artist]) -> None:
    before = Artist.objects.get(pk=artists[0].pk)
    assert (before.musicbrainz_id, before.updated_at) == ("", artists[0].updated_at)


def test_who_is_left_over_waits_in_the_review_queue(walk: Walk, artists: list[Artist], admin_client: Client) -> None:
    walk(0, "skip")
    for _ in range(2):
        assert walk(None, "").json()["leftover"] == 2
    queue = admin_client.get("/api/v1/artists/bulk-identify").json()["review_queue"]
    assert [(item["artist_name"], item["tier"]) for item in queue] == [
        ("Oda Brackwell", "wizard"),
        ("Nobody at all", "wizard"),
    ]


def test_a_decline_is_remembered(walk: Walk, artists: list[Artist], world: FakeWorld) -> None:
    look_up(WizardStep.objects.select_related("artist").get(index=0), panel_of(("musicbrainz",)))
    walk(0, "decline")
    row = Identification.objects.get(artist=artists[0])
    assert (row.state, MBID in row.declined) == (IdentityState.DECLINED, True)


def test_candidates_are_looked_up_once(walk: Walk, world: FakeWorld) -> None:
    step = WizardStep.objects.select_related("artist").get(index=0)
    for _ in range(2):
        look_up(step, panel_of(("musicbrainz",)))
    assert step.candidates[0]["musicbrainz_id"] == MBID
    assert [question.path for question in world.recorder.questions] == ["/artist"]


def test_a_choice_needs_an_mbid(walk: Walk) -> None:
    assert walk(0, "accept", mbid="").status_code == 400
    assert walk(0, "accept", mbid="no").status_code == 400


def test_a_locked_artist_is_not_linked(walk: Walk, artists: list[Artist]) -> None:
    Artist.objects.filter(pk=artists[0].pk).update(locked=True, locked_at="2026-01-01T00:00:00Z")
    assert walk(0, "accept", mbid=MBID).status_code == 409


@pytest.mark.parametrize("path", ["0" * 32 + "/save-exit", "x/step/0/skip"])
def test_an_unknown_walk_is_not_found(admin_client: Client, path: str) -> None:
    assert admin_client.post(f"{URL}/{path}").status_code == 404


def test_an_unknown_step_is_not_found(walk: Walk) -> None:
    assert walk(3, "skip").status_code == 404


@pytest.mark.parametrize("ids", [[], ["987654321"], ["x"], ["1"] * 1001])
def test_a_walk_needs_artists(admin_client: Client, ids: list[str]) -> None:
    answer = admin_client.post(URL, {"ids": ids}, content_type="application/json")
    assert answer.status_code == 400

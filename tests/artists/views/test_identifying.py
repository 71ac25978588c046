"""The page Identify, its review queue, and the wizard: complete without a script."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.models import Artist, Identification, IdentityState, WizardSession, WizardStep
from stillwater.models import Job, JobState
from tests.artists.providers.acts import MBID, WORLD
from tests.builders import make_artist
from tests.stillwater.misbehaving import Clock

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def world(settings: Settings) -> Iterator[FakeWorld]:
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield program


@pytest.fixture
def waiting() -> Identification:
    """Two candidates, one with albums."""
    albums = {
        "matches": ["Lamp Weather"], "local_only": ["Polka Hour"], "remote_only": ["Slow Ferries"],
        "match_count": 1, "local_count": 2, "remote_count": 2, "match_percent": 50,
    }  # fmt: skip
    candidate: dict[str, Any] = {
        "musicbrainz_id": MBID, "name": "Quillfen Harbor", "score": 92, "disambiguation": "of Akureyri",
        "album_comparison": albums, "reason": "1 of 2 albums",
    }  # fmt: skip
    return Identification.objects.create(
        artist=make_artist("Quillfen"), state=IdentityState.QUEUED, reason="only some albums", candidates=[candidate]
    )


def test_the_numbers_come_before_anything_is_asked(admin_client: Client, world: FakeWorld) -> None:
    make_artist("A")
    make_artist("B", tag_mbid=MBID)
    make_artist("C", locked=True, locked_at="2026-01-01T00:00:00Z")
    page = admin_client.get("/identify").content.decode()
    assert "Identify 3" in page
    assert "1, identified without a request" in page
    assert "1, left alone" in page
    assert world.recorder.questions == []


def test_a_run_from_the_page(
    admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    artist = make_artist("Quillfen Harbor")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post("/identify/start")
    artist.refresh_from_db()
    assert artist.musicbrainz_id == MBID
    page = admin_client.get("/identify").content.decode()
    assert "1 of 1" in page
    assert "Take the run back" in page
    assert "Linked by name alone" in page


def test_a_run_says_how_long_it_still_takes_at_the_pace_of_its_last_minutes(admin_client: Client) -> None:
    run, now = uuid4(), timezone.now()
    Job.objects.create(
        kind="identify", key="identify", state=JobState.RUNNING, total=30, params={"run": str(run)},
        started_at=now - timedelta(minutes=5), heartbeat_at=now, attempts=2,
    )  # fmt: skip
    for number in range(10):
        Identification.objects.create(artist=make_artist(f"A{number}"), run=run, state=IdentityState.LINKED)
    page = admin_client.get("/identify").content.decode()
    assert "<dt>Left</dt><dd>about 10 min 0 s</dd>" in page
    Identification.objects.update(decided_at=now - timedelta(hours=1))
    assert "<dt>Left</dt>" not in admin_client.get("/identify").content.decode(), "nothing was done lately"


def test_a_search_names_the_provider_of_each_entry_and_leads_to_it(admin_client: Client) -> None:
    page = admin_client.get(f"/artists/{make_artist('Quillfen').pk}/identify", {"query": "Quillfen Harbor"})
    text = page.content.decode()
    assert f'href="https://musicbrainz.org/artist/{MBID}" rel="noreferrer">MusicBrainz</a>' in text
    assert "Musicbrainz" not in text


def test_an_entry_that_another_artist_here_is_already_offers_the_merge(admin_client: Client) -> None:
    holder, artist = make_artist("Quillfen Harbour", musicbrainz_id=MBID), make_artist("Quillfen")
    address = f"/artists/{artist.pk}/identify"
    text = admin_client.get(address, {"query": "Quillfen Harbor"}).content.decode()
    assert "here already" in text
    assert f"/reports/duplicates/preview?artist={artist.pk}&amp;artist={holder.pk}" in text
    holder.delete()
    assert "here already" not in admin_client.get(address, {"query": "Quillfen Harbor"}).content.decode()


def test_the_queue_shows_its_evidence(admin_client: Client, waiting: Identification) -> None:
    page = admin_client.get("/identify").content.decode()
    for words in ("Only some albums.", "92 %", "of Akureyri", "1 of 2 (50 %)", "Polka Hour", "Slow Ferries"):
        assert words in page


def test_accepting_links_and_the_artist_leaves_the_queue(admin_client: Client, waiting: Identification) -> None:
    page = admin_client.post(f"/identify/artists/{waiting.artist_id}/accept", {"mbid": MBID}, headers=HTMX)
    assert "Nobody waits." in page.content.decode()
    assert Artist.objects.get().musicbrainz_id == MBID


@pytest.mark.parametrize(("verb", "state"), [("skip", IdentityState.SKIPPED), ("decline", IdentityState.DECLINED)])
def test_skipping_and_declining_leave_the_queue(
    admin_client: Client, waiting: Identification, verb: str, state: IdentityState
) -> None:
    answer = admin_client.post(f"/identify/artists/{waiting.artist_id}/{verb}")
    assert answer.headers["Location"] == "/identify"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.declined) == (state, [MBID] if verb == "decline" else [])


def test_a_refused_choice_says_why_and_loses_nothing(admin_client: Client, waiting: Identification) -> None:
    page = admin_client.post(f"/identify/artists/{waiting.artist_id}/accept", {"mbid": "x"}, follow=True)
    assert "MBID" in page.content.decode() or "MusicBrainz ID" in page.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == IdentityState.QUEUED


def test_the_bulk_bar_leads_here_with_the_ticked_ones(admin_client: Client) -> None:
    chosen, _other = make_artist("A"), make_artist("B")
    answer = admin_client.post("/artists/bulk", {"action": "identify", "ids": [chosen.pk]}, follow=True)
    assert "Identify 1<" in answer.content.decode()
    token = answer.context["selection"]
    admin_client.post("/identify/start", {"selection": token})
    assert Job.objects.get(kind="identify").params["selection"] == token


class TestWizard:
    @pytest.fixture
    def first(self, admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> str:
        artists = [make_artist("Quillfen Harbor"), make_artist("Oda Brackwell")]
        with django_capture_on_commit_callbacks(execute=True):
            answer = admin_client.post("/artists/bulk", {"action": "walk", "ids": [each.pk for each in artists]})
        return str(answer.headers["Location"])

    def test_the_first_step_was_looked_up_meanwhile(self, admin_client: Client, first: str) -> None:
        page = admin_client.get(first).content.decode()
        assert "1 of 2" in page
        assert 'data-key="1"' in page
        assert "It is Oda Brackwell" in page

    def test_looking_at_a_step_changes_nothing(self, admin_client: Client, first: str, world: FakeWorld) -> None:
        asked = len(world.recorder.questions)
        before = list(WizardStep.objects.values())
        admin_client.get(f"{first.removesuffix('/0')}/1")
        assert (list(WizardStep.objects.values()), len(world.recorder.questions)) == (before, asked)

    def test_a_step_that_is_not_looked_up_offers_it(self, admin_client: Client, first: str) -> None:
        second = f"{first.removesuffix('/0')}/1"
        assert "Being looked up" in admin_client.get(second).content.decode()
        page = admin_client.post(f"{second}/search", follow=True).content.decode()
        assert "It is Quillfen Harbor" in page

    def test_accept_then_back_then_to_the_end(self, admin_client: Client, first: str) -> None:
        page = admin_client.post(f"{first}/accept", {"mbid": MBID}, follow=True).content.decode()
        assert f'href="{first}"' in page, "the way back"
        assert "accepted" in admin_client.get(first).content.decode()
        page = admin_client.post(f"{first.removesuffix('/0')}/1/decline", follow=True).content.decode()
        assert "1 accepted, 0 skipped, 1 declined." in page

    def test_leaving_hands_the_rest_to_the_queue(self, admin_client: Client, first: str) -> None:
        page = admin_client.post(f"{first.removesuffix('/0')}/leave", follow=True).content.decode()
        assert "2 wait for a decision." in page
        assert Identification.objects.filter(state=IdentityState.QUEUED).count() == 2
        assert WizardSession.objects.get().ended_at

    def test_a_provider_that_is_down_is_named(self, admin_client: Client, first: str) -> None:
        WizardStep.objects.filter(index=0).update(problem="MusicBrainz did not answer", candidates=[])
        page = admin_client.get(first).content.decode()
        assert "MusicBrainz did not answer" in page
        assert "no sign that there is nobody" in page
        assert "Nobody of a like name" not in page

    def test_the_queue_is_walked_too(self, admin_client: Client, waiting: Identification) -> None:
        answer = admin_client.post("/identify/walk")
        assert answer.headers["Location"].endswith("/0")
        assert WizardStep.objects.get().artist == waiting.artist

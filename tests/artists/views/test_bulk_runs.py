"""The bulk bar asks with numbers before a run; the run's page tells how far it is and what each artist came to."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from artists.models import BulkItem, BulkJob
from artists.queries.filters import ArtistFilter
from artists.queries.selection import Selection
from artists.tasks.bulk_runs import start_bulk
from artists.views import bulk_runs
from stillwater import jobs
from stillwater.models import Job, JobState
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

MBID = "7d1e0c52-3b64-4f8a-9a17-{:012}"


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Nothing runs by itself."""
    settings.STILLWATER_JOBS_INLINE = False
    monkeypatch.setattr(jobs, "async_task", lambda _name, _job_id: None)


def everything() -> dict[str, str]:
    return {"all_matching": "1", "selection": Selection.of(ArtistFilter()).token}


def ended(type: str = "fetch_metadata", **items: str) -> BulkJob:
    """A run that is over, with an artist of each name in the status given."""
    bulk = start_bulk(type)
    for name, status in items.items():
        BulkItem.objects.create(bulk=bulk, artist=make_artist(name), artist_name=name, status=status, message="because")
    Job.objects.filter(pk=bulk.job_id).update(state=JobState.DONE)
    BulkJob.objects.filter(pk=bulk.pk).update(planned=True)
    return bulk


def test_no_two_buttons_of_the_bar_are_called_alike(admin_client: Client) -> None:
    make_artist("Mara Field")
    bar = admin_client.get("/artists").content.decode().partition('id="bulk"')[2].partition("</form>")[0]
    buttons = set(re.findall(r'name="action" value="(\w+)">([^<]+)<', bar))  # some stand twice: a phone has a menu
    called = [words for _action, words in buttons]
    assert "Identify" in called
    assert len(called) == len(set(called))


def test_a_run_that_asks_providers_tells_which_of_them_holds_it_up(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_runs, "waiting_for", lambda: "waiting for Wikipedia, 1 request per second")
    make_artist("Mara Field")
    assert "waiting for" not in page_of(admin_client, ended())
    assert "waiting for Wikipedia" in page_of(admin_client, start_bulk("fetch_metadata"))


def page_of(client: Client, bulk: BulkJob) -> str:
    return client.get(reverse("artists:bulk_run", args=[bulk.job_id])).content.decode()


class TestTheQuestion:
    def test_comes_first_with_the_numbers(self, admin_client: Client) -> None:
        for number in range(38):
            make_artist(f"Act {number}", musicbrainz_id=MBID.format(number))
        for number in range(4):
            make_artist(f"Locked {number}", locked=True, locked_at="2026-01-01T00:00:00Z")
        make_artist("Mara Field")
        page = admin_client.post(reverse("artists:bulk"), {"action": "refresh", **everything()}).content.decode()
        assert "39 of 43" in page
        assert "<strong>4</strong> stay: artist is locked" in page
        assert "<strong>1</strong> without a MusicBrainz ID" in page
        assert not Job.objects.exists()

    def test_once_confirmed_leads_to_the_run(self, admin_client: Client) -> None:
        artist = make_artist()
        posted = {"action": "fetch_metadata", "ids": [artist.pk], "confirmed": "1", "mode": "yolo"}
        answer = admin_client.post(reverse("artists:bulk"), posted)
        bulk = BulkJob.objects.get()
        assert answer["Location"] == reverse("artists:bulk_run", args=[bulk.job_id])
        assert (bulk.mode, bulk.job.params["ids"]) == ("yolo", [str(artist.pk)])
        assert admin_client.get(answer["Location"]).status_code == 200

    def test_nothing_ticked_never_means_everybody(self, admin_client: Client) -> None:
        make_artist()
        answer = admin_client.post(reverse("artists:bulk"), {"action": "refresh", "confirmed": "1"})
        assert (answer.status_code, Job.objects.count()) == (400, 0)

    def test_is_asked_again_when_the_number_has_changed(self, admin_client: Client) -> None:
        make_artist()
        posted = {"action": "refresh", "confirmed": "1", **everything()}
        make_artist("One more")
        assert "not as many as when you chose" in admin_client.post(reverse("artists:bulk"), posted).content.decode()
        assert not Job.objects.exists()

    def test_a_second_run_is_refused(self, admin_client: Client) -> None:
        posted = {"action": "refresh", "confirmed": "1", "ids": [make_artist().pk]}
        admin_client.post(reverse("artists:bulk"), posted)
        assert admin_client.post(reverse("artists:bulk"), posted).status_code == 409
        assert Job.objects.count() == 1


class TestThePageOfARun:
    def test_has_a_log_that_can_be_filtered(self, admin_client: Client) -> None:
        bulk = ended(Ada="failed", Oda="queued", Mara="done")
        address = reverse("artists:bulk_run", args=[bulk.job_id])
        assert all(name in admin_client.get(address).content.decode() for name in ("Ada", "Oda", "Mara"))
        failed = admin_client.get(address, {"status": "failed"}).content.decode()
        assert ("Ada" in failed, "Oda" in failed) == (True, False)

    def test_offers_to_try_again_what_failed(self, admin_client: Client) -> None:
        bulk = ended(Ada="failed", Mara="done")
        admin_client.post(reverse("artists:retry_bulk", args=[bulk.job_id]))
        assert BulkJob.objects.get(retry_of=bulk).job.params["ids"] == [str(bulk.items.get(status="failed").artist_id)]

    def test_has_a_report_of_everybody_to_print(self, admin_client: Client) -> None:
        bulk = ended(**{f"Act {number}": "done" for number in range(60)})
        page = admin_client.get(reverse("artists:bulk_report", args=[bulk.job_id])).content.decode()
        assert page.count("because") == 60

    def test_costs_the_same_however_many_artists(self, admin_client: Client) -> None:
        def queries(bulk: BulkJob) -> int:
            with CaptureQueriesContext(connection) as asked:
                admin_client.get(reverse("artists:bulk_run", args=[bulk.job_id]))
            return len(asked)

        few, many = ended(Ada="done"), ended(**{f"Act {number}": "done" for number in range(40)})
        queries(few)
        assert queries(few) == queries(many)

    def test_is_where_stopping_it_leads_back_to(self, admin_client: Client) -> None:
        bulk = start_bulk("fetch_metadata")
        answer = admin_client.post(reverse("stillwater:cancel_job", args=[bulk.job_id]))
        assert answer.headers["Location"] == reverse("artists:bulk_run", args=[bulk.job_id])

    def test_goes_on_with_the_same_run_when_a_stopped_job_is_tried_again(self, admin_client: Client) -> None:
        make_artist("Mara Field")
        bulk = start_bulk("fetch_metadata")
        jobs.cancel(bulk.job_id)
        admin_client.post(reverse("stillwater:repeat_job", args=[bulk.job_id]))
        again = Job.objects.latest("pk")
        jobs.run(again.pk)
        bulk.refresh_from_db()
        assert (bulk.job_id, bulk.items.get().status) == (again.pk, "queued")
        assert admin_client.get(reverse("artists:bulk_run", args=[again.pk])).status_code == 200

    def test_is_where_the_list_of_jobs_leads(self, admin_client: Client) -> None:
        bulk = ended(Ada="done")
        page = admin_client.get(reverse("stillwater:jobs")).content.decode()
        assert reverse("artists:bulk_run", args=[bulk.job_id]) in page

"""The activity: every change with who, what and why; one line per run; and the way back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from artists.models import Artist, FileSnapshot, Operation
from artists.queries import activity as queries
from artists.services.editing import set_field
from artists.services.facts import derive
from artists.services.operations import operation
from artists.views import activity
from artists.views.operation_line import file_words
from stillwater.models import Job, User
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def change(artist: Artist, key: str = "origin", value: object = "Leipzig", **values: Any) -> Operation:
    with operation(artist, **{"summary": "Changed it", **values}) as made:
        made.set(key, value)
    assert made.operation is not None
    return made.operation


def lines(client: Client, **query: str) -> list[Any]:
    return list(client.get("/activity", query).context["lines"])


class TestList:
    def test_a_change_tells_who_what_and_the_values_before_and_after(
        self, admin_client: Client, administrator: User
    ) -> None:
        set_field(make_artist(origin="Halle"), "origin", "Leipzig", actor=administrator)
        page = admin_client.get("/activity").content.decode()
        for part in ("Mara Field", "Maria", "by hand", "<del>Halle</del>", "<ins>Leipzig</ins>"):
            assert part in page

    def test_a_run_is_one_line(self, admin_client: Client) -> None:
        group = uuid4()
        for name in ("Mara Field", "Coastal Orbits", "Quill Larkka"):
            change(make_artist(name), source="rule:origin", group=group)
        alone = change(make_artist("Autumn Parades"))
        shown = lines(admin_client)
        assert [(line.operation.pk == alone.pk, line.size.operations) for line in shown] == [(True, 1), (False, 3)]

    def test_a_run_tells_artists_apart_from_what_was_done_to_them(self, admin_client: Client) -> None:
        group, artist = uuid4(), make_artist("Mara Field")
        set_field(artist, "origin", "Leipzig", group=group)
        set_field(artist, "formed", "1994", group=group)
        (line,) = lines(admin_client)
        assert (line.about, line.summary) == ("Mara Field", "Changed formed, and more")
        change(make_artist("Coastal Orbits"), group=group)
        (line,) = lines(admin_client)
        assert line.about == "2 artists"

    def test_a_very_long_run_tells_how_much_it_did(self, admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(queries, "MOST_LOOKED_AT", 2)
        group = uuid4()
        for name in ("Mara Field", "Coastal Orbits", "Quill Larkka"):
            change(make_artist(name), group=group)
        (line,) = lines(admin_client)
        assert line.about == "3 changes"

    def test_an_album_that_moved_is_not_called_renamed(self) -> None:
        moved = FileSnapshot(path="/music/Gentle Kites/Islands", moved_to="/music/Lumi Brackka/Islands", existed=True)
        renamed = FileSnapshot(path="/music/Gentle Kites", moved_to="/music/Kites", existed=True)
        assert [file_words(each) for each in (moved, renamed)] == [
            "Islands moved to Lumi Brackka",
            "Gentle Kites renamed to Kites",
        ]

    def test_a_run_opens_to_its_operations(self, admin_client: Client) -> None:
        group = uuid4()
        for name in ("Mara Field", "Coastal Orbits"):
            change(make_artist(name), group=group)
        change(make_artist("Autumn Parades"))
        assert len(lines(admin_client, run=str(group))) == 2

    def test_more_changes_cost_no_more_queries(
        self, admin_client: Client, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        for number in range(12):
            change(make_artist(f"Artist {number}"), group=uuid4())
        with django_assert_max_num_queries(10):
            admin_client.get("/activity", headers=HTMX)

    def test_older_ones_follow_on_the_next_page(self, admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(activity, "PER_PAGE", 2)
        made = [change(make_artist(f"Artist {number}")).pk for number in range(5)]
        seen: list[int] = []
        address = "/activity"
        while address:
            context = admin_client.get(address).context
            seen += [line.operation.pk for line in context["lines"]]
            address = f"/activity?before={context['older']}" if context["older"] else ""
        assert seen == made[::-1]

    def test_none_and_none_that_match_are_told_apart(self, admin_client: Client) -> None:
        assert "Nothing was changed yet" in admin_client.get("/activity").content.decode()
        assert "No change matches" in admin_client.get("/activity?field=born").content.decode()


class TestFilters:
    @pytest.fixture
    def born(self) -> Operation:
        artist = make_artist("Dušan Larkwick")
        derive(artist)
        artist.save()
        return change(artist, "born", "1961-04-02")

    @pytest.fixture
    def ruled(self) -> Operation:
        return change(make_artist("Coastal Orbits"), source="rule:origin_missing")

    @pytest.mark.parametrize("query", [{"field": "born"}, {"source": "manual"}, {"artist": "dusan"}])
    def test_each_narrows_the_list(
        self, admin_client: Client, born: Operation, ruled: Operation, query: dict[str, str]
    ) -> None:
        assert [line.operation for line in lines(admin_client, **query)] == [born]

    def test_a_kind_of_source_takes_all_its_names(
        self, admin_client: Client, born: Operation, ruled: Operation
    ) -> None:
        assert [line.operation for line in lines(admin_client, source="rule:*")] == [ruled]

    def test_dates_hold_both_ends(self, admin_client: Client, born: Operation) -> None:
        today = timezone.now().date()
        assert len(lines(admin_client, since=str(today), until=str(today))) == 1
        assert lines(admin_client, until=str(today - timedelta(days=1))) == []

    @pytest.mark.parametrize("query", ["since=yesterday", "run=7"])
    def test_what_cannot_be_read_is_told(self, admin_client: Client, query: str) -> None:
        answer = admin_client.get(f"/activity?{query}")
        assert answer.status_code == 422
        assert "cannot be read" in answer.content.decode()


class TestUndo:
    def test_an_operation_is_taken_back(self, admin_client: Client) -> None:
        artist = make_artist(origin="Halle")
        made = change(artist)
        answer = admin_client.post(f"/activity/{made.pk}/undo", headers=HTMX)
        assert answer.status_code == 204
        assert "activity:changed" in answer.headers["HX-Trigger"]
        artist.refresh_from_db()
        assert artist.origin == "Halle"
        assert "taken back" in admin_client.get("/activity").content.decode()

    def test_without_scripts_it_leads_back_to_the_list(self, admin_client: Client) -> None:
        made = change(make_artist())
        answer = admin_client.post(f"/activity/{made.pk}/undo", follow=True)
        assert answer.redirect_chain[-1][0] == "/activity"
        assert "is as it was before" in answer.content.decode()

    def test_a_value_that_was_changed_since_is_left_alone_with_the_reason(self, admin_client: Client) -> None:
        artist = make_artist()
        made = change(artist)
        change(artist, value="Dresden")
        answer = admin_client.post(f"/activity/{made.pk}/undo", headers=HTMX)
        assert answer.status_code == 409
        assert "changed since" in answer.headers["HX-Trigger"]
        artist.refresh_from_db()
        assert artist.origin == "Dresden"

    def test_a_run_is_taken_back_as_one(self, admin_client: Client) -> None:
        group, artists = uuid4(), [make_artist(name) for name in ("Mara Field", "Coastal Orbits")]
        for artist in artists:
            change(artist, group=group)
        answer = admin_client.post(f"/activity/runs/{group}/undo", headers=HTMX)
        assert "2 taken back" in answer.headers["HX-Trigger"]
        assert set(Artist.objects.values_list("origin", flat=True)) == {""}
        assert [(line.size.operations, line.can_undo) for line in lines(admin_client)] == [(2, False), (2, False)]

    def test_a_large_run_is_taken_back_in_the_background(
        self,
        admin_client: Client,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        monkeypatch.setattr(activity, "AT_ONCE", 1)
        group = uuid4()
        for name in ("Mara Field", "Coastal Orbits"):
            change(make_artist(name), group=group)
        with django_capture_on_commit_callbacks(execute=True):
            answer = admin_client.post(f"/activity/runs/{group}/undo", headers=HTMX)
        job = Job.objects.get()
        assert answer.headers["HX-Redirect"] == f"/jobs/{job.pk}"
        assert (job.state, job.result["message"]) == ("done", "2 taken back")

    def test_an_unknown_run_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.post(f"/activity/runs/{uuid4()}/undo", headers=HTMX).status_code == 404


class TestFeed:
    def test_it_shows_the_latest_runs(self, admin_client: Client) -> None:
        group = uuid4()
        for number in range(3):
            change(make_artist(f"Of the run {number}"), group=group)
        for number in range(12):
            change(make_artist(f"Artist {number}"))
        page = admin_client.get("/activity/feed", headers=HTMX)
        assert len(page.context["lines"]) == 10
        assert "<html" not in page.content.decode()

    def test_an_empty_one_says_so(self, admin_client: Client) -> None:
        assert "Nothing was changed yet" in admin_client.get("/activity/feed").content.decode()

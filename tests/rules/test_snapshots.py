"""The line of health over time: a point after each scan, one a day at least, none twice a minute."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from rules.models import HealthSnapshot
from rules.services.snapshots import record_daily_snapshot, record_snapshot
from stillwater.events import publish
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db


def test_a_scan_that_ends_leaves_a_point_for_all_and_for_each_library(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    library = make_library()
    make_artist(library=library)
    with django_capture_on_commit_callbacks(execute=True):
        publish("scan.completed", {"scan_id": "1"})
    assert list(HealthSnapshot.objects.order_by("library").values_list("library", flat=True)) == [None, library.pk]


def test_a_second_one_within_a_minute_is_not_stored() -> None:
    make_artist()
    assert record_snapshot()
    assert not record_snapshot()


def test_a_quiet_library_gets_one_a_day() -> None:
    make_artist()
    assert record_daily_snapshot()
    HealthSnapshot.objects.update(recorded_at=timezone.now() - timedelta(hours=23))
    assert not record_daily_snapshot()
    HealthSnapshot.objects.update(recorded_at=timezone.now() - timedelta(hours=25))
    assert record_daily_snapshot()


@pytest.mark.parametrize(("source", "evaluated"), [("provider:musicbrainz", True), ("scan", False)])
def test_many_artists_changed_at_once_are_checked_but_those_of_a_scan_only_once(
    source: str, evaluated: bool, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    artist = make_artist()
    with django_capture_on_commit_callbacks(execute=True):
        publish("artists.updated", {"artist_ids": [str(artist.pk)], "source": source})
    artist.refresh_from_db()
    assert (artist.health_evaluated_at is not None) is evaluated

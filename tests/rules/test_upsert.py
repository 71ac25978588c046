"""Findings are written together: as many as there are, each once, whatever their number leaves over."""

import pytest
from django.utils import timezone

from artists.models import Artist
from rules.findings import TOGETHER, Finding, resolve, stored_findings, upsert
from rules.models import Violation

pytestmark = pytest.mark.django_db


def _findings(count: int, message: str = "has no NFO file") -> list[Finding]:
    artists = Artist.objects.bulk_create(Artist(name=f"Artist {number}") for number in range(count))
    return [
        Finding("nfo_exists", artist.pk, artist.name, "error", 3, "nfo", message, True, "open") for artist in artists
    ]


@pytest.mark.parametrize("count", [0, 1, TOGETHER - 1, TOGETHER, 2 * TOGETHER + 1])
def test_any_number_is_written_whole(count: int) -> None:
    findings = _findings(count)
    upsert(findings, timezone.now())
    stored = stored_findings(finding.artist_id for finding in findings)
    assert [stored[finding.artist_id]["nfo_exists"] for finding in findings] == findings
    assert Violation.objects.count() == count


def test_written_again_the_rows_keep_their_keys_and_say_what_is_said_now() -> None:
    findings = _findings(TOGETHER + 1)
    upsert(findings, timezone.now())
    before = dict(Violation.objects.values_list("pk", "created_at"))
    resolve((finding.artist_id, "nfo_exists") for finding in findings)
    upsert([finding._replace(message="still has none") for finding in findings], timezone.now())
    rows = Violation.objects.all()
    assert {row.pk: row.created_at for row in rows} == before
    assert {(row.message, row.status, row.resolved_at, row.waiting) for row in rows} == {
        ("still has none", "open", None, True)
    }

"""Scanning leads to reading tags, and what they say leads to a finding."""

from pathlib import Path

import pytest

from artists.models import Artist
from artists.sample.audio import flac
from artists.tasks.scanning import start_scan
from artists.tasks.tagging import READ_TAGS
from rules.models import Violation
from stillwater.models import Job
from tests.builders import make_library

STORED = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
TAGGED = "0a1b2c3d-0000-4000-8000-000000000002"


@pytest.mark.django_db(transaction=True)
def test_after_a_scan_the_tags_are_read_and_a_contradicted_id_is_found(tmp_path: Path) -> None:
    album = tmp_path / "music" / "Mara Field" / "Tide"
    album.mkdir(parents=True)
    (album / "01.flac").write_bytes(flac({"albumartist": "Mara Field", "musicbrainz_albumartistid": TAGGED}))
    nfo = f"<artist><name>Mara Field</name><musicbrainzartistid>{STORED}</musicbrainzartistid></artist>"
    (album.parent / "artist.nfo").write_text(nfo)
    make_library(path=tmp_path / "music")
    start_scan(None)
    assert Job.objects.get(kind=READ_TAGS).state == "done"
    assert Artist.objects.get().tag_mbid == TAGGED
    assert Violation.objects.get(rule="mbid_contradicts_tags").status == "open"

"""A folder shared only with servers that Stillwater keeps quiet has one writer; whatever is not known is another."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from artists.models import Library
from connections.models import Connection, Look, SeenLibrary
from connections.services.ledger import renew
from connections.services.other_writers import other_writers
from rules.models import Violation
from rules.services.evaluation import evaluate
from rules.services.prospects import prospects
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Shared with two servers, both managed and seen to be quiet just now."""
    library = make_library("Music", tmp_path)
    for kind in ("emby", "jellyfin"):
        server = Connection.objects.create(
            name=kind.title(), type=kind, url=f"http://{kind}.lan", feature_manage_server_files=True
        )
        SeenLibrary.objects.create(connection=server, external_id="1", name="Music", locations=[str(tmp_path)])
        Look.objects.create(connection=server)
    library.shared_fs_status = "confirmed"
    library.shared_fs_evidence = [f"{name}: its library Music lies in {tmp_path}" for name in ("Emby", "Jellyfin")]
    library.save()
    return library


def told(library: Library) -> str:
    renew()
    library.refresh_from_db()
    return other_writers([library]).get(library.pk, "")


def test_with_every_server_kept_quiet_nobody_else_writes(library: Library) -> None:
    assert told(library) == ""


CHANGES: dict[str, Callable[[], object]] = {
    "Emby, which Stillwater does not manage": lambda: Connection.objects.filter(type="emby").update(
        feature_manage_server_files=False
    ),
    "Emby, whose connection is switched off": lambda: Connection.objects.filter(type="emby").update(enabled=False),
    "Emby, and nobody knows what it writes: it is away": lambda: Look.objects.filter(connection__type="emby").update(
        problem="it is away"
    ),
    "Emby, and nobody knows what it writes: it has not been looked at": lambda: Look.objects.filter(
        connection__type="emby"
    ).update(looked_at=timezone.now() - timedelta(hours=2)),
    "Emby, which writes pictures again": lambda: SeenLibrary.objects.filter(connection__type="emby").update(
        writes_images=True
    ),
    "Emby, and nobody knows what it writes: it has not been asked yet": lambda: Look.objects.filter(
        connection__type="emby"
    ).delete(),
    "another program": lambda: Connection.objects.filter(type="emby").delete(),
}


@pytest.mark.parametrize("why", CHANGES)
def test_what_is_loud_or_not_known_is_told(library: Library, why: str) -> None:
    CHANGES[why]()
    assert told(library).startswith(f"the folder is shared with {why}")


@pytest.mark.parametrize("evidence", [[], ["/music/Mara/folder.jpg was written by another program"]])
def test_a_writer_that_is_no_known_server_is_told(library: Library, evidence: list[str]) -> None:
    library.shared_fs_evidence = evidence
    library.save()
    assert told(library) == "the folder is shared with another program"


def test_fixes_follow_but_no_folder_is_renamed_there(library: Library) -> None:
    make_artist("Mara Field", library=library, path=f"{library.path}/Somebody", folder_fits=False, musicbrainz_id="")
    renew()
    evaluate(scope="all")

    def codes(rule: str) -> set[str]:
        return {one.code for one in prospects(Violation.objects.filter(rule=rule))}

    assert "shared" not in codes("nfo_exists")
    assert codes("directory_name_mismatch") == {"shared"}
    Connection.objects.update(feature_manage_server_files=False)
    renew()
    assert codes("nfo_exists") == {"shared"}

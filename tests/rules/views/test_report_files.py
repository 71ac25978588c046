"""Files that automation wrote, replaced, renamed or removed: listed, counted, downloaded and put back."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from artists.models import Artist, Operation
from artists.services.operations import operation
from artists.services.renaming import rename_directory
from artists.services.writeback import create_nfo
from rules.services.evaluation import evaluate
from rules.services.fixing_many import fix_automatic
from tests.builders import make_artist, make_library
from tests.rules.findings import finding_of

pytestmark = pytest.mark.django_db
PAGE = "rules:report_files"


@pytest.fixture
def mara(tmp_path: Path) -> Artist:
    """Two strays and no artist.nfo in the folder."""
    folder = tmp_path / "music" / "Mara"
    folder.mkdir(parents=True)
    for name in ("stray.jpg", "other.jpg"):
        (folder / name).write_bytes(b"somebody's")
    return make_artist("Mara Field", library=make_library(path=folder.parent), path=str(folder))


def remove(artist: Artist, *names: str, source: str = "rule:extraneous_images") -> Operation:
    with operation(artist, source=source, summary="Removed strays") as change:
        for name in names:
            change.remove_file(Path(artist.path) / name)
    assert change.operation is not None
    return change.operation


def text_of(client: Client, **query: Any) -> str:
    return client.get(reverse(PAGE), query).content.decode()


def table(client: Client, **query: Any) -> list[list[str]]:
    answer = client.get(reverse(PAGE), {"format": "csv", **query})
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(text)))


def test_what_a_rule_did_to_files_is_listed_by_deed(admin_client: Client, mara: Artist) -> None:
    create_nfo(mara, source="rule:nfo_exists")
    remove(mara, "stray.jpg", "other.jpg")
    rename_directory(mara, "Mara Field", source="rule:directory_name_mismatch")
    rows = {Path(row[2]).name: (row[3], Path(row[4]).name) for row in table(admin_client)[1:]}
    assert rows == {
        "artist.nfo": ("written", ""),
        "stray.jpg": ("removed", ""),
        "other.jpg": ("removed", ""),
        "Mara": ("renamed", "Mara Field"),
    }
    text = text_of(admin_client)
    assert "Removed: <strong>2</strong>" in text
    assert "Renamed to Mara Field" in text
    assert text.count("Put back</button>") == 4


def test_the_newest_comes_first(admin_client: Client, mara: Artist) -> None:
    for name in ("stray.jpg", "other.jpg"):
        remove(mara, name)
    assert [Path(row[2]).name for row in table(admin_client)[1:]] == ["other.jpg", "stray.jpg"]


def test_what_a_person_did_is_not(admin_client: Client, mara: Artist) -> None:
    remove(mara, "stray.jpg", source="manual")
    assert "No file was changed alone" in text_of(admin_client)


def test_it_can_be_narrowed(admin_client: Client, mara: Artist) -> None:
    create_nfo(mara, source="rule:nfo_exists")
    remove(mara, "stray.jpg", source="provider:fanarttv")
    narrowed = [{"kind": "removed"}, {"sort": "picture"}, {"source": "provider"}]
    assert [[Path(row[2]).name for row in table(admin_client, **each)[1:]] for each in narrowed] == [["stray.jpg"]] * 3
    assert [Path(row[2]).name for row in table(admin_client, sort="nfo")[1:]] == ["artist.nfo"]


def test_a_press_puts_the_file_back_and_opens_the_finding(admin_client: Client, mara: Artist) -> None:
    evaluate()
    assert fix_automatic(["nfo_exists"]).fixed == 1
    url = reverse("rules:put_files_back", args=[Operation.objects.get().pk])
    response = admin_client.post(url, {"query": "sort=nfo"}, follow=True)
    assert response.redirect_chain == [(f"{reverse(PAGE)}?sort=nfo", 302)]
    assert not (Path(mara.path) / "artist.nfo").exists()
    assert "taken back" in response.content.decode()
    assert finding_of("nfo_exists").is_active


def test_what_was_changed_since_stays_and_the_page_says_why(admin_client: Client, mara: Artist) -> None:
    made = remove(mara, "stray.jpg")
    (Path(mara.path) / "stray.jpg").write_bytes(b"another one")
    text = admin_client.post(reverse("rules:put_files_back", args=[made.pk]), follow=True).content.decode()
    assert "has been changed since" in text
    assert (Path(mara.path) / "stray.jpg").read_bytes() == b"another one"


def test_what_is_too_old_is_not_offered(admin_client: Client, mara: Artist) -> None:
    remove(mara, "stray.jpg")
    Operation.objects.update(created_at=timezone.now() - timedelta(days=60))
    assert "too old to take back" in text_of(admin_client)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    admin_client: Client, mara: Artist, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        (Path(mara.path) / f"{number}.jpg").write_bytes(b"x")
        remove(mara, f"{number}.jpg")
    with django_assert_max_num_queries(18):
        text_of(admin_client)


def test_an_odd_address_opens_all_the_same(admin_client: Client) -> None:
    odd = {"page": "-4", "days": "x", "kind": "y", "sort": "z", "source": "?"}
    assert admin_client.get(reverse(PAGE), odd).status_code == 200

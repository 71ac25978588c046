"""Pictures of other programs over REST: what the contract says, and who may."""

import pytest
from django.test import Client

from artists.models import AllowedFile, Artist, ForeignFile
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
HEADERS = {"HX-Request": "true"}


@pytest.fixture
def file() -> ForeignFile:
    return foreign(make_artist("Mara Field", path="/music/Mara Field"))


def foreign(artist: Artist, name: str = "logo.png", content: str = "ab" * 32) -> ForeignFile:
    return ForeignFile.objects.create(artist=artist, file_name=name, content_hash=content, size_bytes=77)


def token(client: Client) -> dict[str, str]:
    client.get(f"{BASE}/health")
    return {"X-CSRF-Token": client.cookies["csrf_token"].value}


def test_the_list_has_every_field_of_the_contract(admin_client: Client, file: ForeignFile) -> None:
    body = admin_client.get(f"{BASE}/foreign-files").json()
    assert body["count"] == 1
    item = body["items"][0]
    assert item.pop("detected_at")
    assert item == {
        "id": str(file.pk),
        "artist_id": str(file.artist_id),
        "artist_name": "Mara Field",
        "file_path": "/music/Mara Field/logo.png",
        "file_name": "logo.png",
        "content_hash": "ab" * 32,
        "size_bytes": 77,
        "replaced": False,
    }


def test_one_is_allowed_with_its_artist(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.post(f"{BASE}/foreign-files/{file.pk}/allowlist", headers=token(admin_client))
    assert answer.json() == {"status": "allowed"}
    entry = admin_client.get(f"{BASE}/foreign-file-allowlist").json()["items"][0]
    assert (entry["scope"], entry["artist_name"]) == ("artist", "Mara Field")


def test_one_is_allowed_everywhere_with_a_note(admin_client: Client, file: ForeignFile) -> None:
    address = f"{BASE}/foreign-files/{file.pk}/allowlist?scope=global&note=from+Emby"
    admin_client.post(address, headers=token(admin_client))
    entry = admin_client.get(f"{BASE}/foreign-file-allowlist").json()["items"][0]
    assert (entry["scope"], entry["note"]) == ("global", "from Emby")
    assert "artist_id" not in entry


def test_all_are_dismissed_and_the_answer_is_the_list(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.post(f"{BASE}/foreign-files/dismiss", headers=token(admin_client))
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Nothing foreign" in answer.content.decode()
    assert not ForeignFile.objects.exists()


def test_an_entry_is_taken_off_the_list(admin_client: Client, file: ForeignFile) -> None:
    entry = AllowedFile.objects.create(file_name="logo.png", content_hash="cd" * 32)
    address = f"{BASE}/foreign-file-allowlist/{entry.pk}"
    assert admin_client.delete(address, headers=token(admin_client)).json() == {"status": "removed"}
    assert admin_client.delete(address, headers=token(admin_client)).status_code == 404


def test_a_file_that_is_gone_counts_as_deleted(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.delete(f"{BASE}/foreign-files/{file.pk}/file", headers=token(admin_client))
    assert answer.json() == {"status": "deleted"}
    assert not ForeignFile.objects.exists()


def test_htmx_gets_the_list_anew(admin_client: Client, file: ForeignFile) -> None:
    headers = {**token(admin_client), **HEADERS}
    text = admin_client.post(f"{BASE}/foreign-files/{file.pk}/allowlist", headers=headers).content.decode()
    assert 'id="foreign-files"' in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "foreign-files"),
        ("post", "foreign-files/dismiss"),
        ("post", "foreign-files/1/allowlist"),
        ("delete", "foreign-files/1/file"),
        ("get", "foreign-file-allowlist"),
        ("delete", "foreign-file-allowlist/1"),
    ],
)
def test_it_is_for_administrators(operator_client: Client, method: str, path: str) -> None:
    answer = getattr(operator_client, method)(f"{BASE}/{path}", headers=token(operator_client))
    assert answer.status_code == 403


@pytest.mark.parametrize("key", ["0", "9" * 30, "x"])
def test_an_unknown_file_is_not_found(admin_client: Client, key: str) -> None:
    assert admin_client.delete(f"{BASE}/foreign-files/{key}/file", headers=token(admin_client)).status_code == 404

"""Libraries and the scanner over REST: everybody reads, administrators change, one scan at a time."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from artists.models import Artist, Library
from stillwater.models import Job
from tests.artists.services.music import artist_folder
from tests.builders import make_artist, make_library

URL = "/api/v1/libraries"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    root.mkdir()
    return root


def send(client: Client, method: str, url: str, body: Any = None) -> Any:
    """With the token that a browser would hand back."""
    token = client.get("/api/v1/health").cookies.get("csrf_token") or client.cookies.get("csrf_token")
    headers = {"X-CSRF-Token": token.value if token else ""}
    return client.generic(method, url, data=json.dumps(body or {}), content_type="application/json", headers=headers)


class TestReading:
    def test_an_operator_sees_the_libraries(self, operator_client: Client, root: Path) -> None:
        library = make_library(path=root, shared_fs_evidence=["a"])
        (found,) = operator_client.get(URL).json()
        assert (found["id"], found["path"], found["shared_fs_evidence"]) == (str(library.pk), str(root), '["a"]')
        assert (found["connection_id"], found["fs_watch"], found["fs_poll_interval"]) == ("", 0, 60)

    def test_one_library_comes_with_the_number_of_its_artists(self, operator_client: Client) -> None:
        library = make_library()
        make_artist(library=library)
        answer = operator_client.get(f"{URL}/{library.pk}").json()
        assert (answer["library"]["name"], answer["artist_count"]) == ("Music", 1)

    @pytest.mark.parametrize("key", ["99", "nonsense", "1e3"])
    def test_an_unknown_library_is_not_found(self, operator_client: Client, key: str) -> None:
        answer = operator_client.get(f"{URL}/{key}")
        assert (answer.status_code, answer.json()) == (404, {"error": "library not found"})

    def test_strangers_see_nothing(self, db: None, client: Client) -> None:
        assert client.get(URL).status_code == 401

    def test_a_library_in_which_nothing_ever_happened_is_idle(self, operator_client: Client) -> None:
        library = make_library()
        answer = operator_client.get(f"{URL}/{library.pk}/operation/status").json()
        assert (answer["library_name"], answer["status"], "started_at" in answer) == ("Music", "idle", False)


class TestChanging:
    def test_an_administrator_adds_a_library(self, admin_client: Client, root: Path) -> None:
        answer = send(admin_client, "POST", URL, {"name": "Mine", "path": str(root)})
        assert answer.status_code == 201
        assert (answer.json()["name"], answer.json()["type"]) == ("Mine", "regular")

    @pytest.mark.parametrize(
        ("body", "status", "error"),
        [
            ({"name": "Mine", "path": "/no/such"}, 400, "path does not exist"),
            ({"name": " "}, 400, "name is required"),
            ({"path": "/tmp"}, 400, None),
            ({"name": "Mine", "type": "jazz"}, 400, None),
            ({"name": "Music"}, 409, "a library with this name already exists"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, admin_client: Client, body: dict[str, str], status: int, error: str | None
    ) -> None:
        make_library()
        answer = send(admin_client, "POST", URL, body)
        assert answer.status_code == status
        assert error is None or answer.json()["error"] == error

    def test_fields_that_are_not_sent_stay(self, admin_client: Client, root: Path) -> None:
        library = make_library(path=root, fs_watch=3, nfo_lock_data=True)
        answer = send(admin_client, "PUT", f"{URL}/{library.pk}", {"name": "Renamed"})
        assert answer.status_code == 200
        assert (answer.json()["name"], answer.json()["fs_watch"], answer.json()["nfo_lock_data"]) == (
            "Renamed",
            3,
            True,
        )

    def test_deleting_takes_artists_along_when_asked(self, admin_client: Client) -> None:
        library = make_library()
        make_artist(library=library)
        answer = send(admin_client, "DELETE", f"{URL}/{library.pk}?deleteArtists=true")
        assert (answer.status_code, answer.json()) == (200, {"status": "deleted", "deleted_artists": 1})
        assert not Artist.objects.exists()

    @pytest.mark.parametrize(
        ("method", "tail"), [("POST", ""), ("PUT", "/1"), ("DELETE", "/1"), ("POST", "/1/confirm-removals")]
    )
    def test_an_operator_changes_nothing(self, operator_client: Client, method: str, tail: str) -> None:
        make_library(pk=1)
        answer = send(operator_client, method, URL + tail, {"name": "Mine"})
        assert answer.status_code == 403
        assert Library.objects.get().name == "Music"


@pytest.mark.django_db(transaction=True)
class TestScanner:
    def test_before_the_first_scan_it_is_idle(self, operator_client: Client) -> None:
        assert operator_client.get("/api/v1/scanner/status").json()["status"] == "idle"

    def test_a_scan_is_accepted_and_its_outcome_can_be_read(self, operator_client: Client, root: Path) -> None:
        library = make_library(path=root)
        artist_folder(root, "Mara Field")
        assert send(operator_client, "POST", "/api/v1/scanner/run").status_code == 202
        status = operator_client.get("/api/v1/scanner/status").json()
        assert (status["status"], status["new_artists"], status["total_directories"]) == ("completed", 1, 1)
        assert status["completed_at"] is not None
        operation = operator_client.get(f"{URL}/{library.pk}/operation/status").json()
        assert (operation["operation"], operation["status"]) == ("scan", "completed")
        assert Job.objects.get(kind="fingerprint").state == "done"

    def test_without_a_folder_the_scan_fails_and_says_so(self, operator_client: Client) -> None:
        send(operator_client, "POST", "/api/v1/scanner/run")
        status = operator_client.get("/api/v1/scanner/status").json()
        assert (status["status"], status["error"]) == ("failed", "no library has a folder")

    def test_a_second_scan_is_refused_while_one_runs(self, operator_client: Client) -> None:
        Job.objects.create(kind="scan", key="scan", state="running", done=3, total=10)
        answer = send(operator_client, "POST", "/api/v1/scanner/run")
        assert (answer.status_code, answer.json()) == (409, {"error": "a scan is already running"})
        status = operator_client.get("/api/v1/scanner/status").json()
        assert (status["status"], status["processed"], status["total"]) == ("running", 3, 10)

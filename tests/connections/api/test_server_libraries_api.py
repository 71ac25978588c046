"""Discovery and import over REST."""

import pytest
from django.test import Client

from artists.models import Artist, Library
from connections.models import Connection
from stillwater import jobs
from tests.artists.api.test_libraries_api import send
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(servers: House) -> str:
    return f"/api/v1/connections/{connect(servers, 'emby').pk}/libraries"


def test_from_discovery_to_artists(admin_client: Client, url: str) -> None:
    assert admin_client.get(url).json() == [{"external_id": "4", "name": "Music", "imported": False}]
    body = {"libraries": [{"external_id": "4", "name": "Emby music"}]}
    made = send(admin_client, "POST", f"{url}/import", body)
    assert (made.status_code, made.json()[0]["name"], made.json()[0]["source"]) == (201, "Emby music", "emby")
    assert admin_client.get(url).json()[0]["imported"] is True
    assert Artist.objects.count() == 2
    status = admin_client.get(f"/api/v1/libraries/{made.json()[0]['id']}/operation/status").json()
    assert (status["operation"], status["status"]) == ("populate", "completed")


def test_populate_and_scan_answer_with_the_operation(admin_client: Client, url: str, servers: House) -> None:
    send(admin_client, "POST", f"{url}/import", {"libraries": [{"external_id": "4", "name": ""}]})
    library = Library.objects.get()
    for word in ("populate", "scan"):
        answer = send(admin_client, "POST", f"{url}/{library.pk}/{word}")
        assert (answer.status_code, answer.json()["operation"]) == (202, word)
    assert servers.emby.shelf.scans == 1


def test_a_second_operation_has_to_wait(admin_client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send(admin_client, "POST", f"{url}/import", {"libraries": [{"external_id": "4", "name": ""}]})
    monkeypatch.setattr(jobs, "run", lambda job_id: None)
    library = Library.objects.get()
    assert send(admin_client, "POST", f"{url}/{library.pk}/populate").status_code == 202
    assert send(admin_client, "POST", f"{url}/{library.pk}/scan").status_code == 409


def test_refusals(admin_client: Client, url: str, servers: House) -> None:
    assert send(admin_client, "POST", f"{url}/import", {"libraries": []}).status_code == 400
    assert send(admin_client, "POST", f"{url}/99/populate").status_code == 404
    Connection.objects.update(status="error")
    assert admin_client.get(url).status_code == 409
    Connection.objects.update(status="ok")
    servers.emby.fault = "500"
    assert admin_client.get(url).status_code == 502

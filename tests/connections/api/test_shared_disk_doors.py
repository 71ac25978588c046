"""Shared files over REST and on their page: administrators look, look again and hide it."""

from pathlib import Path

import pytest
from django.test import Client

from artists.models import Library
from connections.models import Connection, SeenLibrary
from connections.services.ledger import renew
from tests.builders import make_library

pytestmark = pytest.mark.django_db

URL, PAGE = "/api/v1/shared-filesystem", "/settings/servers/shared"


@pytest.fixture
def shared(tmp_path: Path) -> Library:
    jellyfin = Connection.objects.create(name="Attic", type="jellyfin", url="http://127.0.0.1:1")
    SeenLibrary.objects.create(connection=jellyfin, external_id="a", name="Music", fetchers=None)
    SeenLibrary.objects.create(connection=jellyfin, external_id="b", name="Quiet", fetchers=[])
    evidence = ["Attic: its library Music lies in /media/music"]
    return make_library("Mine", tmp_path, shared_fs_status="confirmed", shared_fs_evidence=evidence)


def test_the_status_says_what_is_shared_with_whom(admin_client: Client, shared: Library) -> None:
    answer = admin_client.get(f"{URL}/status").json()
    (library,) = answer["libraries"]
    assert (answer["has_overlaps"], answer["dismissed"], library["library_id"]) == (True, False, str(shared.pk))
    assert library["overlap_with"] == "Attic: its library Music lies in /media/music"
    (warning,) = answer["image_fetcher_warnings"]
    assert (warning["platform"], warning["library_name"], warning["risk_level"]) == ("jellyfin", "Music", "critical")


def test_without_anything_it_is_empty(admin_client: Client) -> None:
    assert admin_client.get(f"{URL}/status").json() == {
        "has_overlaps": False, "libraries": [], "dismissed": False, "image_fetcher_warnings": [],
    }  # fmt: skip


def test_a_server_that_is_silent_is_named(admin_client: Client, shared: Library) -> None:
    token = admin_client.get(PAGE).cookies["csrf_token"].value
    answer = admin_client.post(f"{URL}/recheck", headers={"X-CSRF-Token": token}).json()
    assert (answer["shared_libraries"], list(answer["silent"])) == (1, ["Attic"])


def test_the_page_shows_why_and_hides_it_when_asked(admin_client: Client, shared: Library) -> None:
    page = admin_client.get(PAGE).content.decode()
    assert "its library Music lies in /media/music" in page
    assert "as it does by default" in page
    assert "I know, hide it" in page
    assert "See which" in admin_client.get("/settings/servers").content.decode()
    admin_client.post(f"{PAGE}/dismiss")
    assert "I know, hide it" not in admin_client.get(PAGE).content.decode()
    assert "See which" not in admin_client.get("/settings/servers").content.decode()


def test_looking_again_answers_with_the_fragment(admin_client: Client, shared: Library) -> None:
    response = admin_client.post(f"{PAGE}/recheck", headers={"HX-Request": "true"})
    assert 'id="shared-disk"' in response.content.decode()
    assert "No answer from Attic" in response.headers["HX-Trigger"]


def test_an_operator_is_refused(operator_client: Client, shared: Library) -> None:
    assert operator_client.get(f"{URL}/status").status_code == 403
    assert operator_client.get(PAGE).status_code == 403


def test_a_server_that_holds_writes_back_is_told_by_the_banner_alone(admin_client: Client, shared: Library) -> None:
    """Not once more in other words on the page of servers; the page of shared files has its line among the others."""
    renew()
    assert "See which" not in admin_client.get("/settings/servers").content.decode()
    page = admin_client.get(PAGE).content.decode()
    assert "Who writes there" in page
    assert "Nobody knows whether Attic writes NFO files and pictures too" in page

"""The page of a server's libraries."""

import pytest
from django.test import Client

from artists.models import Artist
from connections.models import PathMapping
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(servers: House) -> str:
    return f"/settings/servers/{connect(servers, 'emby').pk}/libraries"


def test_what_is_ticked_is_taken_over(admin_client: Client, page: str) -> None:
    assert 'value="4"' in admin_client.get(page).content.decode()
    shown = admin_client.post(page, {"library": "4"}, follow=True).content.decode()
    assert "taken over" in shown
    assert "2 new artists" in shown
    assert Artist.objects.count() == 2


def test_nothing_ticked_is_said(admin_client: Client, page: str) -> None:
    assert "Choose at least one library." in admin_client.post(page, {}, follow=True).content.decode()


def test_a_server_that_fails_is_told_on_the_page(admin_client: Client, page: str, servers: House) -> None:
    servers.emby.fault = "500"
    assert "is in trouble" in admin_client.get(page).content.decode()


def test_folders_are_typed_and_forgotten(admin_client: Client, page: str, tmp_path: object) -> None:
    wrong = {"server_path": "/media/music", "local_path": "/no/such/folder"}
    assert admin_client.post(f"{page}/folders", wrong).status_code == 422
    admin_client.post(f"{page}/folders", {**wrong, "local_path": str(tmp_path)})
    mapping = PathMapping.objects.get()
    assert "/media/music" in admin_client.get(page).content.decode()
    admin_client.post(f"{page}/folders/{mapping.pk}/forget")
    assert not PathMapping.objects.exists()

"""File names: which player counts, and names of one's own."""

import pytest
from django.test import Client

from artists.models import PlatformProfile

pytestmark = pytest.mark.django_db

NAMES = {"thumb": "cover.jpg\nfolder.jpg", "fanart": "fanart.jpg", "logo": "logo.png", "banner": "banner.jpg"}


def test_all_players_are_shown_with_their_names_and_the_one_in_use_first(admin_client: Client) -> None:
    page = admin_client.get("/settings/file-names")
    assert page.context["profiles"][0].pk == "kodi"
    assert "backdrop.jpg" in page.content.decode()


def test_another_player_can_be_used(admin_client: Client) -> None:
    admin_client.post("/settings/file-names/plex/use")
    assert PlatformProfile.objects.get(is_active=True).pk == "plex"


def test_the_custom_one_takes_names_line_by_line(admin_client: Client) -> None:
    answer = admin_client.post("/settings/file-names/custom", {"name": "Custom", "nfo_enabled": "on", **NAMES})
    assert answer.headers["Location"] == "/settings/file-names"
    assert PlatformProfile.objects.get(pk="custom").image_naming["thumb"] == ["cover.jpg", "folder.jpg"]


@pytest.mark.parametrize("bad", ["logo.jpg", "../logo.png", ".logo.png"])
def test_a_bad_name_is_refused_and_stays_typed(admin_client: Client, bad: str) -> None:
    answer = admin_client.post("/settings/file-names/custom", {"name": "Custom", **NAMES, "logo": bad})
    assert answer.status_code == 422
    assert bad in answer.content.decode()
    assert PlatformProfile.objects.get(pk="custom").image_naming["logo"] == ["logo.png"]


def test_a_player_s_own_names_stay(admin_client: Client) -> None:
    answer = admin_client.post("/settings/file-names/kodi", {"name": "Kodi", **NAMES})
    assert answer.status_code == 422
    assert "built-in profiles cannot be changed" in answer.content.decode().lower()


def test_a_new_one_begins_with_the_names_in_use(admin_client: Client) -> None:
    assert admin_client.get("/settings/file-names/new").context["form"]["thumb"].value() == "folder.jpg"
    admin_client.post("/settings/file-names/new", {"name": "Car", **NAMES})
    assert PlatformProfile.objects.get(name="Car").is_active is False


def test_one_s_own_can_be_removed_unless_it_is_in_use(admin_client: Client) -> None:
    admin_client.post("/settings/file-names/new", {"name": "Car", **NAMES})
    admin_client.post("/settings/file-names/car/use")
    assert admin_client.post("/settings/file-names/car/remove").status_code == 409
    admin_client.post("/settings/file-names/kodi/use")
    admin_client.post("/settings/file-names/car/remove")
    assert not PlatformProfile.objects.filter(pk="car").exists()


def test_an_unknown_one_is_not_found(admin_client: Client) -> None:
    assert admin_client.get("/settings/file-names/winamp").status_code == 404

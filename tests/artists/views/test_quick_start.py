"""Quick start: choose a folder, see what it would bring, start, and read the findings."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from artists.folders.guessing import guess_profile
from artists.models import Artist, Library, PlatformProfile
from tests.builders import make_library

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "Music"
    for name in ("Mara Field", "Coastal Orbits", "Various Artists"):
        (root / name).mkdir(parents=True)
    (root / "Mara Field" / "backdrop.jpg").write_bytes(b"")
    (root / "Coastal Orbits" / "backdrop2.jpg").write_bytes(b"")
    return root


class TestStart:
    def test_it_adds_the_library_scans_it_and_goes_to_the_dashboard(
        self,
        admin_client: Client,
        music: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            answer = admin_client.post("/start", {"path": str(music), "name": "", "profile": "jellyfin"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/start/servers")
        assert Library.objects.get().name == "Music"
        assert Library.objects.get().fs_watch == 1
        assert PlatformProfile.objects.get(is_active=True).pk == "jellyfin"
        assert Artist.objects.count() == 3

    @pytest.mark.parametrize(
        ("path", "reason"),
        [("", "required"), ("Music", "absolute"), ("/nowhere/at/all", "does not exist"), ("/music/../etc", "..")],
    )
    def test_a_bad_path_is_told_at_its_field_and_nothing_is_saved(
        self, admin_client: Client, path: str, reason: str
    ) -> None:
        answer = admin_client.post("/start", {"path": path, "profile": "plex"})
        assert answer.status_code == 422
        assert reason in answer.context["form"].errors["path"][0]
        assert f'value="{path}"' in answer.content.decode()
        assert not Library.objects.exists()
        assert PlatformProfile.objects.get(is_active=True).pk == "kodi"

    def test_a_file_is_no_folder(self, admin_client: Client, music: Path) -> None:
        answer = admin_client.post("/start", {"path": str(music / "Mara Field" / "backdrop.jpg")})
        assert "not a folder" in answer.context["form"].errors["path"][0]

    def test_an_overlapping_folder_names_the_library(self, admin_client: Client, music: Path) -> None:
        make_library("Old music", music)
        page = admin_client.post("/start", {"path": str(music / "Mara Field")}).content.decode()
        assert "inside the library Old music" in page

    def test_without_scripts_a_button_shows_what_the_folder_would_bring(
        self, admin_client: Client, music: Path
    ) -> None:
        answer = admin_client.post("/start", {"path": str(music), "look": "1"})
        assert answer.status_code == 200
        assert "3 artist folders, 1 looks like a compilation" in answer.content.decode()
        assert not Library.objects.exists()

    def test_operators_may_not(self, operator_client: Client) -> None:
        assert operator_client.get("/start").status_code == 403
        assert operator_client.get("/libraries/folders?path=/").status_code == 403
        assert operator_client.get("/libraries/preview?path=/").status_code == 403


class TestPreview:
    def test_it_counts_names_some_and_guesses_the_player(self, admin_client: Client, music: Path) -> None:
        page = admin_client.get("/libraries/preview", {"path": str(music), "profiles": "1"}, headers=HTMX)
        text = page.content.decode()
        assert "3 artist folders" in text
        assert "Coastal Orbits" in text
        assert 'value="jellyfin" checked' in text
        assert "2 of 3 folders" in text

    def test_a_folder_that_is_not_there_is_told(self, admin_client: Client) -> None:
        page = admin_client.get("/libraries/preview", {"path": "/nowhere/at/all"}, headers=HTMX)
        assert page.status_code == 200
        assert "does not exist" in page.content.decode()

    def test_nothing_typed_yet_is_no_problem(self, admin_client: Client) -> None:
        page = admin_client.get("/libraries/preview", {"path": "", "profiles": "1"}, headers=HTMX).content.decode()
        assert "status error" not in page
        assert 'value="kodi" checked' in page


class TestTree:
    def test_a_folder_opens_to_the_folders_inside(self, admin_client: Client, music: Path) -> None:
        page = admin_client.get("/libraries/folders", {"path": str(music)}, headers=HTMX).content.decode()
        assert f'data-path="{music}/Mara Field"' in page
        assert "backdrop.jpg" not in page

    def test_it_begins_with_the_allowed_roots(self, admin_client: Client, music: Path, settings: Settings) -> None:
        settings.STILLWATER_BROWSE_ROOTS = [str(music)]
        page = admin_client.get("/start").content.decode()
        assert f'data-path="{music}"' in page
        outside = admin_client.get("/libraries/folders", {"path": str(music.parent)}, headers=HTMX)
        assert "outside the folders" in outside.content.decode()


class TestGuess:
    def test_the_name_in_most_folders_decides(self) -> None:
        folders = [["fanart.jpg"], ["backdrop.jpg", "backdrop2.jpg", "backdrop3.jpg"], ["Fanart1.PNG"]]
        guess = guess_profile(folders)
        assert guess.profile_id == "kodi"
        assert guess.reason.startswith("2 of 3 folders")

    def test_without_a_telling_file_there_is_no_guess(self) -> None:
        assert guess_profile([["folder.jpg", "artist.nfo", "fanart.txt"], []]).profile_id == ""

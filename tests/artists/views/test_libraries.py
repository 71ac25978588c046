"""The libraries: everybody reads and scans, administrators add, change, answer a scan's question, and remove."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from artists.models import Artist, Library
from artists.services.scanner.removal import why_stop
from stillwater import jobs
from stillwater.models import Job, JobState
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
FORM = {"type": "regular", "fs_watch": "1", "fs_poll_interval": "300"}


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "Music"
    (root / "Mara Field").mkdir(parents=True)
    return root


@pytest.fixture
def library(music: Path) -> Library:
    return make_library("Music", music)


class TestList:
    def test_it_shows_what_each_holds(self, operator_client: Client, library: Library) -> None:
        make_artist(library=library)
        page = operator_client.get("/libraries").content.decode()
        assert "1 artist" in page
        assert library.path in page

    def test_without_one_an_administrator_is_led_to_choose_a_folder(self, admin_client: Client) -> None:
        assert 'href="/start"' in admin_client.get("/libraries").content.decode()

    def test_a_running_scan_shows_how_far_it_is(self, admin_client: Client, library: Library) -> None:
        Job.objects.create(kind="scan", key="scan", state=JobState.RUNNING, done=30, total=62)
        page = admin_client.get("/libraries", headers=HTMX).content.decode()
        assert 'max="62" value="30"' in page
        assert "scanning" in page

    def test_more_libraries_cost_no_more_queries(
        self, admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(2):
            make_library(f"Library {number}")
        admin_client.get("/libraries", headers=HTMX)
        with django_assert_num_queries(5):
            admin_client.get("/libraries", headers=HTMX)
        for number in range(2, 12):
            make_library(f"Library {number}")
        with django_assert_num_queries(5):
            admin_client.get("/libraries", headers=HTMX)


class TestAdd:
    def test_a_new_one_is_added_and_scanned(self, admin_client: Client, music: Path) -> None:
        answer = admin_client.post("/libraries/new", {**FORM, "name": "Home", "path": str(music)})
        assert answer.headers["Location"] == "/libraries"
        assert Library.objects.get().name == "Home"
        assert jobs.active("scan") is not None

    def test_a_taken_name_keeps_what_was_typed(self, admin_client: Client, library: Library, tmp_path: Path) -> None:
        (tmp_path / "Other").mkdir()
        answer = admin_client.post("/libraries/new", {**FORM, "name": "Music", "path": str(tmp_path / "Other")})
        assert answer.status_code == 422
        assert "already exists" in answer.content.decode()
        assert f'value="{tmp_path}/Other"' in answer.content.decode()

    def test_two_that_overlap_are_refused_by_name(self, admin_client: Client, library: Library, music: Path) -> None:
        answer = admin_client.post("/libraries/new", {**FORM, "name": "Part", "path": str(music / "Mara Field")})
        assert "inside the library Music" in answer.content.decode()
        assert Library.objects.count() == 1


class TestChange:
    def test_it_is_saved(self, admin_client: Client, library: Library) -> None:
        changed = {**FORM, "name": "Attic", "path": library.path, "fs_watch": "2", "nfo_lock_data": "on"}
        assert admin_client.post(f"/libraries/{library.pk}", changed).headers["Location"] == "/libraries"
        library.refresh_from_db()
        assert (library.name, library.fs_watch, library.nfo_lock_data) == ("Attic", 2, True)

    def test_a_bad_path_changes_nothing(self, admin_client: Client, library: Library) -> None:
        answer = admin_client.post(f"/libraries/{library.pk}", {**FORM, "name": "Attic", "path": "/nowhere/at/all"})
        assert answer.status_code == 422
        library.refresh_from_db()
        assert library.name == "Music"


class TestQuestion:
    """A scan stopped because too much had vanished."""

    @pytest.fixture
    def asking(self, library: Library) -> Library:
        library.scan_problem = why_stop(known=2, vanished=1, listed=1, other_device=False)
        library.save()
        make_artist("Mara Field", library=library, path=f"{library.path}/Mara Field")
        make_artist("Gone Ones", library=library, path=f"{library.path}/Gone Ones")
        return library

    def test_it_is_asked_with_both_answers(self, admin_client: Client, asking: Library) -> None:
        page = admin_client.get("/libraries").content.decode()
        assert "1 of 2 artist folders are gone" in page
        assert "Keep everything" in page
        assert "They are really gone" in page

    def test_really_gone_takes_the_vanished_ones_out(self, admin_client: Client, asking: Library) -> None:
        answer = admin_client.post(f"/libraries/{asking.pk}/gone", headers=HTMX)
        assert "1 artists left the library." in answer.headers["HX-Trigger"]
        assert [artist.name for artist in Artist.objects.all()] == ["Mara Field"]

    def test_keeping_everything_asks_no_more_until_the_next_scan(self, admin_client: Client, asking: Library) -> None:
        admin_client.post(f"/libraries/{asking.pk}/keep", headers=HTMX)
        asking.refresh_from_db()
        assert asking.scan_problem == ""
        assert Artist.objects.count() == 2

    def test_an_unreadable_root_takes_nobody_out(self, admin_client: Client, asking: Library, music: Path) -> None:
        music.rename(music.with_name("unmounted"))
        answer = admin_client.post(f"/libraries/{asking.pk}/gone", follow=True)
        assert "cannot be read" in answer.content.decode()
        assert Artist.objects.count() == 2


class TestRemove:
    def test_its_artists_stay_known_without_the_tick(self, admin_client: Client, library: Library) -> None:
        make_artist(library=library)
        admin_client.post(f"/libraries/{library.pk}/remove")
        assert not Library.objects.exists()
        assert Artist.objects.count() == 1

    def test_with_the_tick_they_go_and_the_files_stay(
        self, admin_client: Client, library: Library, music: Path
    ) -> None:
        make_artist(library=library)
        admin_client.post(f"/libraries/{library.pk}/remove", {"delete_artists": "1"})
        assert not Artist.objects.exists()
        assert (music / "Mara Field").is_dir()


@pytest.mark.parametrize("path", ["/libraries/new", "/libraries/{pk}"])
def test_operators_may_not_open_the_forms(operator_client: Client, library: Library, path: str) -> None:
    assert operator_client.get(path.format(pk=library.pk)).status_code == 403


@pytest.mark.parametrize("verb", ["remove", "gone", "keep"])
def test_operators_may_not_change_a_library(operator_client: Client, library: Library, verb: str) -> None:
    assert operator_client.post(f"/libraries/{library.pk}/{verb}").status_code == 403
    assert Library.objects.exists()


def test_operators_may_scan(operator_client: Client, library: Library) -> None:
    operator_client.post(f"/libraries/{library.pk}/scan")
    job = jobs.active("scan")
    assert job is not None
    assert job.params == {"library_id": library.pk}


def test_a_second_scan_is_not_started(operator_client: Client, library: Library) -> None:
    operator_client.post("/libraries/scan")
    answer = operator_client.post("/libraries/scan", headers=HTMX)
    assert "already" in answer.headers["HX-Trigger"]
    assert Job.objects.count() == 1

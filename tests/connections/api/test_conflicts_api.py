"""Who else writes our files over REST, above every page, and in the answer to a write that is held back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from artists.models import Artist, Library
from connections.demo.houses import ROOT, leave_folders_alone
from connections.models import Connection, PathMapping
from connections.services.ledger import refresh, renew
from connections.services.onboarding import SEEN
from stillwater.services.options import option
from tests.artists.views.workbench import jpeg
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    (tmp_path / "music" / "Mara Field").mkdir(parents=True)
    library = make_library("Mine", tmp_path / "music")
    return make_artist("Mara Field", library=library, path=f"{library.path}/Mara Field")


@pytest.fixture
def writer(servers: House, artist: Artist) -> Connection:
    """A Jellyfin that writes into the folders of our library."""
    connection = connect(servers, "jellyfin")
    PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=Library.objects.get().path)
    renew()
    return connection


def csrf(client: Client) -> dict[str, str]:
    return {"X-CSRF-Token": client.get("/").cookies["csrf_token"].value}


class TestLedger:
    def test_it_tells_of_every_server(self, admin_client: Client, writer: Connection) -> None:
        body = admin_client.get(f"{API}/conflicts").json()
        (row,) = body["connections"]
        assert (row["connection_id"], row["name"], row["type"]) == (str(writer.pk), "The jellyfin", "jellyfin")
        assert (row["nfo_writeback"], row["image_writeback"], row["manage_server_files"]) == (True, True, False)
        assert (row["library_name"], row["paths"], row["check_err"]) == ("Music", [ROOT], "")
        assert (body["round_trips"], body["foreign_files"]) == ([], {"count": 0})

    def test_reading_it_asks_nobody_unless_told(self, admin_client: Client, servers: House, writer: Connection) -> None:
        leave_folders_alone(servers.jellyfin)
        servers.exchanges.clear()
        assert admin_client.get(f"{API}/conflicts").json()["connections"][0]["nfo_writeback"]
        assert servers.exchanges == []
        assert not admin_client.get(f"{API}/conflicts?refresh=1").json()["connections"][0]["nfo_writeback"]

    def test_a_server_that_fails_is_told_with_the_reason(
        self, admin_client: Client, servers: House, writer: Connection
    ) -> None:
        servers.jellyfin.fault = "500"
        (row,) = admin_client.get(f"{API}/conflicts?refresh=1").json()["connections"]
        assert row["check_err"]


class TestBanner:
    def test_where_all_is_well_there_is_none(self, admin_client: Client) -> None:
        assert admin_client.get(f"{API}/config/conflict-banner").status_code == 204
        answer = admin_client.get(f"{API}/config/conflict-banner", headers={"HX-Request": "true"})
        assert 'id="conflict-banner"' in answer.content.decode()
        assert "Check again" not in answer.content.decode()

    def test_it_says_who_writes_what_where_and_what_to_press(self, admin_client: Client, writer: Connection) -> None:
        text = admin_client.get(f"{API}/config/conflict-banner").content.decode()
        assert "The jellyfin writes NFO files and pictures into Music (/media/music)." in text
        assert "Let Stillwater manage The jellyfin" in text
        assert "Check again" in text

    @pytest.mark.parametrize("page", ["/", "/artists", "/settings/servers", "/jobs"])
    def test_it_stands_above_every_page(self, admin_client: Client, writer: Connection, page: str) -> None:
        assert "The jellyfin writes NFO files and pictures" in admin_client.get(page).content.decode()

    def test_an_operator_reads_what_an_administrator_can_do(self, operator_client: Client, writer: Connection) -> None:
        text = operator_client.get("/").content.decode()
        assert "An administrator can let Stillwater manage the files of The jellyfin" in text
        assert ">Hide<" not in text

    def test_somebody_who_is_not_signed_in_reads_nothing(self, client: Client, writer: Connection) -> None:
        assert "The jellyfin" not in client.get("/login/").content.decode()


class TestButtons:
    def test_checking_again_asks_the_servers_and_empties_the_banner(
        self, admin_client: Client, servers: House, writer: Connection
    ) -> None:
        leave_folders_alone(servers.jellyfin)
        answer = admin_client.post("/settings/servers/conflicts/check", headers={"HX-Request": "true"})
        assert "The jellyfin" not in answer.content.decode()
        assert "No other program writes our files." in answer.headers["HX-Trigger"]

    def test_without_scripts_it_comes_back_to_the_page(self, operator_client: Client, writer: Connection) -> None:
        answer = operator_client.post("/settings/servers/conflicts/check", {"next": "/artists?page=2"})
        assert answer.headers["Location"] == "/artists?page=2"
        elsewhere = operator_client.post("/settings/servers/conflicts/check", {"next": "https://elsewhere.example"})
        assert elsewhere.headers["Location"] == "/"

    def test_hidden_it_is_gone_and_the_files_are_held_back_all_the_same(
        self, admin_client: Client, writer: Connection, artist: Artist
    ) -> None:
        admin_client.post("/settings/servers/conflicts/hide")
        assert "writes NFO files" not in admin_client.get("/artists").content.decode()
        assert refresh().refusal("nfo", artist.path)

    def test_hiding_is_for_administrators(self, operator_client: Client, writer: Connection) -> None:
        assert operator_client.post("/settings/servers/conflicts/hide").status_code == 403


class TestRefusals:
    def test_a_picture_is_refused_in_the_words_of_the_contract(
        self, admin_client: Client, writer: Connection, artist: Artist
    ) -> None:
        picture = SimpleUploadedFile("a.jpg", jpeg(600, 600), "image/jpeg")
        url = f"{API}/artists/{artist.pk}/images/upload"
        answer = admin_client.post(url, {"type": "thumb", "file": picture}, headers=csrf(admin_client))
        body = answer.json()
        assert (answer.status_code, body["error"], body["axis"]) == (409, "image_write_blocked", "image")
        assert body["reason"] in body["details"]
        assert body["ledger"]["connections"][0]["image_writeback"] is True
        assert list(Path(artist.path).iterdir()) == []

    def test_a_field_is_refused_where_the_file_could_not_follow(
        self, admin_client: Client, writer: Connection, artist: Artist
    ) -> None:
        url = f"{API}/artists/{artist.pk}/fields/biography"
        answer = admin_client.patch(url, {"value": "New."}, "application/json", headers=csrf(admin_client))
        assert (answer.status_code, answer.json()["error"]) == (409, "nfo_write_blocked")

    def test_with_the_server_quiet_the_same_picture_is_taken(
        self, admin_client: Client, servers: House, writer: Connection, artist: Artist
    ) -> None:
        leave_folders_alone(servers.jellyfin)
        refresh()
        picture = SimpleUploadedFile("a.jpg", jpeg(600, 600), "image/jpeg")
        url = f"{API}/artists/{artist.pk}/images/upload"
        assert admin_client.post(url, {"type": "thumb", "file": picture}, headers=csrf(admin_client)).status_code == 200
        assert [path.name for path in Path(artist.path).iterdir()] == ["folder.jpg"]


class TestFirstStart:
    def test_a_server_that_would_write_over_the_files_is_a_risk(
        self, operator_client: Client, writer: Connection
    ) -> None:
        (risk,) = operator_client.get(f"{API}/connections/clobber-check").json()["risks"]
        assert (risk["connection_id"], risk["connection_name"]) == (str(writer.pk), "The jellyfin")
        assert (risk["connection_type"], risk["nfo_writer"], risk["error"]) == ("jellyfin", True, "")
        assert risk["library_name"] == "Music"

    def test_so_is_one_that_does_not_answer(self, operator_client: Client, servers: House, writer: Connection) -> None:
        servers.jellyfin.fault = "500"
        refresh()
        answer = operator_client.get(f"{API}/connections/clobber-check").json()
        assert answer["has_risk"]
        assert answer["risks"][0]["error"]

    def test_without_a_folder_of_ours_there_is_none(self, admin_client: Client, servers: House) -> None:
        connect(servers, "jellyfin")
        renew()
        assert admin_client.get(f"{API}/connections/clobber-check").json() == {"has_risk": False, "risks": []}

    def test_under_htmx_the_check_is_a_fragment(self, admin_client: Client, writer: Connection) -> None:
        text = admin_client.get(f"{API}/connections/clobber-check", headers={"HX-Request": "true"}).content.decode()
        assert 'id="clobber-check"' in text
        assert "The jellyfin writes NFO files" in text

    def test_the_step_says_what_is_in_the_way_until_nothing_is(
        self, admin_client: Client, servers: House, writer: Connection
    ) -> None:
        url = f"{API}/onboarding/conflict-step"
        answer = admin_client.post(url, headers=csrf(admin_client))
        assert (answer.status_code, option(SEEN)) == (200, "")
        assert "The jellyfin writes NFO files" in answer.content.decode()
        leave_folders_alone(servers.jellyfin)
        assert admin_client.post(f"{url}?refresh=1", headers=csrf(admin_client)).status_code == 204
        assert option(SEEN)

    def test_on_the_page_somebody_goes_on_knowing_it(
        self, admin_client: Client, writer: Connection, artist: Artist
    ) -> None:
        page = admin_client.get("/start/servers").content.decode()
        assert "Go on, knowing this" in page
        answer = admin_client.post("/start/servers")
        assert (answer.headers["Location"], bool(option(SEEN))) == ("/", True)
        assert refresh().refusal("nfo", artist.path)

    def test_where_nothing_is_in_the_way_the_page_is_passed_by(self, admin_client: Client) -> None:
        assert admin_client.get("/start/servers").headers["Location"] == "/"

    def test_it_is_for_administrators(self, operator_client: Client) -> None:
        assert operator_client.get("/start/servers").status_code == 403
        url = f"{API}/onboarding/conflict-step"
        assert operator_client.post(url, headers=csrf(operator_client)).status_code == 403

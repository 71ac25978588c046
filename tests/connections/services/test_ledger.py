"""The ledger: what follows from a look at the servers, told where it changes, and one look at a time."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection as database

from artists.demo.replies import Question
from artists.models import Artist, ForeignFile, Library
from artists.services.foreign.deciding import allow
from artists.services.foreign.examining import examine
from artists.services.gates import write_block
from artists.services.libraries import create_library, delete_library
from connections.conflicts.verdict import State
from connections.demo.houses import ROOT, leave_folders_alone
from connections.models import Connection, Ledger, Look, PathMapping
from connections.services import ledger
from connections.services.connections import change_connection, delete_connection
from connections.services.ledger import conflicts, dismiss_banner, refresh, renew
from connections.services.paths import add_mapping
from connections.tasks import conflicts as tasks
from stillwater import events
from stillwater.files import exclusive
from stillwater.models import Job
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "music").mkdir()
    return make_library("Mine", tmp_path / "music")


@pytest.fixture
def artist(library: Library) -> Artist:
    return make_artist("Mara Field", library=library, path=f"{library.path}/Mara Field")


@pytest.fixture
def told() -> Iterator[list[str]]:
    heard: list[str] = []

    def listen(payload: events.Payload) -> None:
        heard.append(payload["banner_state"])

    events.subscribe("conflict.changed", listen)
    yield heard
    events._subscribers["conflict.changed"].remove(listen)


def mapped(servers: House, kind: str, library: Library) -> Connection:
    connection = connect(servers, kind)
    add_mapping(connection, ROOT, library.path)
    return connection


def _refresh_elsewhere() -> None:
    refresh()
    database.close()


class TestKnowing:
    def test_a_server_that_writes_into_our_folder_is_known_as_soon_as_it_is_connected(
        self, servers: House, library: Library, artist: Artist
    ) -> None:
        mapped(servers, "jellyfin", library)
        block = write_block("nfo", artist)
        assert block
        assert block.body()["error"] == "nfo_write_blocked"
        assert block.body()["axis"] == "nfo"
        assert block.body()["ledger"]["connections"][0]["nfo_writeback"] is True
        assert "Music (/media/music)" in block.message

    def test_one_whose_folder_lies_elsewhere_holds_nothing_back(
        self, servers: House, artist: Artist, tmp_path: Path
    ) -> None:
        (tmp_path / "other").mkdir()
        add_mapping(connect(servers, "jellyfin"), ROOT, str(tmp_path / "other"))
        assert write_block("nfo", artist) is None

    def test_a_link_to_our_folder_is_our_folder(self, servers: House, artist: Artist, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "music")
        add_mapping(connect(servers, "jellyfin"), ROOT, str(tmp_path / "link"))
        assert write_block("image", artist)

    def test_a_part_of_a_library_holds_back_that_part(
        self, servers: House, library: Library, artist: Artist, tmp_path: Path
    ) -> None:
        (tmp_path / "music" / "Other").mkdir()
        add_mapping(connect(servers, "jellyfin"), ROOT, f"{library.path}/Other")
        other = make_artist("Other", library=library, path=f"{library.path}/Other")
        assert (bool(write_block("nfo", other)), bool(write_block("nfo", artist))) == (True, False)

    def test_lidarr_writes_where_a_consumer_is_on(self, servers: House, library: Library, artist: Artist) -> None:
        connection = mapped(servers, "lidarr", library)
        assert write_block("nfo", artist) is None
        servers.lidarr.consumers[0]["enable"] = True
        refresh()
        block = write_block("nfo", artist)
        assert block
        assert connection.name in block.message

    def test_an_artist_without_a_folder_has_nothing_to_overwrite(self, servers: House, library: Library) -> None:
        mapped(servers, "jellyfin", library)
        assert write_block("image", make_artist("Nowhere")) is None

    def test_two_servers_in_one_folder_are_a_round_trip(self, servers: House, library: Library, artist: Artist) -> None:
        mapped(servers, "jellyfin", library)
        mapped(servers, "emby", library)
        block = write_block("image", artist)
        assert block
        assert block.body()["error"] == "round_trip_write_blocked"
        assert block.body()["ledger"]["round_trips"][0]["overlapping_path"] == library.path


class TestUnknown:
    def test_a_server_that_nobody_has_asked_holds_back_everything(self, artist: Artist) -> None:
        Connection.objects.create(name="Attic", type="emby", url="http://127.0.0.1:1")
        renew()
        block = write_block("nfo", artist)
        assert block
        assert "it has not been asked yet" in block.message

    def test_one_that_falls_silent_holds_back_where_it_was_seen(
        self, servers: House, library: Library, artist: Artist
    ) -> None:
        leave_folders_alone(servers.jellyfin)
        mapped(servers, "jellyfin", library)
        assert write_block("nfo", artist) is None
        servers.jellyfin.fault = "500"
        assert refresh().level == "unknown"
        assert write_block("nfo", artist)

    def test_switched_off_it_holds_nothing_back_at_once(self, servers: House, library: Library, artist: Artist) -> None:
        connection = mapped(servers, "jellyfin", library)
        change_connection(connection, {"enabled": False})
        assert write_block("nfo", artist) is None

    def test_removed_it_is_forgotten_at_once(self, servers: House, library: Library, artist: Artist) -> None:
        delete_connection(mapped(servers, "jellyfin", library))
        assert write_block("nfo", artist) is None
        assert conflicts().entries == ()


class TestTelling:
    def test_a_change_is_told_once(self, servers: House, library: Library, told: list[State]) -> None:
        mapped(servers, "jellyfin", library)
        told.clear()
        refresh()
        assert told == []
        leave_folders_alone(servers.jellyfin)
        refresh()
        refresh()
        assert told == ["clean"]

    def test_the_last_library_gone_there_is_nothing_to_tell(self, servers: House, library: Library) -> None:
        mapped(servers, "jellyfin", library)
        delete_library(library)
        assert conflicts().state == "clean"

    def test_a_new_library_is_looked_at_with_what_is_known(self, servers: House, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        add_mapping(connect(servers, "jellyfin"), ROOT, str(tmp_path / "new"))
        assert conflicts().state == "clean"
        create_library(name="New", path=str(tmp_path / "new"))
        assert conflicts().state == "both"

    def test_put_away_it_stays_so_until_it_has_something_else_to_say(self, servers: House, library: Library) -> None:
        mapped(servers, "jellyfin", library)
        dismiss_banner()
        refresh()
        assert conflicts().dismissed
        servers.jellyfin.fault = "500"
        refresh()
        assert not conflicts().dismissed

    def test_pictures_of_other_programs_are_counted(self, artist: Artist) -> None:
        ForeignFile.objects.create(artist=artist, file_name="fanart.jpg", content_hash="a" * 64)
        assert renew().state == "foreign_files"

    def test_without_any_server_they_are_told_when_they_are_found_and_when_they_are_allowed(
        self, artist: Artist, told: list[State]
    ) -> None:
        renew()
        Path(artist.path).mkdir()
        (Path(artist.path) / "fanart.jpg").write_bytes(b"of another program")
        ForeignFile.objects.create(artist=artist, file_name="fanart.jpg")
        examine(workers=1)
        allow(ForeignFile.objects.get())
        assert told == ["foreign_files", "clean"]


class TestAsking:
    def test_reading_asks_nobody_and_takes_one_query(
        self, servers: House, library: Library, django_assert_num_queries: object
    ) -> None:
        mapped(servers, "jellyfin", library)
        servers.exchanges.clear()
        with django_assert_num_queries(1):  # type: ignore[operator]
            conflicts()
        assert servers.exchanges == []

    def test_many_at_once_ask_each_server_once(
        self, servers: House, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The server does not answer before all of them stand at the door."""
        mapped(servers, "jellyfin", library)
        servers.exchanges.clear()
        arrived = threading.Semaphore(0)

        def counted(path: Path) -> AbstractContextManager[None]:
            arrived.release()
            return exclusive(path)

        def hold(_question: Question) -> None:
            for _ in range(4):
                assert arrived.acquire(timeout=30)

        monkeypatch.setattr(ledger, "exclusive", counted)
        servers.instead = hold
        threads = [threading.Thread(target=_refresh_elsewhere) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert servers.asked("GET") == ["GET /Library/VirtualFolders"]

    def test_the_clock_asks_a_silent_server_again(self, servers: House, library: Library) -> None:
        mapped(servers, "jellyfin", library)
        Job.objects.all().delete()
        tasks.tick()
        assert not Job.objects.exists()
        Look.objects.update(problem="it does not answer")
        renew()
        tasks.tick()
        assert Job.objects.get().kind == tasks.LOOK
        assert conflicts().level == "blocked"

    def test_a_server_stored_without_a_test_is_asked_by_a_worker(self, servers: House, library: Library) -> None:
        PathMapping.objects.all().delete()
        Ledger.objects.all().delete()
        connection = Connection.objects.create(name="Attic", type="jellyfin", url=servers.url("jellyfin"))
        change_connection(connection, {"name": "The attic", "api_key": "demo-jellyfin-key"})
        assert [entry.problem for entry in conflicts().entries] == [""]

"""Whether a server sees our files too: by mappings, by paths that read alike, by who wrote last; silence is none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from artists.models import Artist, Library
from connections.demo.houses import ROOT
from connections.models import ArtistLink, Connection, PathMapping, SeenLibrary
from connections.services.shared_disk import dismiss, recheck, shared_status
from stillwater import vault
from tests.builders import make_artist, make_image, make_library
from tests.connections.conftest import KEYS, USERS, House

pytestmark = pytest.mark.django_db

WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def connect(servers: House, kind: str = "jellyfin", **values: object) -> Connection:
    return Connection.objects.create(
        name=kind.capitalize(), type=kind, url=servers.url(kind), sealed_key=vault.seal(KEYS[kind]),
        platform_user_id=USERS[kind], status="ok", **values,
    )  # fmt: skip


def picture_written(artist: Artist, later: timedelta) -> None:
    mtime_ns = int((WRITTEN + later).timestamp()) * 10**9
    make_image(artist, mtime_ns=mtime_ns, last_written_at=WRITTEN)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library("Music", tmp_path)


def stands(library: Library) -> str:
    library.refresh_from_db()
    return library.shared_fs_status


class TestFinding:
    def test_a_mapping_that_leads_into_our_library_confirms_it(self, servers: House, library: Library) -> None:
        connection = connect(servers)
        PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=library.path)
        assert recheck().shared == 1
        assert stands(library) == "confirmed"
        assert library.shared_fs_evidence == [f"Jellyfin: its library Music lies in {ROOT}"]

    def test_a_path_that_only_reads_alike_is_a_suspicion(self, servers: House) -> None:
        connect(servers)
        library = make_library("Music", f"{ROOT}/albums")
        assert recheck().shared == 1
        assert stands(library) == "suspected"

    @pytest.mark.parametrize("path", [f"{ROOT}2", "/media", "/elsewhere"])
    def test_paths_are_compared_by_whole_parts(self, servers: House, path: str) -> None:
        connect(servers)
        library = make_library("Music", path)
        recheck()
        assert (stands(library) == "suspected") == ROOT.startswith(f"{path}/")

    def test_the_library_that_was_taken_over_from_there_is_its_peer(self, servers: House, library: Library) -> None:
        connection = connect(servers)
        PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=library.path)
        recheck()
        external = SeenLibrary.objects.get(name="Music").external_id
        peer = make_library("From Jellyfin", connection_id=connection.pk, external_id=external)
        recheck()
        stands(library)
        assert library.shared_fs_peer_library_ids == str(peer.pk)

    @pytest.mark.parametrize(("seconds", "status"), [(1, "none"), (2, "none"), (5, "suspected")])
    def test_a_picture_newer_than_our_last_write_is_a_suspicion(
        self, servers: House, library: Library, seconds: int, status: str
    ) -> None:
        connection = connect(servers)
        artist = make_artist("Mara Field", library=library, path=f"{library.path}/Mara Field")
        ArtistLink.objects.create(artist=artist, connection=connection, platform_artist_id="1")
        picture_written(artist, timedelta(seconds=seconds))
        recheck()
        assert stands(library) == status

    def test_of_an_artist_that_no_server_knows_it_is_none(self, servers: House, library: Library) -> None:
        connect(servers)
        picture_written(make_artist("Mara Field", library=library), timedelta(hours=1))
        recheck()
        assert stands(library) == "none"


class TestSilence:
    def test_a_server_that_does_not_answer_proves_nothing(self, servers: House, library: Library) -> None:
        connection = connect(servers)
        PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=library.path)
        recheck()
        Connection.objects.update(url="http://127.0.0.1:1")
        PathMapping.objects.all().delete()
        result = recheck()
        assert list(result.silent) == ["Jellyfin"]
        assert stands(library) == "confirmed"
        assert SeenLibrary.objects.exists()

    def test_once_it_answers_that_it_lies_elsewhere_it_is_not_shared_any_more(
        self, servers: House, library: Library
    ) -> None:
        connection = connect(servers)
        mapping = PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=library.path)
        recheck()
        mapping.delete()
        assert recheck().shared == 0
        assert stands(library) == "none"

    def test_a_server_that_is_switched_off_is_not_asked(self, servers: House, library: Library) -> None:
        connect(servers, enabled=False)
        recheck()
        assert servers.exchanges == []


class TestStatus:
    def test_servers_that_get_pictures_themselves_are_told(self, servers: House) -> None:
        connect(servers, "emby")
        connect(servers, "jellyfin")
        recheck()
        told = {each.platform: each for each in shared_status().warnings}
        assert {kind: each.risk_level for kind, each in told.items()} == {"emby": "warn", "jellyfin": "critical"}
        assert told["jellyfin"].fetchers == ("TheAudioDB",)

    def test_dismissed_it_stays_so_until_another_library_is_shared(self, servers: House, library: Library) -> None:
        connection = connect(servers)
        PathMapping.objects.create(connection=connection, server_path=ROOT, local_path=library.path)
        recheck()
        dismiss()
        recheck()
        assert shared_status().dismissed
        make_library("Other", f"{ROOT}/albums")
        recheck()
        assert not shared_status().dismissed

"""Connections: tested before they are kept, keys sealed, switches that act, nothing left behind."""

import pytest

from artists.models import Library, ScraperConfig
from artists.services.gates import write_block
from connections.models import FEATURES, ArtistLink, Connection
from connections.services.connections import (
    NotPassed,
    add_connection,
    change_connection,
    checked_url,
    delete_connection,
    set_features,
)
from connections.services.links import forget_links, remove_link, set_link
from connections.services.managed import manage
from connections.services.testing import try_connection
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.vault import open_sealed
from tests.builders import make_artist, make_library
from tests.connections.conftest import KEYS, House, connect

pytestmark = pytest.mark.django_db


class TestAdding:
    @pytest.mark.parametrize("kind", ["emby", "jellyfin", "lidarr"])
    def test_a_server_that_passes_is_kept_with_what_the_test_found(self, servers: House, kind: str) -> None:
        connection, is_new = add_connection(name="House", type=kind, url=servers.url(kind) + "/", api_key=KEYS[kind])
        assert (is_new, connection.status, connection.url) == (True, "ok", servers.url(kind))
        assert connection.server_version
        assert bool(connection.platform_user_id) == (kind != "lidarr")

    def test_the_key_is_sealed(self, servers: House) -> None:
        connection = connect(servers, "emby")
        assert KEYS["emby"] not in connection.sealed_key
        assert open_sealed(connection.sealed_key) == KEYS["emby"]

    def test_one_that_fails_is_not_kept_unless_a_person_says_so(self, servers: House) -> None:
        wrong = {"name": "House", "type": "emby", "url": servers.url("emby"), "api_key": "wrong key"}
        with pytest.raises(NotPassed, match="does not accept this key"):
            add_connection(**wrong)
        assert not Connection.objects.exists()
        assert add_connection(**wrong, skip_test=True)[0].status == "unknown"

    def test_the_same_kind_at_the_same_address_is_one_connection(self, servers: House) -> None:
        first = connect(servers, "emby")
        set_features(first, {"feature_metadata_push": True})
        again, is_new = add_connection(name="Other", type="emby", url=first.url, api_key=KEYS["emby"])
        assert (again.pk, is_new, again.name, again.feature_metadata_push) == (first.pk, False, "Other", True)

    @pytest.mark.parametrize(
        "url", ["", "ftp://x", "http://", "http://me:pw@host", "http://host?x=1", "http://host/#a", "nonsense"]
    )
    def test_an_address_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(Invalid):
            checked_url(url)


class TestOneServerAtTwoAddresses:
    @staticmethod
    def elsewhere(servers: House) -> str:
        return servers.url("jellyfin").replace("127.0.0.1", "localhost")

    def test_it_is_not_connected_twice_unless_a_person_says_so(self, servers: House) -> None:
        connect(servers, "jellyfin")
        again = {"name": "Again", "type": "jellyfin", "url": self.elsewhere(servers), "api_key": KEYS["jellyfin"]}
        with pytest.raises(NotPassed, match="connected as The jellyfin already; change its address"):
            add_connection(**again)
        assert add_connection(**again, skip_test=True)[1]

    def test_two_that_are_there_are_told_and_only_one_is_managed(self, servers: House) -> None:
        first = connect(servers, "jellyfin")
        second, _ = add_connection(
            name="Again", type="jellyfin", url=self.elsewhere(servers), api_key=KEYS["jellyfin"], skip_test=True
        )
        assert "the same server as The jellyfin, at another address" in try_connection(second).drift[0]
        manage(first)
        with pytest.raises(Conflict, match="the same server as The jellyfin, which is managed already"):
            manage(second)


class TestChanging:
    def test_only_what_is_named_changes(self, servers: House) -> None:
        """Bug 28: two people at once lose nothing."""
        mine, theirs = connect(servers, "emby"), Connection.objects.get()
        change_connection(mine, {"name": "Mine"})
        change_connection(theirs, {"enabled": False})
        stored = Connection.objects.get()
        assert (stored.name, stored.enabled) == ("Mine", False)

    def test_a_blank_key_keeps_the_old_one(self, servers: House) -> None:
        connection = change_connection(connect(servers, "emby"), {"api_key": " ", "name": "House"})
        assert open_sealed(connection.sealed_key) == KEYS["emby"]

    def test_a_key_never_follows_to_another_host(self, servers: House) -> None:
        connection = connect(servers, "emby")
        with pytest.raises(Invalid, match="another server"):
            change_connection(connection, {"url": "http://elsewhere.example"})
        assert (
            change_connection(connection, {"url": "http://elsewhere.example", "api_key": "new key"}).status == "unknown"
        )

    def test_the_kind_stays(self, servers: House) -> None:
        with pytest.raises(Invalid):
            change_connection(connect(servers, "emby"), {"type": "lidarr"})


class TestTesting:
    def test_a_failure_is_kept_and_what_was_known_stays(self, servers: House) -> None:
        connection = connect(servers, "jellyfin")
        servers.jellyfin.shelf.key = "changed"
        assert not try_connection(connection).ok
        assert (connection.status, connection.server_version) == ("error", "10.11.5")

    def test_another_server_at_the_address_is_told_and_can_be_linked_anew(self, servers: House) -> None:
        """Weirdness 59."""
        connection = connect(servers, "jellyfin")
        set_link(make_artist(), connection, "old item")
        servers.jellyfin.shelf.server_id = "another"
        assert "another server" in try_connection(connection).drift[0]
        assert "another server" in try_connection(connection).drift[0]
        assert forget_links(connection) == 1
        connection.refresh_from_db()
        assert not any("another server" in line for line in try_connection(connection).drift)

    def test_it_tells_what_the_server_writes_itself(self, servers: House) -> None:
        connection = connect(servers, "emby")
        does = "writes NFO files and writes pictures and fetches pictures of artists from TheAudioDB"
        assert connection.drift == [f"Music: the server itself {does}"]

    def test_a_user_who_is_gone_is_replaced_and_told(self, servers: House) -> None:
        connection = connect(servers, "jellyfin")
        servers.jellyfin.shelf.users = servers.jellyfin.shelf.users[:1]
        assert "guest takes their place" in try_connection(connection).drift[0]
        assert connection.platform_user_name == "guest"


class TestSwitches:
    @pytest.mark.parametrize(("axis", "switch"), [("nfo", "feature_nfo_write"), ("image", "feature_image_write")])
    def test_off_holds_back_files_of_artists_that_the_server_knows(
        self, servers: House, axis: str, switch: str
    ) -> None:
        connection, known, other = connect(servers, "emby"), make_artist(), make_artist("Other")
        set_link(known, connection, "1000")
        assert write_block(axis, known) is None
        set_features(connection, {switch: False})
        block = write_block(axis, known)
        assert block is not None
        assert block.body()["error"] == f"{axis}_write_blocked"
        assert write_block(axis, other) is None
        change_connection(connection, {"enabled": False})
        assert write_block(axis, known) is None

    def test_a_kind_that_cannot_is_not_switched_on(self, servers: House) -> None:
        with pytest.raises(Invalid, match="Lidarr cannot do this"):
            set_features(connect(servers, "lidarr"), {"feature_metadata_push": True})

    def test_lidarr_begins_with_all_of_them_off(self, servers: House) -> None:
        connection = connect(servers, "lidarr")
        assert not any(getattr(connection, feature) for feature in FEATURES)


class TestDeleting:
    def test_nothing_points_at_it_any_more_and_everything_else_stays(self, servers: House) -> None:
        """Bug 58."""
        connection = connect(servers, "emby")
        library = make_library(connection_id=connection.pk, external_id="4", source="emby")
        artist = make_artist(library=library)
        set_link(artist, connection, "1000")
        ScraperConfig.objects.create(scope=str(connection.pk))
        delete_connection(connection)
        assert Library.objects.get().connection_id is None
        assert not ArtistLink.objects.exists()
        assert not ScraperConfig.objects.exists()
        artist.refresh_from_db()


class TestLinks:
    def test_an_item_belongs_to_one_artist(self, servers: House) -> None:
        connection = connect(servers, "emby")
        set_link(make_artist(), connection, "1000")
        with pytest.raises(Conflict):
            set_link(make_artist("Other"), connection, "1000")

    def test_a_blank_item_is_none(self, servers: House) -> None:
        with pytest.raises(Invalid):
            set_link(make_artist(), connect(servers, "emby"), " ")

    def test_what_is_not_linked_cannot_be_unlinked(self, servers: House) -> None:
        with pytest.raises(NotFound):
            remove_link(make_artist(), connect(servers, "emby"))

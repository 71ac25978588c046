"""A managed server that is forgotten gets its settings back; one that cannot be reached is not forgotten by mistake."""

import pytest

from connections.models import Connection, KeptSettings
from connections.services.connections import change_connection, delete_connection
from connections.services.managed import forget_kept, manage, quiet_one, release
from stillwater.errors import Conflict
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed import text

pytestmark = pytest.mark.django_db


def test_deletion_puts_back_all_that_was_changed(servers: House) -> None:
    before, connection = text(servers, "emby"), connect(servers, "emby")
    manage(connection)
    delete_connection(connection)
    assert text(servers, "emby") == before
    assert not KeptSettings.objects.exists()


def test_what_was_switched_off_alone_is_put_back_too(servers: House) -> None:
    before, connection = text(servers, "emby"), connect(servers, "emby")
    quiet_one(connection, "4")
    delete_connection(connection)
    assert text(servers, "emby") == before


def test_an_unmanaged_server_is_not_even_asked(servers: House) -> None:
    connection = connect(servers, "emby")
    servers.emby.fault = "500"
    delete_connection(connection)
    assert not Connection.objects.exists()


def test_a_server_that_is_away_is_kept_with_all_that_was_kept_of_it(servers: House) -> None:
    connection = connect(servers, "emby")
    manage(connection)
    servers.emby.fault = "500"
    with pytest.raises(Conflict, match="would keep what Stillwater switched off there"):
        delete_connection(connection)
    assert KeptSettings.objects.get().connection == connection


def test_forgotten_all_the_same_its_settings_wait_for_it_to_be_connected_again(servers: House) -> None:
    before, connection = text(servers, "emby"), connect(servers, "emby")
    manage(connection)
    servers.emby.fault = "500"
    delete_connection(connection, abandon=True)
    assert not Connection.objects.exists()
    servers.emby.fault = ""
    again = connect(servers, "emby")
    assert KeptSettings.objects.get().connection == again
    manage(again)
    release(again)
    assert text(servers, "emby") == before


def test_it_waits_at_the_address_that_the_server_had_last(servers: House) -> None:
    connection = connect(servers, "emby")
    manage(connection)
    moved = connection.url.replace("/server", "/moved")
    change_connection(connection, {"url": moved})
    servers.emby.fault = "500"
    delete_connection(connection, abandon=True)
    assert KeptSettings.objects.get().url == moved


def test_what_was_kept_can_be_forgotten_but_not_of_a_managed_server(servers: House) -> None:
    connection = connect(servers, "emby")
    manage(connection)
    with pytest.raises(Conflict):
        forget_kept(connection.kept_settings.all())
    Connection.objects.update(feature_manage_server_files=False)
    assert forget_kept(connection.kept_settings.all()) == 1

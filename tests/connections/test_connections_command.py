"""`manage.py connections`, `populate` and `push`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from artists.models import Artist
from connections.services.discovery import import_libraries
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db


def ran(*arguments: str) -> tuple[list[dict[str, object]], int]:
    out = StringIO()
    code = 0
    try:
        call_command("connections", *arguments, "--json", stdout=out)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def test_every_server_that_is_on_is_tested(servers: House) -> None:
    connect(servers, "emby")
    connect(servers, "lidarr")
    servers.lidarr.fault = "500"
    rows, code = ran("test")
    assert [(row["name"], row["ok"]) for row in rows] == [("The emby", True), ("The lidarr", False)]
    assert code == 1


def test_an_unknown_name_is_refused(servers: House) -> None:
    with pytest.raises(CommandError, match="no connection called nobody"):
        ran("test", "nobody")


def test_the_list_asks_nobody(servers: House) -> None:
    connect(servers, "emby")
    servers.exchanges.clear()
    assert ran("list")[0][0]["status"] == "ok"
    assert servers.exchanges == []


class TestArtists:
    def test_populate_and_push_say_what_they_did(self, servers: House) -> None:
        connection = connect(servers, "emby")
        import_libraries(connection, [("4", "Emby music")])
        assert said("populate") == "Emby music: 2 new artists, 0 known\n"
        artist = Artist.objects.first()
        assert said("push", str(artist.pk)) == f"{artist.name} on The emby: equal already\n"

    def test_a_library_of_no_server_is_refused(self, servers: House) -> None:
        with pytest.raises(CommandError, match="no library called Music came from a server"):
            call_command("populate", "Music")

    def test_a_failure_is_an_exit_code(self, servers: House) -> None:
        import_libraries(connect(servers, "emby"), [("4", "")])
        servers.emby.fault = "500"
        with pytest.raises(SystemExit):
            call_command("populate", stdout=StringIO())


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


class TestManaged:
    def test_it_is_switched_on_shown_and_switched_off(self, servers: House) -> None:
        connect(servers, "emby")
        (row,), code = ran("managed", "The emby", "on")
        assert (row["managed"], row["kept"], code) == (True, 1, 0)
        servers.exchanges.clear()
        assert ran("managed")[0][0]["managed"] is True
        assert servers.exchanges == []
        assert ran("managed", "The emby", "off")[0][0]["managed"] is False

    def test_a_server_that_does_not_follow_is_an_exit_code(self, servers: House) -> None:
        connect(servers, "emby")
        servers.emby.fault = "500"
        (row,), code = ran("managed", "The emby", "on")
        assert (row["ok"], row["managed"], code) == (False, False, 1)
        assert "in trouble" in str(row["message"])

"""`manage.py connections`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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

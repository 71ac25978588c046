"""A connection of the web process has small caches; those of the workers keep theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3.base import DatabaseWrapper

from stillwater import wsgi
from stillwater.thread_memory import keep_connections_small

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has caches in our process"),
]
connected_by_wsgi = bool(wsgi.application) and connection_created.disconnect(keep_connections_small)
"""The rest of the test run is no web process."""


@pytest.fixture
def new_connection(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    made = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "some.db")}, alias="own")
    yield made
    made.close()


def caches(one: DatabaseWrapper) -> tuple[int, int]:
    with one.cursor() as cursor:
        size, mapped = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "mmap_size"))
        return size, mapped


def test_a_new_connection_of_the_web_process_is_small(new_connection: DatabaseWrapper) -> None:
    assert connected_by_wsgi
    connection_created.connect(keep_connections_small)
    try:
        assert caches(new_connection) == (-500, 0)
    finally:
        connection_created.disconnect(keep_connections_small)


def test_one_of_a_worker_is_not(new_connection: DatabaseWrapper) -> None:
    assert caches(new_connection) == (-32000, 134217728)

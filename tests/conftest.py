"""What every test stands on: a throw-away data folder, work done inline, no network beyond loopback."""

import gc
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from stillwater.models import Role, User
from tests.sharing_out import SharingOut
from tests.steps import migrated, share_with_others


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharingOut:
    return SharingOut(config, log)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _one_of_several(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether other processes run tests too; then one migrated database is enough for all of them."""
    if not hasattr(request.config, "workerinput"):
        return False
    share_with_others(tmp_path_factory.getbasetemp().parent)
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, _one_of_several: bool
) -> Iterator[None]:
    """What pytest-django is about to migrate begins as a copy of what was migrated, as long as somebody holds it."""
    if not _one_of_several:
        yield
        return
    name = str(connection.creation._get_test_db_name())  # type: ignore[attr-defined]
    with sqlite3.connect(migrated()) as source, sqlite3.connect(name, uri=True) as held:
        source.backup(held)
        yield
    source.close()
    held.close()


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> None:
    """Each test has its own data folder, and background work runs at once on commit."""
    settings.STILLWATER_DATA = tmp_path / "data"
    settings.STILLWATER_DATA.mkdir()
    settings.STILLWATER_JOBS_INLINE = True
    settings.WHITENOISE_AUTOREFRESH = True  # else every client reads every static file as it begins
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def administrator(db: None) -> User:
    """Maria, the first administrator."""
    user = User(username="maria", display_name="Maria", role=Role.ADMINISTRATOR, is_protected=True)
    user.set_password("a calm long secret")
    user.save()
    return user


@pytest.fixture
def operator(administrator: User) -> User:
    """Olaf, who looks after artists but may not change settings."""
    user = User(username="olaf", display_name="Olaf", role=Role.OPERATOR)
    user.set_password("another calm secret")
    user.save()
    return user


@pytest.fixture
def admin_client(administrator: User) -> Client:
    """A browser in which Maria is signed in."""
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def operator_client(operator: User) -> Client:
    client = Client()
    client.force_login(operator)
    return client

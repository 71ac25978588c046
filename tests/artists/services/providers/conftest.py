"""Small providers for every test beside it."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.artists.services.providers.house import Fakes, small_world


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    with small_world(monkeypatch, settings) as answering:
        yield answering

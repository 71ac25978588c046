"""Providers that answer at once, on this machine: whoever fixes a finding may ask them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.models import Artist
from artists.providers import registry
from tests.artists.providers.acts import WORLD
from tests.builders import make_artist, make_library
from tests.stillwater.misbehaving import Clock


@pytest.fixture(autouse=True)
def world(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWorld]:
    """The small world of Quillfen Harbor; nobody has to wait for a turn."""
    for provider in registry.PROVIDERS:
        monkeypatch.setattr(provider, "spec", replace(provider.spec, per_second=10_000.0))
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield program


@pytest.fixture
def mara(db: None, tmp_path: Path) -> Artist:
    """Mara Field, whom no provider knows, and whose folder is empty."""
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    return make_artist(library=make_library(path=folder.parent), path=str(folder))


@pytest.fixture
def quillfen(db: None, tmp_path: Path) -> Artist:
    """Quillfen Harbor, whom every provider knows; the folder has nothing but two albums."""
    folder = tmp_path / "music" / "Quillfen Harbor"
    for album in ("Lamp Weather", "Slow Ferries"):
        (folder / album).mkdir(parents=True)
    return make_artist("Quillfen Harbor", library=make_library(path=folder.parent), path=str(folder))

"""An artist with a folder that may hold pictures."""

from pathlib import Path

import pytest

from artists.models import Artist, Library
from tests.builders import make_artist, make_library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "music" / "Mara Field").mkdir(parents=True)
    return make_library(path=tmp_path / "music")


@pytest.fixture
def folder(library: Library) -> Path:
    return Path(library.path) / "Mara Field"


@pytest.fixture
def mara(library: Library, folder: Path) -> Artist:
    return make_artist(library=library, path=str(folder))

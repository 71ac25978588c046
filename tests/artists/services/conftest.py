"""An artist with a folder in a library, as most verbs want it."""

from pathlib import Path

import pytest

from artists.models import Artist, Library
from tests.builders import make_artist, make_library


@pytest.fixture
def library(db: None, tmp_path: Path) -> Library:
    root = tmp_path / "music"
    root.mkdir()
    return make_library(path=root)


@pytest.fixture
def folder(library: Library) -> Path:
    made = Path(library.path) / "Mara Field"
    made.mkdir()
    return made


@pytest.fixture
def artist(library: Library, folder: Path) -> Artist:
    return make_artist("Mara Field", library=library, path=str(folder), biography="Old words.")

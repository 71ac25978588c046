"""`manage.py scan`: adds the folder when need be, prints what happened, exits honestly."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from artists.models import Artist, ArtistImage, Library
from artists.services.scanner import looking
from artists.services.scanner.walking import FolderListing
from tests.artists.services.music import artist_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    artist_folder(tmp_path / "music", "Mara Field")
    return tmp_path / "music"


def scan(*arguments: str) -> str:
    out = io.StringIO()
    call_command("scan", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_folder_that_is_no_library_yet_becomes_one(root: Path) -> None:
    assert scan(str(root)) == "1 folder: 1 new\n"
    assert Library.objects.get().name == "music"
    assert ArtistImage.objects.get().fingerprinted


def test_the_result_comes_as_json(root: Path) -> None:
    result = json.loads(scan(str(root), "--json", "--no-fingerprints"))
    assert (result["status"], result["new_artists"]) == ("completed", 1)
    assert not ArtistImage.objects.get().fingerprinted


def test_a_folder_that_does_not_exist_is_an_error(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="path does not exist"):
        scan(str(tmp_path / "gone"))


def test_an_unwell_library_exits_with_1_and_loses_nothing(root: Path) -> None:
    scan(str(root))
    root.rename(root.parent / "unmounted")
    root.mkdir()
    with pytest.raises(SystemExit) as ended:
        scan()
    assert ended.value.code == 1
    assert Artist.objects.count() == 1


def test_when_no_folder_can_be_read_it_exits_with_1_and_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(str(root))
    monkeypatch.setattr(looking, "list_folder", lambda _path: FolderListing(problem="permission denied"))
    with pytest.raises(SystemExit) as ended:
        scan()
    assert ended.value.code == 1
    assert Artist.objects.get().missing_since is None


def test_without_any_library_it_exits_with_1(db: None) -> None:
    with pytest.raises(SystemExit) as ended:
        scan()
    assert ended.value.code == 1

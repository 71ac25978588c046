"""Libraries are added, changed and removed; each refusal says what is wrong with the folder."""

from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist, Library
from artists.services.libraries import change_library, create_library, delete_library, library_at
from artists.services.library_preview import preview
from artists.services.scanner.scanning import scan_libraries
from stillwater.errors import Conflict, Invalid
from tests.artists.services.music import artist_folder
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


class TestCreate:
    def test_a_folder_becomes_a_library(self, tmp_path: Path) -> None:
        (tmp_path / "music").mkdir()
        library = create_library(name="  My   music ", path=f"{tmp_path}/music/")
        assert (library.name, library.path, library.type, library.source) == (
            "My music",
            str(tmp_path / "music"),
            "regular",
            "manual",
        )

    def test_without_a_name_it_is_called_like_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "Jazz").mkdir()
        assert create_library(path=str(tmp_path / "Jazz")).name == "Jazz"

    def test_without_a_path_its_artists_come_from_a_server(self) -> None:
        assert create_library(name="Server").path == ""

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("music", "path must be absolute"),
            ("/music/../etc", "path must not contain .."),
            ("/", "path must not be the root of the file system"),
            ("/no/such/folder", "path does not exist"),
            ("/etc/hostname", "path is not a folder"),
            ("/mu\0sic", "path is not a usable path"),
        ],
    )
    def test_an_unusable_path_is_refused_with_its_reason(self, path: str, reason: str) -> None:
        with pytest.raises(Invalid) as refused:
            create_library(name="Music", path=path)
        assert (refused.value.message, refused.value.field) == (reason, "path")
        assert not Library.objects.exists()

    def test_a_taken_name_is_refused(self) -> None:
        create_library(name="Music")
        with pytest.raises(Conflict, match="name already exists"):
            create_library(name="Music")

    @pytest.mark.parametrize(
        ("inner", "words"), [("", "is already the library First"), ("Jazz", "is inside the library First")]
    )
    def test_a_folder_of_another_library_is_refused_by_name(self, tmp_path: Path, inner: str, words: str) -> None:
        (tmp_path / "music" / "Jazz").mkdir(parents=True)
        create_library(name="First", path=str(tmp_path / "music"))
        with pytest.raises(Conflict, match=words):
            create_library(name="Second", path=str(tmp_path / "music" / inner))

    def test_a_folder_that_holds_another_library_is_refused_even_through_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "music" / "Jazz").mkdir(parents=True)
        (tmp_path / "link").symlink_to(tmp_path / "music")
        create_library(name="First", path=str(tmp_path / "music" / "Jazz"))
        with pytest.raises(Conflict, match="holds the library First"):
            create_library(name="Second", path=str(tmp_path / "link"))

    @pytest.mark.parametrize(
        ("path", "words"),
        [("", "path holds the folder"), ("data", "path is in the folder"), ("data/thumbs", "path is in the folder")],
    )
    def test_stillwaters_own_data_is_no_library_and_in_none(self, tmp_path: Path, path: str, words: str) -> None:
        (tmp_path / "data" / "thumbs").mkdir()
        (tmp_path / "link").symlink_to(tmp_path)
        for spelled in (tmp_path / path, tmp_path / "link" / path):
            with pytest.raises(Invalid, match=words):
                create_library(name="Mine", path=str(spelled))

    def test_a_neighbour_with_a_similar_name_is_fine(self, tmp_path: Path) -> None:
        for name in ("music", "music2"):
            (tmp_path / name).mkdir()
            create_library(path=str(tmp_path / name))
        assert Library.objects.count() == 2


class TestChange:
    def test_fields_that_are_not_named_stay(self, library: Library) -> None:
        change_library(library, {"fs_watch": 3})
        library.refresh_from_db()
        assert (library.name, library.fs_watch, library.fs_poll_interval) == ("Music", 3, 60)

    @pytest.mark.parametrize(
        "changes",
        [
            {"name": " "},
            {"type": "jazz"},
            {"fs_watch": 4},
            {"fs_poll_interval": 61},
            {"fs_watch": True},
            {"source": "emby"},
        ],
    )
    def test_bad_values_are_refused_and_nothing_changes(self, library: Library, changes: dict[str, Any]) -> None:
        with pytest.raises(Invalid):
            change_library(library, {"nfo_lock_data": True, **changes})
        library.refresh_from_db()
        assert not library.nfo_lock_data

    def test_its_own_path_is_no_overlap(self, library: Library) -> None:
        change_library(library, {"path": f"{library.path}/"})

    def test_a_new_path_takes_the_artists_along(self, library: Library, tmp_path: Path) -> None:
        artist_folder(Path(library.path), "Mara Field")
        scan_libraries()
        artist = Artist.objects.get()
        Path(library.path).rename(tmp_path / "moved")
        change_library(library, {"path": str(tmp_path / "moved")})
        result = scan_libraries()
        artist.refresh_from_db()
        assert artist.path == str(tmp_path / "moved" / "Mara Field")
        assert (result.new_artists, result.missing_artists) == (0, 0)

    def test_a_classical_library_makes_its_artists_classical(self, library: Library) -> None:
        artist = make_artist(library=library)
        before = artist.dirty_since
        change_library(library, {"type": "classical"})
        artist.refresh_from_db()
        assert artist.is_classical
        assert before is not None
        assert artist.dirty_since is not None
        assert artist.dirty_since > before, "rules judge them in another way"


class TestDelete:
    def test_artists_stay_unless_asked(self, library: Library) -> None:
        make_artist(library=library)
        assert delete_library(library) == 0
        assert Artist.objects.count() == 1

    def test_only_artists_without_another_library_go_along(self, library: Library) -> None:
        make_artist("Alone", library=library)
        shared = make_artist("Shared", library=library)
        shared.memberships.create(library=Library.objects.create(name="Other"))
        assert delete_library(library, delete_artists=True) == 1
        assert [artist.name for artist in Artist.objects.all()] == ["Shared"]

    def test_nothing_on_disk_is_touched(self, library: Library) -> None:
        folder = artist_folder(Path(library.path), "Mara Field")
        scan_libraries()
        delete_library(library, delete_artists=True)
        assert (folder / "artist.nfo").exists()


class TestPreview:
    def test_it_counts_artists_and_compilations(self, tmp_path: Path) -> None:
        for name in ("Mara Field", "Ida Stone", "Various Artists", "VA", "@eaDir"):
            (tmp_path / "music" / name).mkdir(parents=True)
        found = preview(str(tmp_path / "music"))
        assert found.sentence == "4 artist folders, 2 look like compilations"

    def test_a_folder_that_cannot_be_a_library_says_why(self, library: Library) -> None:
        assert preview("/no/such/folder").sentence == "path does not exist"
        assert preview(library.path).sentence == "this folder is already the library Music"


def test_a_library_is_found_by_its_folder_however_it_is_spelled(library: Library, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(library.path)
    assert library_at(f"{tmp_path}/link/") == library
    assert library_at(str(tmp_path)) is None

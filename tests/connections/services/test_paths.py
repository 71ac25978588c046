"""Folders of a server as we see them."""

from pathlib import Path

import pytest

from connections.models import PathMapping
from connections.services.paths import Places, add_mapping, infer, keep_inferred, parts
from stillwater.errors import Invalid
from tests.builders import make_library
from tests.connections.conftest import House, connect


class TestInferring:
    def test_artists_that_agree_give_a_mapping_away(self) -> None:
        pairs = [("/media/music/A", "/music/A"), ("/media/music/B", "/music/B")]
        assert infer(pairs) == {"/media/music": "/music"}

    def test_one_artist_is_not_enough(self) -> None:
        assert infer([("/media/music/A", "/music/A")]) == {}

    def test_folders_that_are_called_otherwise_say_nothing(self) -> None:
        assert infer([("/media/music/A", "/music/The A"), ("/media/music/B", "/music/The B")]) == {}

    def test_a_server_folder_that_is_two_of_ours_needs_a_clear_majority(self) -> None:
        pairs = [(f"/m/{name}", f"/one/{name}") for name in "ab"] + [(f"/m/{name}", f"/two/{name}") for name in "cd"]
        assert infer(pairs) == {}

    def test_a_windows_server(self) -> None:
        pairs = [("D:\\Music\\A", "/music/A"), ("D:\\Music\\B", "/music/B")]
        assert infer(pairs) == {"D:\\Music": "/music"}

    @pytest.mark.parametrize("path", ["", "/", "nonsense", "..", "\\"])
    def test_nonsense_says_nothing(self, path: str) -> None:
        assert infer([(path, "/music/A"), (path, "/music/A")]) == {}


def test_parts_of_every_system() -> None:
    assert parts("\\\\nas\\music\\A") == ("nas", "music", "A")
    assert parts("/music/back\\slash") == ("music", "back\\slash")


@pytest.mark.django_db
class TestPlaces:
    def test_the_longest_mapping_counts(self, servers: House, tmp_path: Path) -> None:
        connection = connect(servers, "emby")
        PathMapping.objects.create(connection=connection, server_path="/media", local_path="/a")
        PathMapping.objects.create(connection=connection, server_path="/media/music", local_path="/b")
        places = Places.of(connection)
        assert places.local("/media/music/A") == "/b/A"
        assert places.local("/media/films/A") == "/a/films/A"
        assert places.local("/mediathek/A") == places.local("/media/../etc") == ""

    def test_only_a_folder_right_in_a_library_is_an_artist_folder(self, servers: House, tmp_path: Path) -> None:
        (tmp_path / "music" / "A" / "Album").mkdir(parents=True)
        (tmp_path / "else").mkdir()
        (tmp_path / "music" / "link").symlink_to(tmp_path / "else")
        make_library(path=tmp_path / "music")
        places = Places.of(connect(servers, "emby"))
        assert places.artist_folder(f"{tmp_path}/music/A") == f"{tmp_path}/music/A"
        for other in ("music/A/Album", "music", "music/link", "music/none", "else"):
            assert places.artist_folder(f"{tmp_path}/{other}") == ""

    def test_what_a_person_typed_is_never_inferred_otherwise(self, servers: House, tmp_path: Path) -> None:
        connection = connect(servers, "emby")
        add_mapping(connection, "/media/music/", str(tmp_path))
        assert keep_inferred(connection, [("/media/music/A", "/x/A"), ("/media/music/B", "/x/B")]) == 0
        assert connection.path_mappings.get().local_path == str(tmp_path)

    def test_a_folder_that_is_not_there_is_refused(self, servers: House) -> None:
        with pytest.raises(Invalid):
            add_mapping(connect(servers, "emby"), "/media/music", "/no/such/folder")

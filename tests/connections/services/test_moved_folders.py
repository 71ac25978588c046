"""A folder that was merged or renamed is told to the servers that may be asked: none brings the old one back."""

from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist
from artists.services.merging.merging import merge
from artists.services.renaming import rename_directory
from connections.demo.houses import leave_folders_alone
from connections.models import ArtistLink, Connection
from connections.services.links import set_link
from connections.services.moved_folders import tell_moved
from connections.services.paths import add_mapping, server_path
from stillwater.models import Job
from tests.builders import make_artist, make_library
from tests.connections.conftest import House, connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    root.mkdir()
    return root


def known(servers: House, root: Path, kind: str, item_id: str, *, on: bool = True) -> ArtistLink:
    """An artist with a folder, linked to a server that sees the same folders and writes nothing there."""
    leave_folders_alone(servers.jellyfin, servers.emby)
    name = "Quillfen Harbor"
    (root / name).mkdir()
    library = make_library(path=root)
    connection = connect(servers, kind)
    Connection.objects.filter(pk=connection.pk).update(feature_trigger_refresh=on)
    add_mapping(connection, "/media/music", str(root))
    return set_link(make_artist(name, library=library, path=str(root / name)), connection, item_id)


def merged(root: Path, link: ArtistLink) -> Artist:
    """The linked artist becomes part of one whose folder has another name."""
    (root / "Survivor").mkdir()
    survivor = make_artist("Survivor", path=str(root / "Survivor"))
    survivor.memberships.create(library=link.artist.memberships.get().library)
    merge(survivor, [link.artist], override=True)
    return survivor


def item(servers: House) -> dict[str, Any]:
    return servers.lidarr.artists[0]


def test_lidarr_learns_where_the_survivor_of_a_merge_is_and_moves_no_file(servers: House, root: Path) -> None:
    """Bug 37."""
    link = known(servers, root, "lidarr", "1")
    before = dict(item(servers))
    merged(root, link)
    assert item(servers) == {**before, "path": "/media/music/Survivor"}
    sent = [question for question, _ in servers.exchanges if question.method == "PUT"]
    assert [question.query for question in sent] == [{"moveFiles": "false"}]
    assert ArtistLink.objects.get().artist.name == "Survivor"


def test_a_renamed_folder_is_told_too_and_only_once(servers: House, root: Path) -> None:
    link = known(servers, root, "lidarr", "1")
    rename_directory(link.artist, "Quillfen")
    assert item(servers)["path"] == "/media/music/Quillfen"
    assert tell_moved([link.artist_id]).told == 0
    assert len(servers.asked("PUT")) == 1


@pytest.mark.parametrize("kind", ["emby", "jellyfin"])
def test_the_others_look_for_themselves(servers: House, root: Path, kind: str) -> None:
    shelf = getattr(servers, kind).shelf
    merged(root, known(servers, root, kind, next(iter(shelf.items))))
    assert shelf.scans == 1


def test_without_the_switch_nobody_is_told(servers: House, root: Path) -> None:
    merged(root, known(servers, root, "lidarr", "1", on=False))
    assert servers.asked("PUT") == []
    assert not Job.objects.filter(kind="moved_folders").exists()


def test_a_server_whose_folders_we_do_not_see_is_left_alone(servers: House, root: Path) -> None:
    link = known(servers, root, "lidarr", "1")
    link.connection.path_mappings.all().delete()
    assert tell_moved([link.artist_id]).told == 0


def test_a_refusal_is_seen_on_the_card(servers: House, root: Path) -> None:
    link = known(servers, root, "lidarr", "999")
    assert tell_moved([link.artist_id]).refused == 1
    assert "no such item" in ArtistLink.objects.get().push_problem


def test_a_folder_is_spelled_as_the_server_spells_it(servers: House, root: Path) -> None:
    connection = connect(servers, "lidarr")
    add_mapping(connection, "D:\\Music", str(root))
    assert server_path(connection, f"{root}/A/B") == "D:\\Music\\A\\B"
    assert server_path(connection, "/elsewhere/A") == ""

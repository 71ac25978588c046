"""Killed at any remote call of a push or an import with its pictures: a second run ends as an undisturbed one.

`late`: the server has done it, and nobody heard the answer.
"""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from artists.models import Artist, ArtistImage, Library, Membership
from connections.clients import mediabrowser
from connections.demo.houses import leave_folders_alone
from connections.demo.shelf import HeldPicture
from connections.models import ArtistLink, Connection
from connections.services.bring_pictures import bring_pictures
from connections.services.discovery import discover, import_libraries
from connections.services.populate import populate
from connections.services.push import push_artist
from connections.services.push_images import push_images
from tests.artists.imaging.pictures import encoded, scene
from tests.artists.providers.acts import MBID
from tests.builders import make_image, make_library
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed_killed import Death
from tests.connections.services.test_push import item_of, linked

pytestmark = pytest.mark.django_db
KINDS = ("emby", "jellyfin")
MORE_CALLS_THAN_THERE_ARE = 40
CALLS_OF_A_PUSH, CALLS_OF_AN_IMPORT = 14, 12


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Death:
    """Everything that is listed comes one by one, so that there are more moments to die in."""
    monkeypatch.setattr(mediabrowser, "PAGE", 1)
    monkeypatch.setattr("connections.services.populate.AT_ONCE", 1)
    monkeypatch.setattr("connections.services.bring_pictures.AT_ONCE", 1)
    return Death(monkeypatch)


def drawn(width: int) -> bytes:
    return encoded(scene(width, width // 2))


def killed_everywhere(
    death: Death, connection: Connection, work: Callable[[], object], check: Callable[[], None]
) -> int:
    """At its first call, its second, … until it has no more; returns how many kills there were."""
    for at in range(MORE_CALLS_THAN_THERE_ARE):
        for late in (False, True):
            is_killed = death.kills(lambda _connection: work(), connection, at, late=late)
            check()
            if not is_killed:
                return 2 * at
    raise AssertionError("there is no end of calls")


@pytest.mark.parametrize("kind", KINDS)
def test_a_push(servers: House, death: Death, tmp_path: Path, kind: str) -> None:
    """Metadata, a thumb and two backdrops, over others that the server shows."""
    leave_folders_alone(servers.emby, servers.jellyfin)
    link = linked(servers, kind, biography="Ours.", sort_name="Harbor, Quillfen", path=str(tmp_path / "music" / "Q"))
    folder = tmp_path / "music" / "Q"
    folder.mkdir(parents=True)
    make_library(path=tmp_path / "music").memberships.create(artist=link.artist)
    ours = {("thumb", 0): drawn(200), ("fanart", 0): drawn(300), ("fanart", 1): drawn(400)}
    for (name, slot), data in ours.items():
        (folder / f"{name}{slot}.jpg").write_bytes(data)
        make_image(link.artist, name, slot, file_name=f"{name}{slot}.jpg")
    shelf, item_id = getattr(servers, kind).shelf, link.platform_artist_id
    before = deepcopy(item_of(servers, kind))

    def start_anew() -> None:
        item_of(servers, kind).update(deepcopy(before))
        others = [HeldPicture.of(drawn(width), "image/jpeg") for width in (500, 600, 700)]
        shelf.pictures[item_id, "Primary"] = others[:1]
        shelf.pictures[item_id, "Backdrop"] = others

    def push() -> None:
        link.refresh_from_db()
        push_artist(link)
        push_images(link)

    def check() -> None:
        """After a second run."""
        push()
        item = item_of(servers, kind)
        assert (item["Overview"], item["ForcedSortName"]) == ("Ours.", "Harbor, Quillfen")
        assert {key: item[key] for key in ("CustomRating", "LockData", "ProviderIds")} == {
            key: before[key] for key in ("CustomRating", "LockData", "ProviderIds")
        }
        held = {name: [each.draw() for each in shelf.held(item_id, name)] for name in ("Primary", "Backdrop")}
        assert held == {"Primary": [ours["thumb", 0]], "Backdrop": [ours["fanart", 0], ours["fanart", 1]]}
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
            f"{name}{slot}.jpg": data for (name, slot), data in ours.items()
        }
        start_anew()

    start_anew()
    assert killed_everywhere(death, link.connection, push, check) >= 2 * CALLS_OF_A_PUSH


@pytest.mark.parametrize("kind", KINDS)
def test_an_import(servers: House, death: Death, kind: str) -> None:
    """Two artists without folders, one with a thumb and two backdrops."""
    shelf, item = getattr(servers, kind).shelf, item_of(servers, kind)
    shelf.pictures.clear()
    shelf.pictures[item["Id"], "Primary"] = [HeldPicture.of(drawn(200), "image/jpeg")]
    shelf.pictures[item["Id"], "Backdrop"] = [HeldPicture.of(drawn(width), "image/jpeg") for width in (300, 400)]
    connection = connect(servers, kind)

    def take_over() -> None:
        (library,) = import_libraries(connection, [(discover(connection)[0].there.external_id, "")])
        populate(library)
        bring_pictures(library)

    def check() -> None:
        take_over()
        assert Artist.objects.count() == ArtistLink.objects.count() == Membership.objects.count() == 2
        assert Library.objects.count() == 1
        assert told() == [("fanart", 0, 300), ("fanart", 1, 400), ("thumb", 0, 200)]
        assert Artist.objects.get(musicbrainz_id=MBID).operations.count() == 3
        Artist.objects.all().delete()
        Library.objects.all().delete()

    assert killed_everywhere(death, connection, take_over, check) >= 2 * CALLS_OF_AN_IMPORT


def told() -> list[tuple[Any, ...]]:
    images = ArtistImage.objects.filter(exists=True).order_by("kind", "slot")
    return list(images.values_list("kind", "slot", "width"))


def test_they_are_a_hundred_kills() -> None:
    assert 2 * len(KINDS) * (CALLS_OF_A_PUSH + CALLS_OF_AN_IMPORT) >= 100

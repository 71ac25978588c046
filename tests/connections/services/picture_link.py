"""An artist with a folder whose pictures a server is sent, and the passing of the time until it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from artists.services.pictures.saving import Origin, save_picture
from connections.demo.houses import leave_folders_alone
from connections.models import ArtistLink, PicturePush
from connections.services.ledger import refresh
from connections.tasks.pushing_pictures import start_picture_pushes
from tests.artists.services.pictures.test_saving import jpeg
from tests.builders import make_library
from tests.connections.conftest import House
from tests.connections.services.test_push import linked

UPLOAD = Origin("upload")
Sent = Callable[[], list[str]]


def pictured(servers: House, root: Path) -> ArtistLink:
    """Quillfen Harbor with an empty folder; the server shows pictures of its own."""
    folder = root / "music" / "Quillfen Harbor"
    folder.mkdir(parents=True)
    leave_folders_alone(servers.jellyfin)
    link = linked(servers, path=str(folder))
    make_library(path=root / "music").memberships.create(artist=link.artist)
    refresh()
    return link


def passing_time(servers: House, link: ArtistLink) -> Sent:
    """Lets the quiet pass and a worker do what is due. Returns what the server was asked, without the item's name."""

    def pass_time() -> list[str]:
        servers.exchanges.clear()
        PicturePush.objects.exclude(due_at=None).update(due_at=timezone.now())
        start_picture_pushes()
        return [asked.replace(f"/Items/{link.platform_artist_id}", "") for asked in servers.asked()]

    return pass_time


def thumb(link: ArtistLink, *parts: object, **options: Any) -> None:
    save_picture(link.artist, "thumb", jpeg(*parts), UPLOAD, **options)


def backdrop(link: ArtistLink, *parts: object) -> None:
    save_picture(link.artist, "fanart", jpeg("fanart", *parts, size=(1920, 1080)), UPLOAD)

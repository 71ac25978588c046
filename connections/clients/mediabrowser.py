"""What Emby and Jellyfin share: both grew out of MediaBrowser and speak nearly the same language.

An item is never written in part: it is read whole, ours is laid over it, and all of it is posted back.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import ClassVar

from artists.providers import reading
from connections.clients import backdrops, items
from connections.clients.base import (
    ArtistValues,
    Capability,
    FileSetting,
    FileWriter,
    ImageKind,
    Json,
    LockWish,
    Picture,
    ServerArtist,
    ServerInfo,
    ServerLibrary,
    ServerSpec,
    ServerUser,
)
from connections.clients.errors import NoSuchItem, WrongServer
from connections.clients.file_settings import ArtistFetchers, NfoSavers, PicturesBesideMusic
from connections.clients.libraries import music_libraries, music_writers
from connections.clients.session import Parameters, ServerAccess, ServerSession, segment
from stillwater.outbound import Outbound

PAGE = 100
MOST_PAGES = 5_000
CAPABILITIES: frozenset[Capability] = frozenset(
    {"libraries", "artists", "users", "metadata", "images", "locks", "refresh", "scan", "file_settings"}
)
KINDS: dict[ImageKind, str] = {"thumb": "Primary", "fanart": "Backdrop", "logo": "Logo", "banner": "Banner"}
BACKDROP = "Backdrop"


class MediaBrowser:
    """The shared half; what differs is in the small methods at the end, which both kinds override."""

    spec: ClassVar[ServerSpec]
    list_fields: ClassVar[tuple[str, ...]]
    file_settings: ClassVar[tuple[FileSetting, ...]] = (
        NfoSavers(),
        PicturesBesideMusic(),
        ArtistFetchers(("MusicBrainz", "TheAudioDB")),
    )

    def __init__(self, access: ServerAccess, outbound: Outbound | None = None) -> None:
        self.access = access
        self.session = ServerSession(self.spec, access, self.credentials(access.key), outbound)

    def info(self) -> ServerInfo:
        raw = self.session.get("/System/Info")
        found = ServerInfo(reading.line(raw, "ServerName"), reading.line(raw, "Version"), reading.line(raw, "Id"))
        if not found.version or not found.id or not self.is_mine(reading.line(raw, "ProductName"), found.version):
            raise WrongServer(f"what answers at this address is not {self.spec.label}")
        return found

    def users(self) -> list[ServerUser]:
        """Administrators first: they see every library."""
        found = [
            ServerUser(
                reading.line(raw, "Id"),
                reading.line(raw, "Name"),
                reading.dig(raw, "Policy", "IsAdministrator") is True,
            )
            for raw in reading.items(self.session.get("/Users"))
            if reading.line(raw, "Id") and reading.dig(raw, "Policy", "IsDisabled") is not True
        ]
        return sorted(found, key=lambda user: not user.is_administrator)

    def libraries(self) -> list[ServerLibrary]:
        return music_libraries(reading.items(self.session.get("/Library/VirtualFolders")))

    def artists(self, library: ServerLibrary) -> Iterator[ServerArtist]:
        """Until a page brings nothing new: the total shifts while the server scans, and is 0 on some (weirdness 54)."""
        seen: set[str] = set()
        start = 0
        for _ in range(MOST_PAGES):
            page = self.session.get("/Artists/AlbumArtists", self._page(library, start))
            rows = page.get("Items") if isinstance(page, dict) else None
            fresh = [artist for row in rows or () if (artist := items.artist_of(row)) and artist.id not in seen]
            yield from fresh
            seen.update(artist.id for artist in fresh)
            start += len(rows or ())
            if not fresh or (len(rows or ()) < PAGE and start >= reading.number(page, "TotalRecordCount")):
                return

    def artist(self, item_id: str) -> ServerArtist:
        found = items.artist_of(self.read(item_id))
        if found is None:
            raise NoSuchItem(f"{self.spec.label} says nothing of this artist")
        return found

    def push(self, item_id: str, values: ArtistValues, lock: LockWish | None = None) -> bool:
        """One look and one post at most. A lock is sent only where it differs: on Jellyfin it reaches every album and
        track of the artist."""
        raw = self.read(item_id)
        wanted = self.overlay(raw, values)
        return self._post_changed(item_id, raw, items.locked(wanted, lock, self.lockable()) if lock else wanted)

    def image(self, item_id: str, kind: ImageKind, index: int = 0) -> Picture:
        answer = self.session.get_bytes(self._image_path(item_id, kind, index if kind == "fanart" else None))
        return Picture(answer.body, answer.content_type)

    def upload(self, item_id: str, kind: ImageKind, picture: Picture) -> None:
        """The body is base64 text under the media type of the picture (bug 43)."""
        self.session.post_text(self._image_path(item_id, kind), b64encode(picture.data), picture.media_type)

    def replace_backdrops(self, item_id: str, pictures: Sequence[Picture]) -> bool:
        return backdrops.replace(self, item_id, pictures)

    def delete_image(self, item_id: str, kind: ImageKind, index: int | None = None) -> None:
        """The highest first, for the others move up; without an index both delete the first backdrop alone."""
        if kind != "fanart":
            self.session.order("DELETE", self._image_path(item_id, kind))
            return
        count = len(self.artist(item_id).backdrops)
        for place in reversed(range(count)) if index is None else [index]:
            self.session.order("DELETE", self._image_path(item_id, kind, place))

    def refresh(self, item_id: str) -> None:
        """Without a mode nothing would happen at all."""
        modes = {"MetadataRefreshMode": "FullRefresh", "ImageRefreshMode": "Default"}
        keeps = {"ReplaceAllMetadata": "false", "ReplaceAllImages": "false"}
        self.session.order("POST", f"/Items/{segment(item_id)}/Refresh", params={**modes, **keeps})

    def scan(self) -> None:
        self.session.order("POST", "/Library/Refresh")

    def writers(self) -> list[FileWriter]:
        return music_writers(reading.items(self.session.get("/Library/VirtualFolders")))

    def writer(self, external_id: str) -> FileWriter:
        """There is no page for one."""
        found = next((each for each in self.writers() if each.external_id == external_id), None)
        if found is None:
            raise NoSuchItem(f"{self.spec.label} has no such library")
        return found

    def send_options(self, writer: FileWriter, options: Json) -> None:
        """All of them: what is left out is lost, the folders of the library above all."""
        whole = {"Id": writer.external_id, "LibraryOptions": options}
        self.session.order("POST", "/Library/VirtualFolders/LibraryOptions", json=whole)

    def move(self, item_id: str, path: str) -> bool:
        """Folders are what it finds on its disk: it is asked to look, and takes nobody's word for it."""
        if self.artist(item_id).path == path:
            return False
        self.scan()
        return True

    def read(self, item_id: str) -> Json:
        """The whole item. Raises NoSuchItem for none, WrongServer when it is another one than we asked for."""
        raw = self.session.get(self.item_path(item_id), self.item_params())
        if not isinstance(raw, dict) or not raw.get("Id"):
            raise NoSuchItem(f"{self.spec.label} has no such artist")
        if items.same_id(str(raw["Id"])) != items.same_id(item_id):
            raise WrongServer(f"{self.spec.label} answered with another item than the one we asked for")
        return raw

    def _post_changed(self, item_id: str, raw: Json, wanted: Json) -> bool:
        if wanted == raw:
            return False
        items.require_lock_state(raw)
        self.session.order("POST", f"/Items/{segment(item_id)}", json=self.postable(wanted))
        return True

    def _page(self, library: ServerLibrary, start: int) -> Parameters:
        if not library.external_id.strip():
            raise NoSuchItem("the library has no identifier on this server")
        asked: dict[str, str | int] = {"ParentId": library.external_id, "StartIndex": start, "Limit": PAGE}
        return {**asked, "Fields": ",".join(self.list_fields), **self.list_params()}

    def _image_path(self, item_id: str, kind: ImageKind, index: int | None = None) -> str:
        path = f"/Items/{segment(item_id)}/Images/{KINDS[kind]}"
        return path if index is None else f"{path}/{index}"

    def credentials(self, key: str) -> dict[str, str]:
        raise NotImplementedError

    def is_mine(self, product: str, version: str) -> bool:
        raise NotImplementedError

    def item_path(self, item_id: str) -> str:
        raise NotImplementedError

    def item_params(self) -> Parameters:
        return {}

    def list_params(self) -> Parameters:
        return {}

    def lockable(self) -> frozenset[str]:
        raise NotImplementedError

    def overlay(self, raw: Json, values: ArtistValues) -> Json:
        return items.overlaid(raw, values)

    def postable(self, item: Json) -> Json:
        """What of a whole item may be sent back."""
        return item

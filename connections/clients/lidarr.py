"""Lidarr: whole lists without pages, numbers for identifiers, and a folder for every artist."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NoReturn

from artists.providers import reading
from connections.clients.base import (
    ArtistValues,
    FileHabits,
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
from connections.clients.errors import NoSuchItem, Refused, WrongServer
from connections.clients.file_settings import SAVES_PICTURES, WRITES_NFO, ConsumerField, understood
from connections.clients.items import mbid_in
from connections.clients.session import ServerAccess, ServerSession, segment
from stillwater.outbound import Outbound

_TRUE = frozenset({"true", "1", "yes"})


class Lidarr:
    """Its artists are matched and its root folders are libraries; it takes neither texts nor pictures from us.

    `/config/metadataprovider` is never written: what a client leaves out there resets how it tags files.
    """

    spec: ClassVar[ServerSpec] = ServerSpec(
        name="lidarr",
        label="Lidarr",
        capabilities=frozenset({"libraries", "artists", "refresh", "file_settings"}),
        key_help="In Lidarr: Settings, General, Security.",
        usual_port=8686,
        read_timeout=60,
        body_limit=256 * 1024 * 1024,
    )
    file_settings: ClassVar[tuple[FileSetting, ...]] = (
        ConsumerField("artistMetadata", "Artist metadata", "nfo", WRITES_NFO),
        ConsumerField("artistImages", "Artist images", "image", SAVES_PICTURES),
    )

    def __init__(self, access: ServerAccess, outbound: Outbound | None = None) -> None:
        self.access = access
        self.session = ServerSession(self.spec, access, {"X-Api-Key": access.key}, outbound)

    def info(self) -> ServerInfo:
        """It has no identifier of its own: two installations look alike."""
        raw = self.session.get("/api/v1/system/status")
        if reading.line(raw, "appName") != "Lidarr" or not reading.line(raw, "version"):
            raise WrongServer("what answers at this address is not Lidarr")
        return ServerInfo(reading.line(raw, "instanceName") or "Lidarr", reading.line(raw, "version"), "")

    def users(self) -> list[ServerUser]:
        return []

    def libraries(self) -> list[ServerLibrary]:
        habits = self.habits()
        return [
            ServerLibrary(str(reading.number(raw, "id")), reading.line(raw, "name") or path, (path,), habits)
            for raw in reading.items(self.session.get("/api/v1/rootfolder"))
            if reading.number(raw, "id") and (path := reading.text(raw, "path").rstrip("/"))
        ]

    def artists(self, library: ServerLibrary) -> Iterator[ServerArtist]:
        rows = self.session.get("/api/v1/artist")
        if not isinstance(rows, list):
            raise WrongServer("Lidarr answered with something that is no list of artists")
        seen: set[str] = set()
        for raw in rows:
            artist = _artist_of(raw)
            if artist is None or artist.id in seen or not _lies_in(artist.path, library):
                continue
            seen.add(artist.id)
            yield artist

    def artist(self, item_id: str) -> ServerArtist:
        found = _artist_of(self.session.get(f"/api/v1/artist/{segment(item_id)}"))
        if found is None or found.id != item_id.strip():
            raise NoSuchItem("Lidarr has no such artist")
        return found

    def refresh(self, item_id: str) -> None:
        if not reading.number(item_id):
            raise NoSuchItem("the artist has no identifier on this server")
        self.session.order("POST", "/api/v1/command", json={"name": "RefreshArtist", "artistId": int(item_id)})

    def habits(self) -> FileHabits:
        """Its metadata consumers, such as the one that writes for Kodi."""
        consumers = [raw for raw in reading.items(self.session.get("/api/v1/metadata")) if raw.get("enable") is True]
        return FileHabits(
            writes_nfo=any(_says(raw, "artistMetadata") for raw in consumers),
            writes_images=any(_says(raw, "artistImages") for raw in consumers),
        )

    def writers(self) -> list[FileWriter]:
        consumers = reading.items(self.session.get("/api/v1/metadata"))
        return [_writer_of(raw) for raw in consumers if reading.number(raw, "id")]

    def writer(self, external_id: str) -> FileWriter:
        return _writer_of(self.session.get(f"/api/v1/metadata/{segment(external_id)}"))

    def send_options(self, writer: FileWriter, options: Json) -> None:
        self.session.order("PUT", f"/api/v1/metadata/{segment(writer.external_id)}", json=options)

    def push(self, item_id: str, values: ArtistValues, lock: LockWish | None = None) -> bool:
        self._refuse()

    def image(self, item_id: str, kind: ImageKind, index: int = 0) -> Picture:
        self._refuse()

    def upload(self, item_id: str, kind: ImageKind, picture: Picture) -> None:
        self._refuse()

    def replace_backdrops(self, item_id: str, pictures: Sequence[Picture]) -> bool:
        self._refuse()

    def delete_image(self, item_id: str, kind: ImageKind, index: int | None = None) -> None:
        self._refuse()

    def scan(self) -> None:
        self._refuse()

    def move(self, item_id: str, path: str) -> bool:
        """The whole artist is sent back with its new place, or Lidarr would make the old folder again (bug 37)."""
        place = f"/api/v1/artist/{segment(item_id)}"
        raw = self.session.get(place)
        if not isinstance(raw, dict) or str(raw.get("id")) != item_id.strip():
            raise NoSuchItem("Lidarr has no such artist")
        if reading.text(raw, "path").rstrip("/\\") == path:
            return False
        self.session.order("PUT", place, json={**raw, "path": path}, params={"moveFiles": "false"})
        return True

    def _refuse(self) -> NoReturn:
        raise Refused("Lidarr cannot do this")


def _writer_of(raw: Any) -> FileWriter:
    name = reading.line(raw, "name") or reading.line(raw, "implementationName") or "Metadata"
    return FileWriter(str(reading.number(raw, "id")), name, understood(raw, "fields"))


def _artist_of(raw: Any) -> ServerArtist | None:
    number, name = reading.number(raw, "id"), reading.line(raw, "artistName")
    if not number or not name:
        return None
    mbid = mbid_in(reading.line(raw, "foreignArtistId"))
    return ServerArtist(
        id=str(number),
        name=name,
        mbid=mbid,
        ids={"musicbrainz": mbid} if mbid else {},
        path=reading.text(raw, "path").rstrip("/"),
        biography=reading.text(raw, "overview"),
        genres=tuple(text for value in reading.items(raw, "genres") if (text := reading.line(value))),
    )


def _lies_in(path: str, library: ServerLibrary) -> bool:
    return any(path.startswith(f"{location.rstrip('/')}/") for location in library.locations)


def _says(consumer: Any, field: str) -> bool:
    """Fields are pairs of name and value; a value may be true, or a text that means it."""
    values = [entry.get("value") for entry in reading.items(consumer, "fields") if reading.line(entry, "name") == field]
    return any(value is True or str(value).lower() in _TRUE for value in values)

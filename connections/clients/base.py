"""What a connected server is to us: what a kind declares of itself, what it can be asked, what crosses over.

A kind is one class here below, listed in registry.py. It asks through a ServerSession only, reads with
artists/providers/reading.py, and raises nothing but ClientError.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

Capability = Literal["libraries", "artists", "users", "metadata", "images", "locks", "refresh", "scan", "file_settings"]
ImageKind = Literal["thumb", "fanart", "logo", "banner"]
FileAxis = Literal["nfo", "image"]
Json = dict[str, Any]
State = list[Any]
"""How one setting stands, as it can be stored: [] where the server does not name it, else what it says of it."""


@dataclass(frozen=True, slots=True)
class ServerSpec:
    """What the settings page, the session and the services need to know of a kind of server.

    `features`: switches that are on for a new connection (behaviour 1). `key_help` says where a person finds the key.
    `read_timeout` in seconds, `body_limit` in bytes: Lidarr hands out all artists in one answer.
    """

    name: str
    label: str
    capabilities: frozenset[Capability]
    key_help: str
    usual_port: int
    features: frozenset[str] = frozenset()
    read_timeout: float = 10
    body_limit: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """`id` is the server's own: another one at the same address means that it was installed anew (weirdness 59)."""

    name: str
    version: str
    id: str


@dataclass(frozen=True, slots=True)
class ServerUser:
    id: str
    name: str
    is_administrator: bool = False


@dataclass(frozen=True, slots=True)
class FileHabits:
    """What a server writes into the folders of a library by itself.

    `fetchers`: where it gets pictures of artists from; None when it stored no choice, so that its defaults are on
    (bug 41).
    """

    writes_nfo: bool = False
    writes_images: bool = False
    fetchers: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class ServerLibrary:
    """A music library of a server; `locations` are folders as the server sees them."""

    external_id: str
    name: str
    locations: tuple[str, ...] = ()
    habits: FileHabits = field(default_factory=FileHabits)


@dataclass(frozen=True, slots=True)
class ServerArtist:
    """What a server says of one artist; blank for what it does not say. `began` and `ended` are days, YYYY-MM-DD.

    `path`: the folder as the server sees it. `images`: kind to a tag that changes with the picture, for kinds that
    exist; `backdrops`: the tags of the backdrops in order. `locked` None: it did not say.
    """

    id: str
    name: str
    sort_name: str = ""
    mbid: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    biography: str = ""
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    began: str = ""
    ended: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    backdrops: tuple[str, ...] = ()
    locked: bool | None = None
    locked_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileWriter:
    """What of a server writes beside the music by itself: a library of Emby or Jellyfin, a consumer of Lidarr.

    `options`: all its settings as the server gave them, for it takes them back whole; None where it gave none.
    `is_mixed`: it holds films as well, and has one set of settings for all.
    """

    external_id: str
    name: str
    options: Json | None
    is_mixed: bool = False


class FileSetting(Protocol):
    """One setting of a FileWriter by which a server writes files. It never changes the options that it is shown."""

    @property
    def key(self) -> str:
        """As the server calls it."""

    @property
    def label(self) -> str:
        """What it is to a person."""

    @property
    def axis(self) -> FileAxis:
        """What it writes, or has written."""

    @property
    def does(self) -> str:
        """What the server does to the files while it is on, to be read after the server's name."""

    def state(self, options: Json) -> State: ...

    def off(self, options: Json) -> State:
        """The state in which nothing is written; the present one where that is so already."""

    def words(self, state: State) -> str:
        """The state for a person."""

    def alike(self, one: State, other: State) -> bool:
        """Whether they mean the same: servers give a list for none, or null for what they were not told."""

    def applied(self, options: Json, state: State) -> Json:
        """The options in that state; everything else as it was."""


@dataclass(frozen=True, slots=True)
class ArtistValues:
    """What is pushed. A blank value says nothing: it never empties what the server has."""

    name: str = ""
    sort_name: str = ""
    biography: str = ""
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mbid: str = ""
    began: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class LockWish:
    """Whether an artist is to be locked there, and which fields of ours."""

    locked: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of one picture and its media type, such as image/jpeg."""

    data: bytes = field(repr=False)
    media_type: str


class Server(Protocol):
    """The questions and orders; a kind offers those that its capabilities name. All raise ClientError."""

    spec: ClassVar[ServerSpec]
    file_settings: ClassVar[tuple[FileSetting, ...]]

    def info(self) -> ServerInfo:
        """Name and version. Raises WrongServer when another program answers."""

    def users(self) -> list[ServerUser]: ...

    def libraries(self) -> list[ServerLibrary]:
        """Its music libraries."""

    def artists(self, library: ServerLibrary) -> Iterator[ServerArtist]:
        """The artists of a library, each once, as it lists them now: who is missing may be there a moment later."""

    def artist(self, item_id: str) -> ServerArtist:
        """Everything it says of one artist. Raises NoSuchItem."""

    def push(self, item_id: str, values: ArtistValues, lock: LockWish | None = None) -> bool:
        """Make it say this as well, locked like that; whether anything differed. Whatever else it says stays."""

    def image(self, item_id: str, kind: ImageKind, index: int = 0) -> Picture: ...

    def upload(self, item_id: str, kind: ImageKind, picture: Picture) -> None:
        """Set the picture of a kind; fanart is appended."""

    def replace_backdrops(self, item_id: str, pictures: Sequence[Picture]) -> bool:
        """Make these its backdrops, in this order, and no others; whether anything differed."""

    def delete_image(self, item_id: str, kind: ImageKind, index: int | None = None) -> None:
        """Without an index all of the kind."""

    def refresh(self, item_id: str) -> None:
        """Ask it to look at this artist again, keeping what it has."""

    def scan(self) -> None:
        """Ask it to look at its folders."""

    def move(self, item_id: str, path: str) -> bool:
        """The artist's folder, as it sees it, is there now; whether that was news. It moves no file."""

    def writers(self) -> list[FileWriter]:
        """All that write beside music."""

    def writer(self, external_id: str) -> FileWriter:
        """One of them, as it is now. Raises NoSuchItem."""

    def send_options(self, writer: FileWriter, options: Json) -> None:
        """Replace all its settings by these."""

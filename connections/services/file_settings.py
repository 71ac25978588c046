"""What a server writes beside music by itself, library by library: as it says now, and what of it is to be put back."""

from dataclasses import dataclass
from typing import Any

from artists.providers import reading
from connections.clients.base import FileAxis, FileSetting, FileWriter, Json, Server
from connections.models import Connection, KeptSettings
from connections.services.access import client_of, spec
from connections.services.kept_settings import loud

LOCKS_HELP = frozenset({"jellyfin"})
"""Kinds whose NFO saver leaves an artist alone that is locked (files-and-platforms 4.1)."""


@dataclass(frozen=True, slots=True)
class SettingNow:
    """`now` and `before` for a person; `before` is blank where nothing is to be put back."""

    key: str
    label: str
    axis: FileAxis
    does: str
    now: str
    is_loud: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class WriterNow:
    """A library or consumer. `settings` is empty where the server does not show them; `row`: what was kept of it."""

    id: str
    name: str
    settings: tuple[SettingNow, ...]
    options: Json
    row: KeptSettings | None = None
    is_mixed: bool = False

    @property
    def is_loud(self) -> bool:
        return any(each.is_loud for each in self.settings)

    def writes(self, axis: FileAxis) -> bool:
        return any(each.is_loud and each.axis == axis for each in self.settings)

    def texts(self, *keys: str) -> list[str]:
        """A list of names among its options."""
        return list(reading.lines(self.options, *keys))


@dataclass(frozen=True, slots=True)
class Summary:
    """How it stands in numbers; `consumers` are Lidarr's."""

    libraries: int = 0
    consumers: int = 0
    managed: int = 0
    has_conflicts: bool = False
    needs_lockdata: bool = False


def file_settings(connection: Connection) -> list[WriterNow]:
    """Asks the server. Raises ClientError."""
    client = client_of(connection, insist=True)
    rows = {row.external_id: row for row in connection.kept_settings.all()}
    return [_now(client, writer, rows.get(writer.external_id)) for writer in client.writers()]


def summary(connection: Connection) -> Summary:
    """Asks the server. Raises ClientError."""
    found = file_settings(connection)
    is_lidarr = "images" not in spec(connection).capabilities
    return Summary(
        libraries=0 if is_lidarr else len(found),
        consumers=len(found) if is_lidarr else 0,
        managed=sum(writer.row is not None and not writer.is_loud for writer in found),
        has_conflicts=any(conflicts(connection, writer) for writer in found),
        needs_lockdata=any(needs_lock(connection, writer) for writer in found),
    )


def conflicts(connection: Connection, writer: WriterNow) -> bool:
    """Whether it may overwrite what we write, locks or no locks."""
    return writer.writes("image") or (writer.writes("nfo") and connection.type not in LOCKS_HELP)


def needs_lock(connection: Connection, writer: WriterNow) -> bool:
    return writer.writes("nfo") and connection.type in LOCKS_HELP


def before(row: KeptSettings, settings: tuple[FileSetting, ...]) -> list[tuple[str, str]]:
    """What will be put back: each setting that was changed, and what it was."""
    return [
        (each.key, each.words(row.original[each.key]))
        for each in settings
        if each.key in row.original and not each.alike(row.original[each.key], row.ours.get(each.key, []))
    ]


def _now(client: Server, writer: FileWriter, row: KeptSettings | None) -> WriterNow:
    if writer.options is None:
        return WriterNow(writer.external_id, writer.name, (), {}, row, writer.is_mixed)
    options: Json = writer.options
    is_loud = {each.key for each in loud(client.file_settings, options)}
    kept: dict[str, Any] = dict(before(row, client.file_settings)) if row else {}
    settings = tuple(
        SettingNow(
            each.key,
            each.label,
            each.axis,
            each.does,
            each.words(each.state(options)),
            each.key in is_loud,
            kept.get(each.key, ""),
        )
        for each in client.file_settings
    )
    return WriterNow(writer.external_id, writer.name, settings, options, row, writer.is_mixed)

"""How servers stand with what they write themselves, for their cards and pages; read from rows, nobody is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from connections.clients.base import ServerSpec
from connections.clients.registry import KINDS, spec_of
from connections.models import Connection, KeptSettings
from connections.services.file_settings import before
from connections.tasks.managed import last_switches
from stillwater.errors import as_sentence
from stillwater.models import Job

FRESH = timedelta(minutes=10)
"""So long what came of the last try is news."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be put back in one library or consumer, from what is stored; `was`: setting and old value."""

    row: KeptSettings

    @property
    def was(self) -> list[tuple[str, str]]:
        return before(self.row, KINDS[self.row.type].file_settings)

    @property
    def label(self) -> str:
        return spec_of(self.row.type).label


@dataclass(frozen=True, slots=True)
class Standing:
    """How a server stands, from what is stored: nobody is asked."""

    connection: Connection
    rows: list[KeptSettings]
    job: Job | None = None

    @property
    def spec(self) -> ServerSpec:
        return spec_of(self.connection.type)

    @property
    def is_busy(self) -> bool:
        return self.job is not None and self.job.is_active

    @property
    def is_managed(self) -> bool:
        return self.connection.feature_manage_server_files

    @property
    def is_unfinished(self) -> bool:
        """Something was changed, and is not managed: a run was cut off, or the server was away."""
        return not self.is_managed and any(not row.alone for row in self.rows)

    @property
    def problems(self) -> list[str]:
        return sorted({as_sentence(row.problem) for row in self.rows if row.problem})

    @property
    def drifted(self) -> list[KeptSettings]:
        return [row for row in self.rows if row.drift and self.is_managed]

    @property
    def level(self) -> str:
        if self.is_busy:
            return "running"
        if self.problems or self.is_unfinished:
            return "warning"
        return "good" if self.is_managed else "off"

    @property
    def words(self) -> str:
        if self.is_busy:
            return "being changed"
        if self.is_unfinished:
            return "not put back yet"
        if self.is_managed:
            return "managed, with a problem" if self.problems else "managed by Stillwater"
        return "partly switched off" if self.rows else "as the server is set"

    @property
    def news(self) -> Job | None:
        """The last try, shortly after it."""
        is_fresh = self.job and self.job.finished_at and self.job.finished_at > timezone.now() - FRESH
        return self.job if is_fresh else None

    @property
    def kept(self) -> list[Kept]:
        return [Kept(row) for row in self.rows]


def standing_of(connection: Connection) -> Standing:
    return standings([connection])[connection.pk]


def standings(connections: Iterable[Connection]) -> dict[int, Standing]:
    """By the key of the connection; the same few queries for any number."""
    rows = list(connections)
    prefetch_related_objects(rows, "kept_settings")
    switches = last_switches(rows)
    return {row.pk: Standing(row, list(row.kept_settings.all()), switches.get(row.pk)) for row in rows}


def lost_settings() -> list[Kept]:
    """Of servers that were forgotten before they could be put back."""
    return [Kept(row) for row in KeptSettings.objects.filter(connection=None)]

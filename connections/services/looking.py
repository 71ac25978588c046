"""Asks servers where their music lies and what they write there, and keeps what each said when it last answered."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from connections.clients.base import ServerLibrary
from connections.clients.errors import ClientError
from connections.models import Connection, Look, SeenLibrary
from connections.services.access import client_of, spec
from connections.services.side_by_side import side_by_side
from stillwater.progress import Progress, no_progress


def lookable() -> list[Connection]:
    """The servers that are switched on and have libraries."""
    return [each for each in Connection.objects.filter(enabled=True) if "libraries" in spec(each).capabilities]


def look_at_all(connections: Iterable[Connection], progress: Progress = no_progress) -> dict[str, str]:
    """Ask them now, side by side. Returns those that did not say, by name, with the reason: what they said before stays
    then.
    """
    asked, silent = {each.pk: each for each in connections}, {}
    progress(0, len(asked), ", ".join(each.name for each in asked.values()))
    calls = {pk: partial(_libraries, connection) for pk, connection in asked.items()}
    for done, (pk, said) in enumerate(side_by_side(calls), start=1):
        if isinstance(said, ClientError):
            keep_look(asked[pk], said.message)
            silent[asked[pk].name] = said.message
        else:
            remember(asked[pk], said)
        progress(done, len(asked), asked[pk].name)
    return silent


def _libraries(connection: Connection) -> Sequence[ServerLibrary]:
    """No database in here. Raises ClientError."""
    return client_of(connection).libraries()


def remember(connection: Connection, libraries: Sequence[ServerLibrary]) -> None:
    """What it has now takes the place of what it had. A server that was removed meanwhile is nobody's business."""
    with transaction.atomic():
        if not _is_there(connection):
            return
        gone = SeenLibrary.objects.filter(connection=connection)
        gone.exclude(external_id__in=[each.external_id for each in libraries]).delete()
        for each in libraries:
            SeenLibrary.objects.update_or_create(
                connection=connection, external_id=each.external_id, defaults=_columns(each)
            )
        keep_look(connection)


def keep_look(connection: Connection, problem: str = "") -> None:
    """That it was asked just now, and why it did not say."""
    with transaction.atomic():
        if _is_there(connection):
            values = {"looked_at": timezone.now(), "problem": problem[:500]}
            Look.objects.update_or_create(connection=connection, defaults=values)


def _is_there(connection: Connection) -> bool:
    """Until the transaction ends."""
    return Connection.objects.select_for_update().filter(pk=connection.pk).first() is not None


def _columns(library: ServerLibrary) -> dict[str, object]:
    habits = library.habits
    return {
        "name": library.name[:200],
        "locations": list(library.locations),
        "writes_nfo": habits.writes_nfo,
        "writes_images": habits.writes_images,
        "fetchers": None if habits.fetchers is None else list(habits.fetchers),
        "seen_at": timezone.now(),
    }

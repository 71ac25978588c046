"""Asks servers where their music lies and what they write there, and keeps what each said when it last answered."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from connections.clients.base import ServerLibrary
from connections.clients.errors import ClientError
from connections.models import Connection, Look, SeenLibrary
from connections.services.access import client_of, spec
from stillwater.progress import Progress, no_progress


def lookable() -> list[Connection]:
    """The servers that are switched on and have libraries."""
    return [each for each in Connection.objects.filter(enabled=True) if "libraries" in spec(each).capabilities]


def look_at(connection: Connection) -> str:
    """Ask one server now. Returns why it did not say; blank: it did. What it said before stays then."""
    try:
        libraries = client_of(connection).libraries()
    except ClientError as error:
        keep_look(connection, error.message)
        return error.message
    remember(connection, libraries)
    return ""


def look_at_all(connections: Iterable[Connection], progress: Progress = no_progress) -> dict[str, str]:
    """Returns the servers that did not answer, by name, with the reason."""
    asked, silent = list(connections), {}
    for done, connection in enumerate(asked):
        progress(done, len(asked), connection.name)
        if problem := look_at(connection):
            silent[connection.name] = problem
    return silent


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

"""Lets Stillwater alone write artwork and NFO files: a server's own writing is switched off, and put back one day.

The switch of the connection is turned last when it goes on and first when it goes off. Whoever comes after a run that
was cut off, a person or the look that is taken now and then, finds what was kept and goes on from there. One at a time
for each server.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from connections.clients.errors import ClientError, NoSuchItem
from connections.models import Connection, KeptSettings
from connections.services.access import client_of
from connections.services.kept_settings import same_server
from connections.services.quieting import Outcome, put_back, quiet, quiet_all, see_that_it_is_quiet
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.events import publish
from stillwater.files import exclusive
from stillwater.progress import Cancelled, Progress, no_progress


def switch(connection: Connection, on: bool, *, progress: Progress = no_progress) -> Outcome:
    return manage(connection, progress=progress) if on else release(connection, progress=progress)


def manage(connection: Connection, *, progress: Progress = no_progress) -> Outcome:
    """Switch off what the server writes beside music, and see that it is off. Once more: whatever is on again.

    Raises Invalid for a server that is switched off, Conflict for one that is managed under another address already;
    ClientError where the server fails, and then what was changed is put back as far as it can be, at once or by the
    next look.
    """
    with _turn(connection):
        if not connection.enabled:
            raise Invalid(f"{connection.name} is switched off")
        _refuse_twin(connection)
        try:
            outcome = quiet_all(connection, client_of(connection, insist=True), progress)
        except (ClientError, Cancelled):
            if not connection.feature_manage_server_files:
                _try_to_put_back(connection)
            raise
        _turn_switch(connection, True)
    outcome.managed = True
    return outcome


def release(connection: Connection, *, progress: Progress = no_progress) -> Outcome:
    """Put back what was changed, as it was before; what somebody chose on the server meanwhile stays.

    Raises ClientError where the server fails: then what is kept stays, and the next try or look goes on.
    """
    with _turn(connection):
        _turn_switch(connection, False)
        return put_back(connection, of_the_whole(connection), progress)


def let_go(connection: Connection) -> Outcome:
    """Put back everything, also what was switched off alone: nobody will look after this server any more."""
    with _turn(connection):
        _turn_switch(connection, False)
        return put_back(connection, connection.kept_settings.all())


def look_after(connection: Connection, *, progress: Progress = no_progress) -> Outcome:
    """Switch off what is on again, or go on with what was cut off. Raises ClientError."""
    with _turn(connection):
        if not connection.feature_manage_server_files:
            return put_back(connection, of_the_whole(connection), progress)
        outcome = quiet_all(connection, client_of(connection), progress)
    if outcome.lines:
        _tell(connection)
    return outcome


def quiet_one(connection: Connection, external_id: str) -> Outcome:
    """Switch off one library or consumer, and leave the others. Raises NotFound for one that is not there."""
    with _turn(connection):
        client = client_of(connection, insist=True)
        server_id = same_server(connection, client)
        try:
            writer = client.writer(external_id)
        except NoSuchItem as error:
            raise NotFound(error.message) from error
        outcome = Outcome(connection.feature_manage_server_files)
        quiet(connection, client, writer, server_id, outcome, alone=not outcome.managed)
        see_that_it_is_quiet(connection, client, [client.writer(external_id)])
    _tell(connection)
    return outcome


def put_back_one(connection: Connection, external_id: str) -> Outcome:
    """Raises Conflict while the whole server is managed, NotFound where nothing was kept."""
    with _turn(connection):
        if connection.feature_manage_server_files:
            raise Conflict(f"Stillwater manages all of {connection.name}; switch that off first")
        rows = connection.kept_settings.filter(external_id=external_id)
        if not rows:
            raise NotFound("nothing was changed there")
        outcome = put_back(connection, rows)
    _tell(connection)
    return outcome


def adopt(connection: Connection) -> int:
    """What was kept of a server that was forgotten meanwhile belongs to its new connection. Returns how many."""
    known = connection.kept_settings.values_list("external_id", flat=True)
    lost = KeptSettings.objects.filter(connection=None, type=connection.type, url=connection.url)
    return lost.exclude(external_id__in=list(known)).update(connection=connection, server_name=connection.name)


def forget_kept(rows: QuerySet[KeptSettings]) -> int:
    """A person has put them back by hand, or wants them as they are now. Raises Conflict for a managed server."""
    if rows.filter(connection__feature_manage_server_files=True).exists():
        raise Conflict("Stillwater manages this server; switch that off first")
    return int(rows.delete()[0])


def of_the_whole(connection: Connection) -> QuerySet[KeptSettings]:
    """What was switched off by the switch of the whole server."""
    return connection.kept_settings.filter(alone=False)


def _refuse_twin(connection: Connection) -> None:
    """Two that manage one server would each take the other's switches for its own settings. Raises Conflict."""
    same = Connection.objects.filter(type=connection.type, platform_server_id=connection.platform_server_id)
    twin = same.filter(feature_manage_server_files=True).exclude(pk=connection.pk).first()
    if connection.platform_server_id and twin is not None:
        raise Conflict(f"this is the same server as {twin.name}, which is managed already; remove one of the two")


@contextmanager
def _turn(connection: Connection) -> Iterator[None]:
    """The lock falls with its process; who waited for it sees what the one before has done."""
    with exclusive(settings.STILLWATER_DATA / "locks" / f"server-{connection.pk}"):
        if not Connection.objects.filter(pk=connection.pk).exists():
            raise NotFound("connection not found")
        connection.refresh_from_db()
        yield


def _try_to_put_back(connection: Connection) -> None:
    """What fails now is tried again by the next look."""
    try:
        put_back(connection, of_the_whole(connection))
    except ClientError:
        return


def _turn_switch(connection: Connection, on: bool) -> None:
    if connection.feature_manage_server_files == on:
        return
    Connection.objects.filter(pk=connection.pk).update(feature_manage_server_files=on, updated_at=timezone.now())
    connection.feature_manage_server_files = on
    _tell(connection)


def _tell(connection: Connection) -> None:
    """For whoever reckons with what the server writes."""
    managed = connection.feature_manage_server_files
    publish("managed.changed", {"connection_id": str(connection.pk), "managed": managed})

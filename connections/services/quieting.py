"""Switches off what a server writes beside music, sees that it is off, and puts it back as it was.

Every step can be cut off: what a library was like is stored before anything is sent, once and for all, and is only
forgotten when the server shows it again. Settings are read anew before each change, and read back after the last.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from connections.clients.base import FileWriter, Server
from connections.clients.errors import ClientError, NoSuchItem, Refused
from connections.models import Connection, KeptSettings
from connections.services import kept_settings as kept
from connections.services.access import client_of
from stillwater.progress import Progress, no_progress


@dataclass(slots=True)
class Outcome:
    """What came of it, in sentences. `managed`: how the switch of the server stands now.

    `drifted`: what was on again; `stays`: what somebody chose on the server meanwhile; `gone`: libraries that the
    server has no longer.
    """

    managed: bool
    done: list[str] = field(default_factory=list)
    drifted: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [*self.drifted, *self.done, *self.stays, *self.gone]


def quiet_all(connection: Connection, client: Server, progress: Progress) -> Outcome:
    """Raises ClientError; what has been changed by then is kept, and stays as it is."""
    outcome = Outcome(connection.feature_manage_server_files)
    try:
        server_id = kept.same_server(connection, client)
        known = set(connection.kept_settings.values_list("external_id", flat=True))
        writers = client.writers()
        for done, writer in enumerate(writers):
            progress(done, len(writers), writer.name)
            if writer.external_id in known and not kept.loud(client.file_settings, kept.options_of(client, writer)):
                continue
            quiet(connection, client, client.writer(writer.external_id), server_id, outcome)
        see_that_it_is_quiet(connection, client, client.writers())
    except ClientError as error:
        connection.kept_settings.update(problem=error.message[:500])
        raise
    return outcome


def quiet(
    connection: Connection, client: Server, writer: FileWriter, server_id: str, outcome: Outcome, *, alone: bool = False
) -> None:
    options = kept.options_of(client, writer)
    row, is_new = kept.keep_original(connection, client, writer, server_id=server_id, alone=alone)
    loud = kept.loud(client.file_settings, options)
    if not loud:
        return
    if connection.feature_manage_server_files and not is_new:
        outcome.drifted.append(kept.note_drift(row, loud))
    kept.note_ours(row, loud, options)
    client.send_options(writer, kept.quieted(client.file_settings, options))
    outcome.done.append(f"{writer.name}: {', '.join(each.key for each in loud)} switched off")


def see_that_it_is_quiet(connection: Connection, client: Server, writers: Iterable[FileWriter]) -> None:
    """Every switch is read back (bug 36). Raises Refused for what the server did not keep."""
    for writer in writers:
        if loud := kept.loud(client.file_settings, kept.options_of(client, writer)):
            keys = ", ".join(each.key for each in loud)
            raise Refused(f"{client.spec.label} did not keep it switched off for {writer.name}: {keys}")
    seen = connection.kept_settings.filter(external_id__in=[writer.external_id for writer in writers])
    seen.update(problem="", checked_at=timezone.now())


def put_back(connection: Connection, rows: QuerySet[KeptSettings], progress: Progress = no_progress) -> Outcome:
    """Raises ClientError; what is not back by then is still kept."""
    outcome = Outcome(connection.feature_manage_server_files)
    waiting = list(rows)
    if not waiting:
        return outcome
    try:
        client = client_of(connection, insist=True)
        kept.same_server(connection, client)
        waiting = _still_there(client, waiting, outcome)
        for done, row in enumerate(waiting):
            progress(done, len(waiting), row.name)
            _put_back_row(client, row, outcome)
        _see_that_it_is_back(client, waiting)
    except ClientError as error:
        rows.update(problem=error.message[:500])
        raise
    return outcome


def _still_there(client: Server, rows: list[KeptSettings], outcome: Outcome) -> list[KeptSettings]:
    """A library that is gone needs nothing; a server that shows none at all proves nothing. Raises NoSuchItem."""
    there = {writer.external_id for writer in client.writers()}
    if not there:
        raise NoSuchItem(f"{client.spec.label} shows no library at all, so nothing was put back")
    for row in rows:
        if row.external_id not in there:
            outcome.gone.append(f"{row.name} is no longer on the server")
            row.delete()
    return [row for row in rows if row.external_id in there]


def _put_back_row(client: Server, row: KeptSettings, outcome: Outcome) -> None:
    writer = client.writer(row.external_id)
    options = kept.options_of(client, writer)
    outcome.stays += kept.chosen_meanwhile(row, client.file_settings, options)
    changing = kept.to_put_back(row, client.file_settings, options)
    if changing:
        client.send_options(writer, kept.put_back(row, client.file_settings, options))
        outcome.done.append(f"{row.name}: {', '.join(each.key for each in changing)} put back")


def _see_that_it_is_back(client: Server, rows: Iterable[KeptSettings]) -> None:
    """Only what the server shows again is forgotten here. Raises Refused for the rest."""
    there = {writer.external_id: writer for writer in client.writers()}
    for row in rows:
        if row.external_id not in there:
            continue
        options = kept.options_of(client, there[row.external_id])
        if missing := kept.to_put_back(row, client.file_settings, options):
            keys = ", ".join(each.key for each in missing)
            raise Refused(f"{client.spec.label} did not take it back for {row.name}: {keys}")
        row.delete()

"""What was kept of a server's settings, held against what the server says now: what to switch off, what to put back."""

from collections.abc import Sequence

from django.utils import timezone

from connections.clients.base import FileSetting, FileWriter, Json, Server
from connections.clients.errors import Refused, WrongServer
from connections.models import Connection, KeptSettings

Settings = Sequence[FileSetting]


def same_server(connection: Connection, client: Server) -> str:
    """Its identifier. Raises WrongServer where it is not the one whose settings are kept: ids may mean other things."""
    found = client.info().id
    theirs = connection.kept_settings.exclude(server_id="").exclude(server_id=found)
    if found and theirs.exists():
        raise WrongServer(f"another server answers for {connection.name} than the one whose settings were changed")
    return found


def options_of(client: Server, writer: FileWriter) -> Json:
    """Raises Refused where the server says nothing of them: they can only be sent back whole."""
    if writer.options is None:
        raise Refused(f"{client.spec.label} does not show the settings of {writer.name}, so they cannot be changed")
    return writer.options


def loud(settings: Settings, options: Json) -> list[FileSetting]:
    """Those by which the server writes files now."""
    return [each for each in settings if not each.alike(each.state(options), each.off(options))]


def quieted(settings: Settings, options: Json) -> Json:
    """All of them at rest; whatever else there is stays."""
    for each in loud(settings, options):
        options = each.applied(options, each.off(options))
    return options


def keep_original(
    connection: Connection, client: Server, writer: FileWriter, *, server_id: str, alone: bool
) -> tuple[KeptSettings, bool]:
    """Written once: whoever comes second finds what was there before the first (bug 13). Returns it, and if it is new.

    A setting that an earlier version of ours did not know is added to what was kept then.
    """
    options = options_of(client, writer)
    now = {each.key: each.state(options) for each in client.file_settings}
    row, is_new = KeptSettings.objects.get_or_create(
        connection=connection,
        external_id=writer.external_id,
        defaults={
            "type": connection.type,
            "url": connection.url,
            "server_name": connection.name,
            "server_id": server_id[:200],
            "name": writer.name[:200],
            "original": now,
            "ours": now,
            "alone": alone,
        },
    )
    row.original, row.ours = {**now, **row.original}, {**now, **row.ours}
    return row, is_new


def note_ours(row: KeptSettings, quieted_now: Settings, options: Json) -> None:
    """Before it is sent: what is found there later, and is neither this nor the original, is somebody else's choice."""
    row.ours |= {each.key: each.off(options) for each in quieted_now}
    row.save(update_fields=["original", "ours"])


def note_drift(row: KeptSettings, settings: Settings) -> str:
    """Somebody switched it on again on the server."""
    row.drift = f"{', '.join(each.key for each in settings)} was on again on the server"[:500]
    row.drifted_at = timezone.now()
    row.save(update_fields=["drift", "drifted_at"])
    return f"{row.name}: {row.drift}"


def to_put_back(row: KeptSettings, settings: Settings, options: Json) -> list[FileSetting]:
    """What is still as we made it, and was otherwise before."""
    return [each for each in _changed(row, settings) if each.alike(each.state(options), row.ours[each.key])]


def put_back(row: KeptSettings, settings: Settings, options: Json) -> Json:
    for each in to_put_back(row, settings, options):
        options = each.applied(options, row.original[each.key])
    return options


def chosen_meanwhile(row: KeptSettings, settings: Settings, options: Json) -> list[str]:
    """What a person has set on the server since: neither as we made it nor as it was. Their choice stands."""
    return [
        f"{row.name}: {each.key} was changed on the server meanwhile and stays as it is: {each.words(now)}"
        for each in _changed(row, settings)
        if not each.alike(now := each.state(options), row.ours[each.key])
        and not each.alike(now, row.original[each.key])
    ]


def _changed(row: KeptSettings, settings: Settings) -> list[FileSetting]:
    known = [each for each in settings if each.key in row.original and each.key in row.ours]
    return [each for each in known if not each.alike(row.original[each.key], row.ours[each.key])]

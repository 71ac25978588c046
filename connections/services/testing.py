"""Tests a server: does it answer as its kind, with this key, as the server that it was before, for whom?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from django.utils import timezone

from connections.clients.base import Server, ServerInfo, ServerLibrary, ServerUser
from connections.clients.errors import ClientError
from connections.clients.registry import client_for
from connections.clients.session import ServerAccess
from connections.models import Connection
from connections.services.access import client_of
from connections.services.looking import keep_look, remember
from connections.services.side_by_side import side_by_side
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

OK, ERROR = "ok", "error"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test found. `reason` says in a sentence what failed; blank: everything that we need works.

    `drift`: what is otherwise than it was, or than it should be for files that two programs may write.
    """

    reason: str = ""
    info: ServerInfo | None = None
    user: ServerUser | None = None
    libraries: tuple[ServerLibrary, ...] = ()
    drift: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.reason

    @property
    def words(self) -> str:
        """Jellyfin 10.11.5 as root, 2 music libraries."""
        if not self.info:
            return self.reason
        named = f"{self.info.name} {self.info.version}" + (f" as {self.user.name}" if self.user else "")
        return f"{named}, {len(self.libraries)} music librar{'y' if len(self.libraries) == 1 else 'ies'}"


def try_address(kind: str, url: str, key: str) -> Trial:
    """Test what is not stored yet. Raises Invalid for a kind that does not exist."""
    return _tried(client_for(kind, ServerAccess(url, key, insist=True)), kind)


def try_connection(connection: Connection) -> Trial:
    """Test a stored server, keep what came of it, and say what drifted."""
    return _kept(connection, _asked(connection))


def try_connections(connections: Iterable[Connection], progress: Progress = no_progress) -> list[Trial]:
    """The same for several, asked side by side; in the order given."""
    asked = {each.pk: each for each in connections}
    trials: dict[int, Trial] = {}
    progress(0, len(asked), ", ".join(each.name for each in asked.values()))
    for pk, found in side_by_side({pk: partial(_asked, each) for pk, each in asked.items()}):
        trials[pk] = _kept(asked[pk], Trial(found.message) if isinstance(found, ClientError) else found)
        progress(len(trials), len(asked), asked[pk].name)
    return [trials[pk] for pk in asked]


def _asked(connection: Connection) -> Trial:
    """No database in here."""
    try:
        return _tried(client_of(connection, insist=True), connection.type, connection.platform_user_id)
    except ClientError as error:
        return Trial(error.message)


def twin_of(kind: str, server_id: str, url: str) -> Connection | None:
    """The connection to this very server under another address. A kind without identifiers has none."""
    known = Connection.objects.filter(type=kind, platform_server_id=server_id[:200]).exclude(url=url)
    return known.first() if server_id else None


def _kept(connection: Connection, found: Trial) -> Trial:
    trial = replace(found, drift=(*_moved(connection, found), *_doubled(connection, found), *found.drift))
    keep(connection, trial)
    return trial


def keep(connection: Connection, trial: Trial) -> None:
    """A failed test leaves what is known of the server; another server at the same address is not taken for the old."""
    values: dict[str, object] = {
        "status": OK if trial.ok else ERROR,
        "status_message": trial.words[:500],
        "last_checked_at": timezone.now(),
    }
    if trial.info:
        values |= {"server_version": trial.info.version[:60], "drift": list(trial.drift)}
        values["platform_server_id"] = connection.platform_server_id or trial.info.id[:200]
    if trial.user:
        values |= {"platform_user_id": trial.user.id, "platform_user_name": trial.user.name[:200]}
    Connection.objects.filter(pk=connection.pk).update(**values)
    connection.refresh_from_db()
    _keep_look(connection, trial)
    publish("connection.changed", {"connection_id": str(connection.pk), "status": connection.status})


def _keep_look(connection: Connection, trial: Trial) -> None:
    """A test asks what the server writes as well, so nobody has to ask it again for that."""
    if trial.ok:
        remember(connection, trial.libraries)
    else:
        keep_look(connection, trial.reason)


def _tried(client: Server, kind: str, user_id: str = "") -> Trial:
    try:
        info = client.info()
        users = client.users() if "users" in client.spec.capabilities else []
        libraries = tuple(client.libraries())
    except ClientError as error:
        return Trial(error.message)
    user = next((user for user in users if user.id == user_id), users[0] if users else None)
    if user is None and "users" in client.spec.capabilities:
        return Trial(f"{client.spec.label} has no user whose view we could read", info)
    gone = (
        [f"the user we read as is gone; {user.name} takes their place"] if user and user_id not in ("", user.id) else []
    )
    return Trial("", info, user, libraries, (*gone, *map(_habits, filter(_writes, libraries))))


def _moved(connection: Connection, trial: Trial) -> list[str]:
    """Weirdness 59: all identifiers of the old server are dead on a new one."""
    if not trial.info or not connection.platform_server_id or trial.info.id in ("", connection.platform_server_id):
        return []
    return ["this is another server than before at the same address; its artists have to be linked anew"]


def _doubled(connection: Connection, trial: Trial) -> list[str]:
    """Each would take what is done through the other for somebody else's change."""
    twin = twin_of(connection.type, trial.info.id, connection.url) if trial.info else None
    return [f"this is the same server as {twin.name}, at another address; remove one of the two"] if twin else []


def _writes(library: ServerLibrary) -> bool:
    habits = library.habits
    return habits.writes_nfo or habits.writes_images or habits.fetchers is None or bool(habits.fetchers)


def _habits(library: ServerLibrary) -> str:
    habits = library.habits
    does = [
        *(["writes NFO files"] if habits.writes_nfo else []),
        *(["writes pictures"] if habits.writes_images else []),
        *(["fetches pictures of artists from its defaults"] if habits.fetchers is None else []),
        *([f"fetches pictures of artists from {', '.join(habits.fetchers)}"] if habits.fetchers else []),
    ]
    return f"{library.name}: the server itself {' and '.join(does)}"

"""Sends what an artist says here to servers: at once where a person asks, or one after the other when it is due."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from artists.models import Artist
from connections.clients.base import ArtistValues, LockWish
from connections.clients.errors import ClientError, NoSuchItem, NotReachable
from connections.clients.registry import KINDS
from connections.models import ArtistLink, Connection
from connections.services.access import client_of
from connections.services.sync_values import values_of
from stillwater.errors import Invalid
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

BACK_OFF = (1, 5, 30, 120, 720)
"""Minutes until a push that failed is tried again; after the last one a person has to."""
PUSHED = tuple(part.name for part in fields(ArtistValues))
"""The parts of what an artist says that a server takes, by name."""
TAKERS = tuple(name for name, kind in KINDS.items() if "metadata" in kind.spec.capabilities)


@dataclass
class Pushed:
    """How many were sent, already said the same, and failed."""

    sent: int = 0
    same: int = 0
    failed: int = 0

    def words(self) -> str:
        return f"{self.sent} sent, {self.same} already equal, {self.failed} failed"


def push_artist(link: ArtistLink, parts: Collection[str] = PUSHED) -> bool:
    """Make the server say what we say, or the named parts of it; whether anything differed.

    Two calls at most, one when nothing differs; a third where the connection asks for a refresh. What we do not know
    empties nothing there. Raises Invalid for a server that is off or takes nothing and for an unknown part,
    ClientError.
    """
    connection, is_whole = link.connection, set(parts) == set(PUSHED)
    require_taker(connection)
    require_parts(parts, PUSHED)
    client, wish = client_of(connection), lock_wish(link) if is_whole else None
    values = values_of(link.artist)
    chosen = ArtistValues(**{part: getattr(values, part) for part in parts})
    changed = client.push(link.platform_artist_id, chosen, wish)
    if changed and connection.feature_trigger_refresh:
        client.refresh(link.platform_artist_id)
    if is_whole:
        locked = {"lock_sent": wish.locked} if wish else {}
        done = {"pushed_at": timezone.now(), "push_problem": "", "push_attempts": 0, **locked}
        ArtistLink.objects.filter(pk=link.pk).update(**done)
    return changed


def push_lock(link: ArtistLink) -> bool:
    """Lock or unlock the artist and its fields there as they are here; whether anything differed. Raises as a push."""
    require_taker(link.connection)
    wish = lock_here(link.artist)
    changed = client_of(link.connection).push(link.platform_artist_id, ArtistValues(), wish)
    ArtistLink.objects.filter(pk=link.pk).update(lock_sent=wish.locked)
    return changed


def lock_wish(link: ArtistLink) -> LockWish | None:
    """The lock that goes along by itself: where a library of the artist asks for it, and the way back from there.

    None: whatever somebody locked on the server is left alone.
    """
    here = lock_here(link.artist)
    if _library_locks(link.artist):
        return here
    return here if link.lock_sent else None


def lock_here(artist: Artist) -> LockWish:
    """How the artist is to be locked on a server: as it is here, and always where a library of it asks for that."""
    return LockWish(artist.locked or _library_locks(artist), tuple(artist.locked_fields))


def require_parts(parts: Collection[str], known: Sequence[str]) -> None:
    for part in parts:
        if part not in known:
            raise Invalid(f"fields must be of {', '.join(known)}", "fields")


def _library_locks(artist: Artist) -> bool:
    return artist.memberships.filter(library__nfo_lock_data=True).exists()


def require_taker(connection: Connection) -> None:
    if connection.type not in TAKERS:
        raise Invalid(f"{connection.get_type_display()} takes no metadata", "connection_id")
    if not connection.enabled:
        raise Invalid(f"{connection.name} is switched off", "connection_id")


def want_push(artist_ids: Iterable[int]) -> int:
    """Note that these artists changed, for every server whose switch is on; however often, each is sent once."""
    links = ArtistLink.objects.filter(
        artist_id__in=list(artist_ids),
        connection__enabled=True,
        connection__feature_metadata_push=True,
        connection__type__in=TAKERS,
    )
    return links.update(push_due_at=timezone.now(), push_attempts=0)


def due() -> QuerySet[ArtistLink]:
    links = ArtistLink.objects.filter(push_due_at__lte=timezone.now(), connection__enabled=True)
    return links.select_related("artist", "connection").order_by("push_due_at", "pk")


def push_due(*, progress: Progress = no_progress) -> Pushed:
    """Send what is due. A server that does not answer is left alone with all that waits for it, until the next try.

    One artist that a server does not know is gone there; a server that knows none of several is in trouble itself
    (bug 42): then nobody's link is to blame, and all of them wait.
    """
    run = _Run()
    total = due().count()
    for done, pk in enumerate(list(due().values_list("pk", flat=True)), start=1):
        link = due().filter(pk=pk).exclude(connection__in=run.silent).first()
        if link is not None:
            _push(link, run)
        progress(done, total, run.result.words())
    for connection_id, missing in run.missing.items():
        _close_missing(missing, knows_others=connection_id in run.knowing)
    return run.result


@dataclass
class _Run:
    """What one run has found out, by the keys of connections. `knowing`: those that know an artist that was sent."""

    result: Pushed = field(default_factory=Pushed)
    silent: set[int] = field(default_factory=set)
    knowing: set[int] = field(default_factory=set)
    missing: dict[int, list[tuple[ArtistLink, NoSuchItem]]] = field(default_factory=dict)


def _push(link: ArtistLink, run: _Run) -> None:
    """What changed meanwhile stays due."""
    seen = ArtistLink.objects.filter(pk=link.pk, push_due_at=link.push_due_at)
    try:
        changed = push_artist(link)
    except NoSuchItem as error:
        run.result.failed += 1
        run.missing.setdefault(link.connection_id, []).append((link, error))
        return
    except (ClientError, Invalid) as error:
        run.result.failed += 1
        _postpone(link, error)
        if isinstance(error, NotReachable):
            run.silent.add(link.connection_id)
        return
    seen.update(push_due_at=None)
    run.knowing.add(link.connection_id)
    run.result.sent += changed
    run.result.same += not changed


def _close_missing(missing: list[tuple[ArtistLink, NoSuchItem]], *, knows_others: bool) -> None:
    link, _error = missing[0]
    if len(missing) > 1 and not knows_others:
        name = link.connection.name
        _postpone(link, NotReachable(f"{name} knows none of the {len(missing)} artists that it was asked for"))
        return
    for each, error in missing:
        _postpone(each, error)


def _postpone(link: ArtistLink, error: ClientError | Invalid) -> None:
    """A refusal is not repeated, silence is; every failure can be seen on the artist's card of that server."""
    tries = link.push_attempts + 1
    again = isinstance(error, NotReachable) and tries <= len(BACK_OFF)
    at = timezone.now() + timedelta(minutes=BACK_OFF[tries - 1]) if again else None
    values = {"push_due_at": at, "push_attempts": tries, "push_problem": error.message[:500]}
    if isinstance(error, NotReachable):
        waiting = due().filter(connection=link.connection)
        ArtistLink.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(**values)
    else:
        ArtistLink.objects.filter(pk=link.pk).update(**values)
    told = {"connection_id": str(link.connection_id), "artist_id": str(link.artist_id), "error": error.message}
    publish("connection.push_failed", told)

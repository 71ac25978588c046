"""Which changed pictures wait for which server, and sending them one artist after the other when it is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from connections.clients.errors import NoSuchItem, NotReachable
from connections.models import ArtistLink, PicturePush
from connections.services.picture_following import follow
from connections.services.push import BACK_OFF, Pushed
from connections.services.server_pictures import SHOWERS, known_kind
from connections.services.testing import OK
from stillwater.errors import StillwaterError, WriteBlocked
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

QUIET = timedelta(seconds=10)
"""Nothing is sent before nobody has changed the artist's pictures for so long."""


def want_pictures(artist_ids: Iterable[int], kinds: Collection[str]) -> int:
    """Note that these kinds changed, for every server that may be sent pictures; returns for how many."""
    links = ArtistLink.objects.filter(
        artist_id__in=list(artist_ids),
        connection__enabled=True,
        connection__feature_image_write=True,
        connection__type__in=SHOWERS,
    )
    at = timezone.now() + QUIET
    rows = [PicturePush(link=link, kind=known_kind(kind), due_at=at) for link in links for kind in kinds]
    PicturePush.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["link", "kind"],
        update_fields=["due_at", "attempts", "problem", "held"],
    )
    return len(rows)


def due() -> QuerySet[PicturePush]:
    """Of servers that are on and passed their last test; the others' wait until they do."""
    return PicturePush.objects.filter(
        due_at__lte=timezone.now(),
        link__connection__enabled=True,
        link__connection__status=OK,
        link__connection__feature_image_write=True,
    )


def release_held() -> int:
    """What was held back by the conflict ledger is tried anew, since that says something else by now."""
    return PicturePush.objects.filter(held=True).update(due_at=timezone.now(), attempts=0, held=False)


def push_due_pictures(*, progress: Progress = no_progress) -> Pushed:
    """A server that does not answer is left alone with all that waits for it, until the next try."""
    run = _Run()
    links = list(due().order_by("link_id").values_list("link_id", flat=True).distinct())
    for done, pk in enumerate(links, start=1):
        progress(done, len(links), run.result.words())
        rows = list(due().filter(link=pk).exclude(link__connection__in=run.silent))
        link = ArtistLink.objects.select_related("artist", "connection").filter(pk=pk).first()
        if rows and link is not None:
            _push(link, rows, run)
    return run.result


@dataclass
class _Run:
    result: Pushed = field(default_factory=Pushed)
    silent: set[int] = field(default_factory=set)


def _push(link: ArtistLink, rows: list[PicturePush], run: _Run) -> None:
    try:
        followed = follow(link, [known_kind(row.kind) for row in rows])
    except StillwaterError as error:
        if isinstance(error, NotReachable):
            run.silent.add(link.connection_id)
            rows = list(due().filter(link__connection=link.connection_id))
        run.result.failed += 1
        _postpone(link, rows, error)
        return
    for row in rows:
        problem = followed.failed.get(known_kind(row.kind))
        if problem is None:
            _as_seen(row).delete()
        else:
            run.result.failed += 1
            _postpone(link, [row], problem)
    run.result.sent += len(followed.changed)
    run.result.same += len(rows) - len(followed.changed) - len(followed.failed)


def _postpone(link: ArtistLink, rows: list[PicturePush], error: StillwaterError) -> None:
    """What a server refuses is not repeated, silence is, and so is an item that it does not know: it may be starting.

    Every failure can be seen with the artist's pictures on that server.
    """
    held, problem = isinstance(error, WriteBlocked), error.message[:500]
    for row in rows:
        tries = row.attempts + 1
        again = isinstance(error, NotReachable | NoSuchItem) and tries <= len(BACK_OFF)
        at = timezone.now() + timedelta(minutes=BACK_OFF[tries - 1]) if again else None
        _as_seen(row).update(due_at=at, attempts=tries, problem=problem, held=held)
    told = {"connection_id": str(link.connection_id), "artist_id": str(link.artist_id), "error": error.message}
    publish("connection.push_failed", told)


def _as_seen(row: PicturePush) -> QuerySet[PicturePush]:
    """What changed meanwhile stays due."""
    return PicturePush.objects.filter(pk=row.pk, due_at=row.due_at)

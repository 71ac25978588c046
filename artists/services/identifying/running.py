"""A run over many artists: decide, link, refresh; killed at any point it goes on where it stopped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from artists.matching.identification import Decision, without_declined
from artists.models import Artist, Identification, IdentityState
from artists.services.asking import MUSICBRAINZ, Panel
from artists.services.identifying.deciding import decide
from artists.services.identifying.known import Known, known_of
from artists.services.identifying.linking import SourcesOf, link_found, mark_linked, refresh_linked
from artists.services.identifying.outcomes import store_decision, store_failure, store_skip
from artists.services.identifying.scope import reason_to_skip, waiting
from artists.services.sources import panel_of, sources_for
from stillwater.errors import StillwaterError
from stillwater.models import User
from stillwater.progress import Progress, no_progress

AT_ONCE = 100
"""Artists whose evidence is read together."""


@dataclass(frozen=True, slots=True)
class Means:
    """How a run asks: a panel for deciding, fresh for each artist, and the sources of a refresh."""

    panel: Callable[[], Panel]
    sources: SourcesOf


def means_for(actor: User | None = None) -> Means:
    """As it is set up here; a job waits for its turn as long as it takes."""
    return Means(partial(panel_of, (MUSICBRAINZ,), actor, "job"), lambda artist: sources_for(artist, actor, "job"))


@dataclass(frozen=True, slots=True)
class RunResult:
    """How many came out how. `failed` were not asked: a provider is down, or the link could not be stored."""

    run: UUID
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def processed(self) -> int:
        return sum(self.counts.values())

    def of(self, state: IdentityState) -> int:
        return self.counts.get(state, 0)

    def as_plain(self) -> dict[str, Any]:
        return {"group": str(self.run), "message": self.message}

    @property
    def message(self) -> str:
        """38 linked, 4 wait for a decision, 1 not asked."""
        words = [f"{count} {IdentityState(state).label}" for state, count in self.counts.items() if count]
        return ", ".join(words) or "there was nobody to identify"


def identify(
    artists: QuerySet[Artist],
    run: UUID,
    *,
    means: Means | None = None,
    actor: User | None = None,
    progress: Progress = no_progress,
) -> RunResult:
    """Identify and refresh; all operations are in the group `run`. Raises Cancelled between two steps."""
    ways = means or means_for(actor)
    todo = waiting(artists, run)
    done = result_of(run).processed - _unfinished(run)
    total = done + len(todo)
    for some in _some(todo):
        rows = _rows(some)
        known = known_of(rows)
        for artist in rows:
            progress(done, total, artist.name)
            _identify_one(artist, run, known, ways, actor, partial(progress, done, total, artist.name))
            done += 1
    progress(total, total, "")
    return result_of(run)


def preview(artists: QuerySet[Artist], *, means: Means | None = None) -> list[tuple[Artist, Decision]]:
    """What a run would decide, with nothing stored; it asks as a run does."""
    ways, found = means or means_for(), list[tuple[Artist, Decision]]()
    for some in _some(list(artists.order_by("pk").values_list("pk", flat=True))):
        rows = [artist for artist in _rows(some) if not reason_to_skip(artist)]
        known = known_of(rows)
        found += [(artist, _decided(artist, known, ways)) for artist in rows]
    return found


def result_of(run: UUID) -> RunResult:
    rows = Identification.objects.filter(run=run).order_by().values_list("state").annotate(Count("pk"))
    counted = dict(rows)
    return RunResult(run, {state: counted.get(state, 0) for state in IdentityState.values})


def _identify_one(
    artist: Artist, run: UUID, known: Known, means: Means, actor: User | None, checkpoint: Callable[[], None]
) -> None:
    """Each step is stored before the next begins, and passed by when it is found stored."""
    row = Identification.objects.filter(artist=artist, run=run).first()
    if row is None:
        reason = reason_to_skip(artist)
        row = store_skip(artist, run, reason) if reason else store_decision(artist, run, _decided(artist, known, means))
        checkpoint()
    if row.state == IdentityState.LINKING:
        _link(artist, row, actor)
        checkpoint()
    if row.state == IdentityState.LINKED and row.refreshed_at is None:
        refresh_linked(row, means.sources, actor=actor)


def _decided(artist: Artist, known: Known, means: Means) -> Decision:
    declined = Identification.objects.filter(artist=artist).values_list("declined", flat=True).first()
    return without_declined(decide(artist, known, means.panel()), declined or ())


def _link(artist: Artist, row: Identification, actor: User | None) -> None:
    try:
        link_found(artist, row, actor=actor)
    except StillwaterError as error:
        store_failure(row, error.message)
    else:
        mark_linked(row)


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _rows(keys: Sequence[int]) -> list[Artist]:
    stored = Artist.objects.prefetch_related("album_tags").in_bulk(keys)
    return [stored[key] for key in keys if key in stored]


def _unfinished(run: UUID) -> int:
    return len(waiting(Artist.objects.none(), run))

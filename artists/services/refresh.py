"""Refreshes an artist: asks the providers, merges what they say by the order of each field, stores it as one change.

Nothing is cleared because somebody did not answer or had nothing; locks are obeyed; what a person changed while the
providers were asked stays (behaviour.md 4, providers.md 4).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from artists.models import Artist, FieldTrace
from artists.providers.merge import FieldResult, merge
from artists.providers.outcomes import Outcome
from artists.services.asking import MUSICBRAINZ, ask
from artists.services.change import Change
from artists.services.operations import operation
from artists.services.permission import ARTIST_LOCKED, FIELD_LOCKED
from artists.services.provenance import remember_asking
from artists.services.refresh_changes import Policy, intend, named_results, readable
from artists.services.rows import is_recorded
from artists.services.sources import Sources, needed_providers, sources_for, whom
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, Locked
from stillwater.files import exclusive
from stillwater.models import User

SEVERAL = "provider:several"
"""The source of a change whose values are from more than one provider; each value names its own."""

TURNS = 1024
"""Files that stand for all artists: two that share one are refreshed one after the other."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it. `sources`: field to the provider whose value holds now; `down`: who could not be asked, and why.

    `disambiguation_required`: without an MBID nobody knows whom to ask about. `change` is None where nothing changed,
    or where somebody else's refresh of the same moment did the work.
    """

    status: Literal["refreshed", "disambiguation_required"]
    sources: Mapping[str, str] = field(default_factory=dict)
    down: Mapping[str, str] = field(default_factory=dict)
    warning: str = ""
    change: Change | None = None

    @property
    def values(self) -> list[str]:
        """The fields and lists that changed, as the history has them: facts about files are none."""
        return sorted(key for key in self.change.changed if is_recorded(key)) if self.change else []


@dataclass(frozen=True, slots=True)
class Part:
    """What a fix wants of a refresh: these fields alone, and of what is said of them only what it can use.

    `source` and `summary` are the operation's; `refusal(result)` says why a value is of no use, blank where it is.
    `nfo_later`: the run that it belongs to writes artist.nfo once, at its end.
    """

    fields: frozenset[str]
    source: str
    summary: str
    refusal: Callable[[FieldResult], str] = lambda _result: ""
    nfo_later: bool = False


def refresh(
    artist: Artist,
    *,
    sources: Sources | None = None,
    actor: User | None = None,
    group: UUID | None = None,
    policy: Policy = "refresh",
    part: Part | None = None,
) -> Refreshed:
    """Ask and store. `sources`: who may be asked for what; by default as it is set up here, for a waiting person.

    `policy` fill_empty leaves every value that is there; `part` asks for some fields only. Two refreshes of one artist
    at the same moment ask once. Raises Locked for a locked artist, Conflict for an excluded one, Gone for a deleted
    one.
    """
    require_open(artist)
    if not artist.musicbrainz_id:
        return Refreshed("disambiguation_required")
    came = timezone.now()
    with exclusive(_turn_of(artist)):
        wanted = _narrowed(sources or sources_for(artist, actor), part)
        done = _done_meanwhile(artist, came, part.fields if part else wanted.order)
        return done or _refreshed(artist, wanted, actor, group, policy, part)


def require_open(artist: Artist) -> None:
    """Raises Locked for a locked artist, Conflict for an excluded one: nobody is asked about them."""
    if artist.locked:
        raise Locked(ARTIST_LOCKED)
    if artist.is_excluded:
        raise Conflict("artist is excluded")


def _turn_of(artist: Artist) -> Path:
    folder: Path = settings.STILLWATER_DATA / "locks"
    return folder / f"refresh-{artist.pk % TURNS:04}"


def _narrowed(sources: Sources, part: Part | None) -> Sources:
    if part is None:
        return sources
    return replace(sources, order={key: names for key, names in sources.order.items() if key in part.fields})


def _done_meanwhile(artist: Artist, came: datetime, wanted: Collection[str]) -> Refreshed | None:
    """The outcome of a refresh that ended while this one waited for its turn: it began late enough to serve both."""
    traces = list(FieldTrace.objects.filter(artist_id=artist.pk, asked_at__gte=came))
    if not traces or not set(wanted) <= {trace.field for trace in traces}:
        return None
    artist.refresh_from_db()
    return Refreshed("refreshed", {trace.field: trace.winner for trace in traces if trace.winner})


def _refreshed(
    artist: Artist, sources: Sources, actor: User | None, group: UUID | None, policy: Policy, part: Part | None
) -> Refreshed:
    artist.refresh_from_db()
    outcomes = ask(whom(artist), sources.panel, needed_providers(sources))
    results = _results(artist, sources, outcomes, part)
    useless = {each.field: why for each in results if each.populated and part and (why := part.refusal(each))}
    taken = [each for each in results if each.field not in useless]
    summary = "Filled what was empty" if policy == "fill_empty" else "Refreshed from providers"
    with operation(
        artist,
        source=part.source if part else _source(results),
        summary=part.summary if part else summary,
        actor=actor,
        group=group,
    ) as change:
        change.refused |= useless
        intend(change, outcomes, taken, policy, names=part is None or "name" in part.fields)
        follow_nfo(change, later=part is not None and part.nfo_later)
    remember_asking(artist, outcomes, results, change.refused)
    return _outcome(outcomes, taken, change)


def _results(artist: Artist, sources: Sources, outcomes: Mapping[str, Outcome], part: Part | None) -> list[FieldResult]:
    """What is said of every field that is wanted."""
    panel = sources.panel
    kept_type = artist.type if "type" in artist.locked_fields else ""
    merged = merge(outcomes, sources.order, panel.languages, kept_type=kept_type)
    said = [
        *named_results(outcomes, panel.languages, romanise=panel.romanise),
        *(readable(each, panel.languages, romanise=panel.romanise) for each in merged.values()),
    ]
    return said if part is None else [each for each in said if each.field in part.fields]


def _source(results: Sequence[FieldResult]) -> str:
    winners = {result.winner for result in results if result.winner}
    return f"provider:{winners.pop()}" if len(winners) == 1 else SEVERAL


def _outcome(outcomes: Mapping[str, Outcome], results: Sequence[FieldResult], change: Change) -> Refreshed:
    won = {result.field: result.winner for result in results if result.winner and result.field not in change.refused}
    down = {name: outcome.reason for name, outcome in outcomes.items() if outcome.is_down}
    return Refreshed("refreshed", won, down, _warning(outcomes, change), change)


def _warning(outcomes: Mapping[str, Outcome], change: Change) -> str:
    """What the person should hear of beside the outcome: the file, a name that is kept, MusicBrainz away."""
    parts = [change.warning] if change.warning else []
    if change.refused.get("name") == FIELD_LOCKED and outcomes[MUSICBRAINZ].record is not None:
        parts.append("the name is locked and stays")
    musicbrainz = outcomes.get(MUSICBRAINZ)
    if musicbrainz is not None and musicbrainz.record is None:
        parts.append(f"MusicBrainz {musicbrainz.reason}")
    return "; ".join(parts)

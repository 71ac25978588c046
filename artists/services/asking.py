"""Asks several providers about one artist: MusicBrainz first for the identifiers, then the others at the same time."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from artists.providers.answers import ArtistRecord
from artists.providers.base import Lookup, Provider
from artists.providers.contradictions import DEFAULT_THRESHOLD, contradiction, survivor_of
from artists.providers.errors import ProviderError
from artists.providers.identity import identifiers
from artists.providers.outcomes import Kind, Outcome, answered, failed, refused, skipped
from artists.providers.session import PAGE_SECONDS
from artists.services.at_once import at_once
from stillwater.outbound import Budget

logger = logging.getLogger(__name__)

MUSICBRAINZ = "musicbrainz"

TOO_LATE = "did not answer in time"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the question is about. `names`: everything the artist is called here, against which answers are held.

    `unique`: nobody else in the library has this name, so that a name may be looked up at all.
    """

    lookup: Lookup
    names: tuple[str, ...]
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """The providers that can be asked, by name, each with a session of its own; and why others cannot.

    `budget`: the time for all of them together, which their sessions share; None: as long as it takes (jobs).
    """

    providers: Mapping[str, Provider]
    unavailable: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ("en",)
    romanise: bool = True
    threshold: int = DEFAULT_THRESHOLD
    budget: Budget | None = field(default_factory=lambda: Budget.of(PAGE_SECONDS))

    @property
    def seconds(self) -> float | None:
        """What is left of the time; None: however long it takes."""
        return None if self.budget is None else self.budget.left()


def ask(asked: Asked, panel: Panel, needed: Collection[str]) -> dict[str, Outcome]:
    """One outcome for every provider in `needed`, and for MusicBrainz, which is always asked where there is an MBID.

    Each is asked once. Answers about somebody else are refused. Nobody is looked up by name alone unless MusicBrainz
    has answered for the artist and the name is unique in the library. Never raises.
    """
    asked = replace(asked, lookup=replace(asked.lookup, threshold=panel.threshold))
    outcomes = _first(asked, panel, needed)
    known = _informed(asked, outcomes.get(MUSICBRAINZ))
    rest = [name for name in dict.fromkeys(needed) if name not in outcomes]
    outcomes |= _together(known, panel, rest)
    return {name: _checked(outcome, known, panel) for name, outcome in outcomes.items()}


def _first(asked: Asked, panel: Panel, needed: Collection[str]) -> dict[str, Outcome]:
    """MusicBrainz knows artists by their MBID alone; who has none may still be found elsewhere."""
    if not asked.lookup.mbid:
        return {MUSICBRAINZ: skipped(MUSICBRAINZ, "the artist has no MusicBrainz ID")} if MUSICBRAINZ in needed else {}
    return _together(asked, panel, [MUSICBRAINZ])


def _informed(asked: Asked, first: Outcome | None) -> Asked:
    """What MusicBrainz said is known to those that come after it: identifiers, names, the survivor of a merge."""
    name = asked.lookup.name if asked.unique else ""
    if not asked.lookup.mbid or first is None:
        return replace(asked, lookup=replace(asked.lookup, name=name))
    record = first.record
    if record is None:
        return replace(asked, lookup=replace(asked.lookup, name=""))
    ids = {provider: each.value for provider, each in identifiers({MUSICBRAINZ: first}).items()}
    names = (*asked.names, record.name, record.sort_name, *(alias.name for alias in record.aliases))
    lookup = replace(asked.lookup, name=name, ids={**ids, **asked.lookup.ids, MUSICBRAINZ: record.provider_id})
    return replace(asked, lookup=lookup, names=names)


def _together(asked: Asked, panel: Panel, names: Sequence[str]) -> dict[str, Outcome]:
    found = at_once({name: partial(_one, name, asked, panel) for name in names}, panel.seconds)
    return {name: found.get(name) or Outcome(name, Kind.NOT_ANSWERING, reason=TOO_LATE) for name in names}


def _one(name: str, asked: Asked, panel: Panel) -> Outcome:
    provider = panel.providers.get(name)
    if provider is None:
        return skipped(name, panel.unavailable.get(name, "is not set up"))
    try:
        record = provider.artist(asked.lookup, panel.languages)
    except ProviderError as error:
        return failed(error)
    except Exception:
        logger.exception("%s failed in an unforeseen way", name)  # a fault of ours takes nobody else down
        return Outcome(name, Kind.NOT_ANSWERING, reason="could not be understood")
    return answered(record) if name != MUSICBRAINZ else _of_musicbrainz(record, asked, panel.threshold)


def _of_musicbrainz(record: ArtistRecord, asked: Asked, threshold: int) -> Outcome:
    """The record of the MBID that was asked for, or of the one it was merged into; never of a third one."""
    if not asked.lookup.mbid or record.provider_id.lower() == asked.lookup.mbid.lower():
        return answered(record)
    if survivor_of(record, asked.names, threshold):
        return answered(record)
    return refused(MUSICBRAINZ, f"it answers about another artist ({record.name or record.provider_id})")


def _checked(outcome: Outcome, asked: Asked, panel: Panel) -> Outcome:
    if outcome.record is None or outcome.provider == MUSICBRAINZ:
        return outcome
    reason = contradiction(outcome.record, asked.lookup, asked.names, panel.threshold)
    return refused(outcome.provider, reason) if reason else outcome

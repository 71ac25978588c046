"""What can be done to many artists, one after the other. Higher floors join their own kinds at start-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from artists.models import Artist, BulkItem, ItemStatus
from artists.providers.picking import PROMPT_NO_MATCH
from artists.services.asking import Panel
from artists.services.bulk_runs.offers import PictureSources, picture_sources_for
from artists.services.identify import SEARCHED
from artists.services.pictures.fetching import fetch_picture
from artists.services.sources import Sources, panel_of, sources_for
from stillwater.errors import Invalid
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class Asking:
    """Where a run gets the providers from: a fresh session for each artist, with a job's patience."""

    sources: Callable[[Artist, User | None], Sources] = lambda artist, actor: sources_for(artist, actor, "job")
    panel: Callable[[User | None], Panel] = lambda actor: panel_of(SEARCHED[:1], actor, "job")
    pictures: Callable[[Artist, Sequence[str], User | None], PictureSources] = picture_sources_for
    download: Callable[[str], bytes] = fetch_picture


@dataclass(frozen=True, slots=True)
class Run:
    """What a step knows beside the artist: the run's mode and group, who asked for it, and whom to ask."""

    mode: str
    group: UUID
    actor: User | None = None
    asking: Asking = field(default_factory=Asking)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one artist."""

    status: ItemStatus
    message: str = ""
    linked: bool = False


Step = Callable[[Artist, BulkItem, Run], Outcome]


@dataclass(frozen=True, slots=True)
class BulkKind:
    """`skips`: the artists that need nothing or must not be touched, each with the reason; the first that fits counts.

    `done` and `label` are words for buttons and reports. `identifies`: artists without an MBID are looked up by the
    run's mode. `fetches`: providers are asked, so that rates tell how long it takes.
    """

    key: str
    label: str
    done: str
    step: Step
    skips: tuple[tuple[Q, str], ...] = ()
    identifies: bool = False
    mode: str = PROMPT_NO_MATCH
    """Whom it links by itself where nobody says otherwise."""
    fetches: bool = False


_kinds: dict[str, BulkKind] = {}

LEFT_ALONE: tuple[tuple[Q, str], ...] = (
    (Q(is_excluded=True), "artist is excluded"),
    (Q(locked=True), "artist is locked"),
)
"""What nothing automatic touches (behaviour.md 3)."""


def join_bulk_kind(kind: BulkKind) -> None:
    """Offer this kind; called once at start-up."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> BulkKind:
    """Raises Invalid."""
    try:
        return _kinds[key]
    except KeyError:
        raise Invalid("unknown action", "action") from None


def is_offered(key: str) -> bool:
    return key in _kinds

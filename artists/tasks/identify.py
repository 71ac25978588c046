"""Background work of identifying: the run over many, the refresh after a person's choice, the wizard's next step."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from artists.models import Artist, Identification, IdentityState, WizardStep
from artists.queries.selection import Selection
from artists.services.asking import MUSICBRAINZ
from artists.services.identifying.linking import refresh_linked
from artists.services.identifying.running import identify, means_for
from artists.services.identifying.scope import by_ids, unidentified
from artists.services.identifying.wizard import look_up
from artists.services.sources import panel_of
from stillwater import jobs
from stillwater.events import publish
from stillwater.models import Job, User
from stillwater.progress import Progress

IDENTIFY, REFRESH_LINKED, PREFETCH = "identify", "refresh_linked", "wizard_prefetch"
LONGEST = timedelta(days=14)
"""MusicBrainz answers one question a second: a hundred thousand artists take days."""


@jobs.job(IDENTIFY, "Identifying artists", deadline=LONGEST, attempts=jobs.LONG_WORK)
def identify_many(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `run`, and `ids`, `selection` (a token) or `library_id`; without them all that have no MBID."""
    actor = User.objects.filter(pk=params["asked_by"]).first()
    result = identify(scope_of(params), UUID(params["run"]), actor=actor, progress=progress)
    linked = result.of(IdentityState.LINKED)
    publish(
        "bulk.completed",
        {"type": IDENTIFY, "status": "completed", "verb": IDENTIFY, "changed": linked, "group": params["run"]},
    )
    return result.as_plain()


@jobs.job(REFRESH_LINKED, "Refreshing an identified artist")
def refresh_one(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `artist_id`, `asked_by`."""
    actor = User.objects.filter(pk=params["asked_by"]).first()
    rows = Identification.objects.select_related("artist").filter(state=IdentityState.LINKED, refreshed_at=None)
    row = rows.filter(artist=params["artist_id"]).first()
    if row is None:
        return {"message": "it is refreshed already"}
    refresh_linked(row, means_for(actor).sources, actor=actor)
    return {"message": row.refresh_note or f"{row.artist.name} is refreshed"}


@jobs.job(PREFETCH, "Looking up the next artist", quiet=True)
def prefetch(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `step`, the key of a WizardStep."""
    step = WizardStep.objects.select_related("artist").filter(pk=params["step"], looked_up_at=None).first()
    if step is not None:
        look_up(step, panel_of((MUSICBRAINZ,), None, "job"))
    return {}


def start_identify(
    asked_by: User | None, *, ids: list[int] | None = None, selection: str = "", library_id: int | None = None
) -> tuple[Job, bool]:
    """One run at a time. Returns the job and whether it is new."""
    params = {"run": str(uuid4()), "ids": ids, "selection": selection, "library_id": library_id}
    return jobs.start(IDENTIFY, {**params, "asked_by": asked_by.pk if asked_by else None}, asked_by=asked_by)


def start_refresh_linked(row: Identification, asked_by: User | None) -> None:
    params = {"artist_id": row.artist_id, "asked_by": asked_by.pk if asked_by else None}
    jobs.start(REFRESH_LINKED, params, key=f"{REFRESH_LINKED}:{row.artist_id}", asked_by=asked_by)


def start_prefetch(step: WizardStep | None, asked_by: User | None) -> None:
    """Nothing to do for a step whose candidates are there."""
    if step is not None and step.looked_up_at is None:
        jobs.start(PREFETCH, {"step": step.pk}, key=f"{PREFETCH}:{step.pk}", asked_by=asked_by)


def scope_of(params: dict[str, Any]) -> QuerySet[Artist]:
    if params.get("ids") is not None:
        return by_ids(params["ids"])
    if params.get("selection"):
        return Selection.from_token(params["selection"]).artists()
    return unidentified(params.get("library_id"))

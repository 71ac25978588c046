"""The review wizard over REST: start it with ids, decide step by step, save and exit."""

from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from artists.models import WizardStep
from artists.services.identifying.wizard import (
    accept_step,
    decline_step,
    next_index,
    save_and_exit,
    session_of,
    skip_step,
    start_walk,
    step_of,
)
from artists.tasks.identify import start_prefetch, start_refresh_linked
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.errors import Invalid
from stillwater.models import User

router = Router(tags=["Bulk Operations"])

STEP = "/artists/re-identify/wizard/{sid}/step/{idx}"


class WizardIn(Schema):
    ids: list[str] = Field(min_length=1, max_length=1000)


class WizardOut(Schema):
    session_id: str
    total: int
    index: int


class AcceptIn(Schema):
    mbid: str
    discogs_id: str = ""


class AdvancedOut(Schema):
    status: Literal["advanced"] = "advanced"
    index: int


class DoneOut(Schema):
    status: Literal["done"] = "done"
    session_id: str


class WizardSavedOut(Schema):
    status: Literal["saved"] = "saved"
    accepted: int
    skipped: int
    declined: int
    leftover: int


@router.post(
    "/artists/re-identify/wizard",
    operation_id="startReIdentifyWizard",
    url_name="wizard_start",
    summary="Start a walk through artists, to say who they are",
    response={202: WizardOut, **errors(400, 401, 503)},
)
def start(request: HttpRequest, payload: WizardIn) -> Status[WizardOut]:
    """Candidates of the first artist are looked up at once, in the background."""
    person = caller(request)
    session = start_walk(_ids(payload.ids), actor=person)
    start_prefetch(session.steps.first(), person)
    total = session.steps.count()
    return Status(202, WizardOut(session_id=session.key.hex, total=total, index=session.index))


@router.post(
    STEP + "/accept",
    operation_id="acceptReIdentifyWizardStep",
    url_name="wizard_accept",
    summary="It is this one",
    response={200: AdvancedOut | DoneOut, **errors(400, 401, 404, 409)},
)
def accept(request: HttpRequest, sid: str, idx: int, payload: AcceptIn) -> AdvancedOut | DoneOut:
    """Link the artist; it is refreshed in the background. Another choice takes the first one back."""
    person, step = caller(request), step_of(session_of(sid), idx)
    row = accept_step(step, payload.mbid, discogs_id=payload.discogs_id, actor=person)
    start_refresh_linked(row, person)
    return _onward(step, person)


@router.post(
    STEP + "/skip",
    operation_id="skipReIdentifyWizardStep",
    url_name="wizard_skip",
    summary="Leave this artist as it is",
    response={200: AdvancedOut | DoneOut, **errors(401, 404, 409)},
)
def skip(request: HttpRequest, sid: str, idx: int) -> AdvancedOut | DoneOut:
    person, step = caller(request), step_of(session_of(sid), idx)
    skip_step(step, actor=person)
    return _onward(step, person)


@router.post(
    STEP + "/decline",
    operation_id="declineReIdentifyWizardStep",
    url_name="wizard_decline",
    summary="It is none of these",
    response={200: AdvancedOut | DoneOut, **errors(401, 404, 409)},
)
def decline(request: HttpRequest, sid: str, idx: int) -> AdvancedOut | DoneOut:
    """Remembered: the candidates are neither shown nor linked again."""
    person, step = caller(request), step_of(session_of(sid), idx)
    decline_step(step, actor=person)
    return _onward(step, person)


@router.post(
    "/artists/re-identify/wizard/{sid}/save-exit",
    operation_id="saveExitReIdentifyWizard",
    url_name="wizard_save_exit",
    summary="End the walk; who was not decided waits in the review queue",
    response={200: WizardSavedOut, **errors(401, 404)},
)
def save_exit(request: HttpRequest, sid: str) -> WizardSavedOut:
    counts = save_and_exit(session_of(sid))
    return WizardSavedOut(
        accepted=counts.accepted, skipped=counts.skipped, declined=counts.declined, leftover=counts.leftover
    )


def _onward(step: WizardStep, person: User | None) -> AdvancedOut | DoneOut:
    behind = next_index(step)
    if behind is None:
        return DoneOut(session_id=step.session.key.hex)
    start_prefetch(step.session.steps.filter(index=behind).first(), person)
    return AdvancedOut(index=behind)


def _ids(ids: list[str]) -> list[int]:
    if not all(word.isascii() and word.isdigit() and len(word) < 19 for word in ids):
        raise Invalid("ids must be those of artists", "ids")
    return [int(word) for word in ids]

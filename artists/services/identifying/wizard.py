"""The review wizard: one artist per step, stored, so that it can be gone on with after a restart and from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from artists.matching.identification import MOST_SHOWN, Candidate, by_albums, by_name
from artists.models import (
    Artist,
    Identification,
    IdentityState,
    StepDecision,
    WizardSession,
    WizardStep,
)
from artists.services.asking import Panel
from artists.services.identifying.deciding import by_evidence, gather
from artists.services.identifying.known import known_of
from artists.services.identifying.plain import mbids_of, plain_candidates
from artists.services.identifying.review import accept, required_mbid
from artists.services.undo import undo_group
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.models import User

MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the steps; always counted anew, so that a step decided twice counts once."""

    accepted: int
    skipped: int
    declined: int
    leftover: int


def start_walk(ids: Sequence[int], *, actor: User | None = None) -> WizardSession:
    """One step for each artist that exists, in the order given. Raises Invalid for none and for too many."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Invalid("ids must not be empty", "ids")
    if len(wanted) > MOST_STEPS:
        raise Invalid(f"at most {MOST_STEPS} ids", "ids")
    known = set(Artist.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    there = [key for key in wanted if key in known]
    if not there:
        raise Invalid("none of these artists exists", "ids")
    with transaction.atomic():
        session = WizardSession.objects.create(started_by=actor)
        WizardStep.objects.bulk_create(
            WizardStep(session=session, index=number, artist_id=key) for number, key in enumerate(there)
        )
    return session


def session_of(key: str) -> WizardSession:
    """Raises NotFound."""
    try:
        session = WizardSession.objects.filter(key=UUID(key)).first()
    except ValueError:
        session = None
    if session is None:
        raise NotFound("wizard session not found")
    return session


def step_of(session: WizardSession, index: int) -> WizardStep:
    """Raises NotFound."""
    step = session.steps.select_related("artist").filter(index=index).first() if 0 <= index < 1 << 31 else None
    if step is None:
        raise NotFound("wizard step not found")
    return step


def look_up(step: WizardStep, panel: Panel, *, again: bool = False) -> WizardStep:
    """Fill in the candidates, once; a provider that was down is asked anew when `again`."""
    if step.looked_up_at and not (again and step.problem):
        return step
    known = known_of([step.artist])
    evidence, gathered = by_evidence(step.artist, known), gather(step.artist, panel)
    found = by_albums(gathered.candidates) or by_name(known.subject(step.artist), gathered.candidates)
    shown = _merged((*(evidence.candidates if evidence else ()), *(found.candidates or gathered.candidates)))
    step.candidates = plain_candidates(shown[:MOST_SHOWN])
    step.evidence = dict((evidence or found).evidence)
    step.problem, step.looked_up_at = gathered.problem[:500], timezone.now()
    step.save(update_fields=["candidates", "evidence", "problem", "looked_up_at"])
    return step


def accept_step(step: WizardStep, mbid: str, *, discogs_id: str = "", actor: User | None = None) -> Identification:
    """Link the artist; the same choice again changes nothing, another one takes the first back."""
    chosen = required_mbid(mbid)
    if step.decision == StepDecision.ACCEPTED and step.mbid == chosen:
        return Identification.objects.get(artist=step.artist_id)
    _take_back(step, actor)
    row = accept(step.artist, chosen, discogs_id=discogs_id, actor=actor)
    _decide(step, StepDecision.ACCEPTED, chosen, row.run)
    return row


def skip_step(step: WizardStep, *, actor: User | None = None) -> None:
    """Leave it as it is."""
    _take_back(step, actor)
    _decide(step, StepDecision.SKIPPED)


def decline_step(step: WizardStep, *, actor: User | None = None) -> None:
    """It is none of these, which is remembered: they are neither shown nor linked again."""
    _take_back(step, actor)
    row, _is_new = Identification.objects.get_or_create(
        artist=step.artist, defaults={"state": IdentityState.DECLINED, "tier": "wizard"}
    )
    row.declined = sorted({*row.declined, *mbids_of(step.candidates)})
    if not step.artist.musicbrainz_id:
        row.state, row.reason = IdentityState.DECLINED, "a person said that it is none of these"
    row.save(update_fields=["declined", "state", "reason"])
    _decide(step, StepDecision.DECLINED)


def next_index(step: WizardStep) -> int | None:
    """The step behind this one; None behind the last. The session stands there from now on."""
    session, behind = step.session, step.index + 1
    is_last = behind >= session.steps.count()
    session.index = step.index if is_last else behind
    session.ended_at = timezone.now() if is_last else None
    session.save(update_fields=["index", "ended_at"])
    return None if is_last else behind


def save_and_exit(session: WizardSession) -> Counts:
    """End the walk; who was not decided waits in the review queue. Doing it again changes nothing."""
    for step in session.steps.filter(decision=StepDecision.OPEN).select_related("artist"):
        if not step.artist.musicbrainz_id:
            _leave_to_review(step)
    session.ended_at = session.ended_at or timezone.now()
    session.save(update_fields=["ended_at"])
    return counts_of(session)


def counts_of(session: WizardSession) -> Counts:
    counted = session.steps.aggregate(
        accepted=Count("pk", filter=Q(decision=StepDecision.ACCEPTED)),
        skipped=Count("pk", filter=Q(decision=StepDecision.SKIPPED)),
        declined=Count("pk", filter=Q(decision=StepDecision.DECLINED)),
        leftover=Count("pk", filter=Q(decision=StepDecision.OPEN)),
    )
    return Counts(**counted)


def _leave_to_review(step: WizardStep) -> None:
    row, is_new = Identification.objects.get_or_create(
        artist=step.artist, defaults={"state": IdentityState.QUEUED, "tier": "wizard"}
    )
    if not is_new and row.state == IdentityState.QUEUED and not step.looked_up_at:
        return
    row.state, row.tier, row.reason = IdentityState.QUEUED, "wizard", "left over in the wizard"
    row.candidates, row.evidence = step.candidates or row.candidates, step.evidence or row.evidence
    row.save(update_fields=["state", "tier", "reason", "candidates", "evidence"])


def _take_back(step: WizardStep, actor: User | None) -> None:
    """An acceptance that is thought better of, with the refresh that followed it."""
    if step.decision == StepDecision.ACCEPTED and step.group:
        came = undo_group(step.group, actor)
        if came.refused:
            raise Conflict(f"the choice before cannot be taken back: {came.refused[0][1]}")
        step.artist.refresh_from_db()


def _decide(step: WizardStep, decision: StepDecision, mbid: str = "", group: UUID | None = None) -> None:
    step.decision, step.mbid, step.group = decision, mbid, group
    step.save(update_fields=["decision", "mbid", "group"])


def _merged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each MBID once: MusicBrainz' words about it, and its albums, at the place where the evidence ranks it."""
    merged: dict[str, Candidate] = {}
    for each in candidates:
        key = each.hit.musicbrainz_id.lower()
        first = merged.get(key)
        if first is None:
            merged[key] = each
        elif first.albums is None:
            reason = f"{first.reason}; {each.reason}"
            merged[key] = Candidate(each.hit, max(first.confidence, each.confidence), reason, each.albums)
    return list(merged.values())

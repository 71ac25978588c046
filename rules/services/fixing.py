"""Fixes one finding through one door: refused with a reason, done once, closed only when evaluation agrees."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from artists.models import Operation
from artists.services.bulk_runs.kinds import Asking
from artists.services.bulk_runs.offers import picture_sources_for
from artists.services.folder_look import renew_folder_facts
from artists.services.identify import SEARCHED
from artists.services.sources import panel_of, sources_for
from artists.services.undo import undo
from rules.fixes.base import Aid, Case, Fix, Mended, Offered
from rules.fixes.hurdles import hurdle
from rules.models import Violation
from rules.queries.findings import finding
from rules.services.cases import CHOICE_NEEDED, case_of, fix_of, refusal_of
from rules.services.choosing import park
from rules.services.evaluation import evaluate
from rules.services.story import last_operation, tell
from stillwater import events
from stillwater.errors import Gone, NotFound, StillwaterError
from stillwater.files import exclusive
from stillwater.models import User
from stillwater.numbers import whole_number

UNDO_SECONDS = 30
"""For how long a page offers the undo; the operation itself can be undone for days."""
TURNS = 1024
"""Files that stand for all findings: two that share one are fixed one after the other."""

FOR_A_PAGE = Asking(
    sources=lambda artist, actor: sources_for(artist, actor, "page"),
    panel=lambda actor: panel_of(SEARCHED[:1], actor, "page"),
    pictures=lambda artist, kinds, actor: picture_sources_for(artist, kinds, actor, "page"),
)
"""Somebody waits for the answer."""


@dataclass(frozen=True, slots=True)
class FixOutcome:
    """How it ended. `undo_id` is blank where there is nothing to take back.

    `code`: why it failed, in a word for counting; `waiting`: nothing failed, but a person has to choose.
    """

    status: Literal["fixed", "dismissed", "failed"]
    message: str
    undo_id: str = ""
    code: str = ""

    @property
    def waiting(self) -> bool:
        return self.code == "choice"


def fix(
    finding_id: str | int,
    *,
    actor: User | None = None,
    group: UUID | None = None,
    aid: Aid | None = None,
    since: datetime | None = None,
) -> FixOutcome:
    """Fix one finding. Refusals are outcomes with their reason. Two that fix it at the same moment fix it once.

    `aid` says whom to ask and for which run; by default a person waits. `since`: what was mended since then is as good
    as fixed by this call, which is now unless a run began earlier. Raises NotFound for an unknown finding.
    """
    came = since or timezone.now()
    aid = aid or Aid(actor, group or uuid4(), FOR_A_PAGE)
    with exclusive(_turn_of(finding_id)):
        row = finding(finding_id)
        return _fixed_meanwhile(row, came, aid) or _fix(row, aid)


def undo_fix(undo_id: str, *, actor: User | None = None) -> Operation:
    """Take a fix back; the finding opens again. Raises Gone when that was done before or is too late, Conflict."""
    made = Operation.objects.filter(pk=whole_number(undo_id) or 0).first()
    if made is None or made.undone_at is not None:
        raise Gone("this fix can no longer be undone")
    try:
        undone = undo(made.pk, actor)
    except NotFound as error:
        raise Gone("this fix can no longer be undone") from error
    if made.artist_id is not None:
        evaluate(artists=[made.artist_id])
        _tell_of_undo(made)
    return undone


def _fix(row: Violation, aid: Aid) -> FixOutcome:
    refusal, code = refusal_of(row)
    if refusal:
        return FixOutcome("failed", refusal, code=code)
    case, way = case_of(row), fix_of(row.rule_id)
    if case is not None and way is not None and (held := hurdle(way, case)):
        return FixOutcome("failed", held.message, code=held.code)
    evaluate(artists=[row.artist_id])
    try:
        row = finding(row.pk)
    except NotFound:
        return FixOutcome("dismissed", "the artist is gone")
    case = case_of(row)
    if not row.is_active or case is None or way is None:
        return FixOutcome("fixed", "it was mended meanwhile")
    return _mended(row, way, case, aid)


def _mended(row: Violation, way: Fix, case: Case, aid: Aid) -> FixOutcome:
    try:
        made = way.mend(case, aid)
    except Gone as error:
        return FixOutcome("dismissed", error.message)
    except StillwaterError as error:
        tell(row, f"failed: {error.message}")
        return FixOutcome("failed", error.message, code="refused")
    if isinstance(made, Offered):
        park(row, made)
        return FixOutcome("failed", f"{CHOICE_NEEDED}: {len(made.candidates)} offered", code="choice")
    return _agreed(row, case, made)


def _agreed(row: Violation, case: Case, made: Mended) -> FixOutcome:
    """The finding is looked at once more by what is stored by now, and says itself whether it is mended."""
    way = fix_of(row.rule_id)
    if made.operation is not None and way is not None and way.axis == "image":
        renew_folder_facts(case.artist)
    evaluate(artists=[row.artist_id])
    row = finding(row.pk)
    key = str(made.operation.pk) if made.operation else ""
    if row.is_active:
        tell(row, f"{made.words}, but the finding is still there", operation=key)
        return FixOutcome("failed", "the finding is still there after the fix", key, code="remains")
    return _fixed(row, made)


def _fixed(row: Violation, made: Mended) -> FixOutcome:
    key = str(made.operation.pk) if made.operation else ""
    tell(row, f"fixed: {made.words}", operation=key)
    told = {"violation_id": str(row.pk), "artist_id": str(row.artist_id), "rule_id": row.rule_id}
    events.publish("metadata.fixed", {**told, "artist_name": row.artist_name, "message": made.words})
    return FixOutcome("fixed", made.words, key)


def _fixed_meanwhile(row: Violation, came: datetime, aid: Aid) -> FixOutcome | None:
    """The outcome of the one that was quicker: a double click is answered twice alike.

    What another fix of the same run mended too has no story of its own yet, and gets it here.
    """
    if row.is_active or row.resolved_at is None or row.resolved_at < came:
        return None
    if row.tried_at is not None and row.tried_at >= came:
        what, key = last_operation(row)
        return FixOutcome("fixed", what.removeprefix("fixed: "), key)
    made = Operation.objects.filter(group=aid.group, artist=row.artist_id).order_by("-pk").first()
    return _fixed(row, Mended(made)) if made else FixOutcome("fixed", "it was mended meanwhile")


def _turn_of(finding_id: str | int) -> Path:
    folder: Path = settings.STILLWATER_DATA / "locks"
    return folder / f"fix-{(whole_number(str(finding_id)) or 0) % TURNS:04}"


def _tell_of_undo(made: Operation) -> None:
    rule_id = made.source.removeprefix("rule:")
    row = Violation.objects.filter(artist=made.artist_id, rule=rule_id).first()
    if row is not None:
        tell(row, f"taken back: {made.summary}", operation=str(made.pk))


def in_a_run(actor: User | None, group: UUID, asking: Asking | None = None) -> Aid:
    """The aid of a job: nobody waits, and what it does belongs together."""
    return replace(Aid(actor, group), asking=asking or Asking())

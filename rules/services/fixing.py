"""Fix one finding, many, or all that can be: through one door, each a stored operation that can be undone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol
from uuid import UUID, uuid4

from django.utils import timezone

from artists.models import Artist, Operation
from artists.services.undo import undo
from rules.catalogue import BY_ID
from rules.fixes.nfo import write_nfo
from rules.models import RuleSetting, Status, Violation
from rules.queries.findings import finding
from rules.services.evaluation import evaluate
from rules.services.violations import dismiss_orphans
from stillwater import events
from stillwater.errors import Gone, Invalid, Locked, NotFound, StillwaterError, Unprocessable
from stillwater.models import User
from stillwater.numbers import whole_number
from stillwater.progress import Progress, no_progress

UNDO_SECONDS = 30
"""For how long a page offers the undo; the operation itself can be undone for days."""
MOST_STORIES = 10


class Fix(Protocol):
    """Mends one artist and returns the operation, None where nothing had to change; raises StillwaterError."""

    def __call__(self, artist: Artist, *, actor: User | None, group: UUID | None) -> Operation | None: ...


FIXES: Mapping[str, Fix] = {"nfo_exists": write_nfo}
APPLIERS: Mapping[str, Callable[[Violation, str, str, User | None], Operation]] = {}
"""By rule: what takes a chosen picture. The rules that offer candidates join with their fixes."""


@dataclass(frozen=True, slots=True)
class FixOutcome:
    """How it ended. `undo_id` is blank where there is nothing to take back."""

    status: Literal["fixed", "dismissed", "failed"]
    message: str
    undo_id: str = ""


@dataclass(slots=True)
class FixAllResult:
    total: int = 0
    processed: int = 0
    fixed: int = 0
    skipped: int = 0
    failed: int = 0

    def add(self, outcome: FixOutcome) -> None:
        self.processed += 1
        self.fixed += outcome.status == "fixed"
        self.skipped += outcome.status == "dismissed"
        self.failed += outcome.status == "failed"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def fix(finding_id: str | int, *, actor: User | None = None, group: UUID | None = None) -> FixOutcome:
    """Fix one finding. Refusals are outcomes with their reason; the finding closes only once evaluation agrees.

    Raises NotFound for an unknown finding.
    """
    row = finding(finding_id)
    refusal = _refusal(row)
    if refusal:
        return FixOutcome("failed", refusal)
    try:
        made = FIXES[BY_ID[row.rule_id].fix](row.artist, actor=actor, group=group)
    except StillwaterError as error:
        _tell_story(row, f"failed: {error.message}")
        return FixOutcome("failed", error.message)
    return _agreed(row, made)


def fixable_findings(ids: Iterable[str | int] | None = None) -> list[int]:
    """Keys of the open findings that have a fix, artist by artist; of these ids, or of all."""
    rules = [rule.id for rule in BY_ID.values() if rule.fix in FIXES]
    rows = Violation.objects.filter(status=Status.OPEN, fixable=True, rule__in=rules, artist__locked=False)
    if ids is not None:
        rows = rows.filter(pk__in=[key for key in map(whole_number, map(str, ids)) if key is not None])
    return list(rows.order_by("artist_name", "artist", "pk").values_list("pk", flat=True))


def fix_all(
    ids: Iterable[str | int] | None = None, *, actor: User | None = None, progress: Progress = no_progress
) -> FixAllResult:
    """Fix what can be fixed, as one group that can be undone together. Without ids, orphans are dismissed first."""
    if ids is None:
        dismiss_orphans()
    return _fix_each(fixable_findings(ids), actor, progress)


def fix_automatic(rules: Iterable[str] | None = None, *, progress: Progress = no_progress) -> FixAllResult:
    """Fix the findings of rules whose mode is auto: of these rules, or of all."""
    auto = RuleSetting.objects.filter(enabled=True, automation_mode="auto")
    if rules is not None:
        auto = auto.filter(pk__in=list(rules))
    rows = Violation.objects.filter(pk__in=fixable_findings(), rule__in=auto)
    return _fix_each(list(rows.order_by("artist_name", "pk").values_list("pk", flat=True)), None, progress)


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
    return undone


def apply_candidate(finding_id: str | int, url: str, image_type: str, *, actor: User | None = None) -> Operation:
    """Take one of the offered pictures. Raises NotFound, Invalid where none or not this one was offered, Locked."""
    row = finding(finding_id)
    if row.status != Status.PENDING_CHOICE:
        raise Invalid("this violation is not waiting for a choice")
    if not any(one.get("url") == url and one.get("image_type") == image_type for one in row.candidates):
        raise Invalid("this picture is not among the candidates", "url")
    if row.artist.locked:
        raise Locked("artist is locked")
    if row.rule_id not in APPLIERS:
        raise Unprocessable("pictures cannot be applied to this rule yet")
    made = APPLIERS[row.rule_id](row, url, image_type, actor)
    evaluate(artists=[row.artist_id])
    return made


def _fix_each(keys: list[int], actor: User | None, progress: Progress) -> FixAllResult:
    result, group = FixAllResult(total=len(keys)), uuid4()
    for key in keys:
        progress(result.processed, result.total, "fixing")
        try:
            result.add(fix(key, actor=actor, group=group))
        except NotFound:
            result.add(FixOutcome("dismissed", "it is gone"))
    progress(result.processed, result.total, "done")
    return result


def _refusal(row: Violation) -> str:
    if row.status == Status.PENDING_CHOICE and row.candidates:
        return "candidate selection required"
    if not row.is_active:
        return f"this violation is {row.status}"
    if row.rule_id not in BY_ID or BY_ID[row.rule_id].fix not in FIXES:
        return "there is no automatic fix for this rule yet"
    if row.artist.locked:
        return "artist is locked"
    return "artist is excluded" if row.artist.is_excluded else ""


def _agreed(row: Violation, made: Operation | None) -> FixOutcome:
    evaluate(artists=[row.artist_id])
    row.refresh_from_db()
    if row.is_active:
        _tell_story(row, "changed something, but the finding is still there")
        return FixOutcome("failed", "the finding is still there after the fix", _undo_id(made))
    _tell_story(row, "fixed")
    events.publish(
        "metadata.fixed", {"violation_id": str(row.pk), "artist_id": str(row.artist_id), "rule_id": row.rule_id}
    )
    return FixOutcome("fixed", made.summary if made else "already as it should be", _undo_id(made))


def _undo_id(made: Operation | None) -> str:
    return str(made.pk) if made else ""


def _tell_story(row: Violation, what: str) -> None:
    row.story = [*row.story, {"when": timezone.now().isoformat(), "what": what}][-MOST_STORIES:]
    row.save(update_fields=["story"])

"""Fixes many findings, artist by artist, as one run that can be taken back; first the numbers, then the deed."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone

from artists.services.bulk_runs.kinds import Asking
from artists.services.catching_up import catch_up
from rules.catalogue import BY_ID
from rules.fixes.base import STAGES, Aid, Case
from rules.fixes.registry import FIXES
from rules.models import Status, Violation
from rules.services.cases import case_of
from rules.services.fixing import FixOutcome, fix, in_a_run
from rules.services.prospects import automatic_findings
from rules.services.violations import dismiss_orphans
from stillwater.errors import NotFound
from stillwater.models import User
from stillwater.numbers import whole_number
from stillwater.progress import Cancelled, Progress, no_progress

logger = logging.getLogger(__name__)

AT_ONCE = 500
MOST_REASONS = 20
_STAGE = {rule.id: STAGES.index(FIXES[rule.fix].stage) for rule in BY_ID.values() if rule.fix}


@dataclass(slots=True)
class FixAllResult:
    """The exact report of a run: every finding that was meant is in one of the three numbers.

    `skipped`: it was gone, waits for a choice, or something held it back; `reasons`: why, and how often.
    """

    group: UUID = field(default_factory=uuid4)
    total: int = 0
    processed: int = 0
    fixed: int = 0
    skipped: int = 0
    failed: int = 0
    waiting: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: FixOutcome) -> None:
        is_held = outcome.status == "dismissed" or (outcome.status == "failed" and outcome.code in _HELD)
        self.processed += 1
        self.fixed += outcome.status == "fixed"
        self.skipped += is_held
        self.failed += outcome.status == "failed" and not is_held
        self.waiting += outcome.waiting
        if outcome.status != "fixed":
            self.reasons[outcome.message] += 1

    def as_dict(self) -> dict[str, Any]:
        names = ("total", "processed", "fixed", "skipped", "failed", "waiting")
        reasons = dict(self.reasons.most_common(MOST_REASONS))
        return {**{name: getattr(self, name) for name in names}, "reasons": reasons, "group": str(self.group)}


_HELD = frozenset({"locked", "excluded", "no_id", "no_folder", "shared", "gated", "choice", "done"})


def fixable_findings(ids: Iterable[str | int] | None = None) -> list[int]:
    """Keys of the open findings that have a fix, artist by artist in the order of mending; of these ids, or of all."""
    found: list[tuple[str, int, int, int]] = []
    for rows in _parts(_open(), ids):
        for name, artist, rule, key in rows.values_list("artist_name", "artist_id", "rule_id", "pk"):
            found.append((name, artist, _STAGE[rule], key))
    return [key for *_order, key in sorted(found)]


def fix_all(
    ids: Iterable[str | int] | None = None,
    *,
    actor: User | None = None,
    group: UUID | None = None,
    asking: Asking | None = None,
    progress: Progress = no_progress,
) -> FixAllResult:
    """Fix what can be fixed, as one group that can be undone together. Without ids, orphans are dismissed first.

    `group`: that of a run which was cut off and goes on; what it left half done is finished first. Raises Cancelled
    between two findings.
    """
    if ids is None:
        dismiss_orphans()
    return _run(fixable_findings(ids), in_a_run(actor, group or uuid4(), asking), progress)


def fix_automatic(
    rules: Iterable[str] | None = None,
    *,
    group: UUID | None = None,
    asking: Asking | None = None,
    progress: Progress = no_progress,
) -> FixAllResult:
    """Fix the findings of rules whose mode is auto: of these rules, or of all. Of manual ones, pictures are offered.

    What a person took back stays so, and what failed is left alone for a while.
    """
    keys = automatic_findings(None if rules is None else list(rules))
    return _run(fixable_findings(keys), in_a_run(None, group or uuid4(), asking), progress)


def _open() -> QuerySet[Violation]:
    return Violation.objects.order_by().filter(
        status=Status.OPEN, fixable=True, rule__in=list(_STAGE), artist__locked=False, artist__is_excluded=False
    )


def _parts(rows: QuerySet[Violation], ids: Iterable[str | int] | None) -> Iterable[QuerySet[Violation]]:
    if ids is None:
        yield rows
        return
    keys = [key for key in map(whole_number, map(str, ids)) if key is not None]
    for start in range(0, len(keys), AT_ONCE):
        yield rows.filter(pk__in=keys[start : start + AT_ONCE])


def _run(keys: Sequence[int], aid: Aid, progress: Progress) -> FixAllResult:
    result, began = FixAllResult(aid.group, total=len(keys)), timezone.now()
    catch_up(aid.group)
    for artist, of_artist in groupby(_loaded(keys), key=lambda row: row.artist_id):
        rows = list(of_artist)
        of_this = replace(aid, beside=_beside(rows), nfo_later=True)
        try:
            for row in rows:
                progress(result.processed, result.total, row.artist_name)
                result.add(_fixed(row, of_this, began))
        finally:
            catch_up(aid.group, artist)
    progress(result.processed, result.total, "done")
    return result


def _loaded(keys: Sequence[int]) -> Iterable[Violation]:
    """In the order of the keys, a few at a time; what is gone by then is counted by nobody."""
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        found = Violation.objects.select_related("artist").in_bulk(part)
        yield from (found[key] for key in part if key in found)


def _beside(rows: Sequence[Violation]) -> tuple[Case, ...]:
    """The findings of one artist that one question to the providers serves."""
    texts = [row for row in rows if BY_ID[row.rule_id].fix == "text"]
    return tuple(case for row in texts if (case := case_of(row))) if len(texts) > 1 else ()


def _fixed(row: Violation, aid: Aid, began: datetime) -> FixOutcome:
    """One that fails in an unforeseen way stops nobody else; what another fix of the run mended too is fixed."""
    try:
        return fix(row.pk, aid=aid, since=began)
    except NotFound:
        return FixOutcome("dismissed", "it is gone")
    except Cancelled:
        raise
    except Exception:
        logger.exception("fixing %s of %s failed", row.rule_id, row.artist_name)
        return FixOutcome("failed", "it failed in an unforeseen way; the log says more", code="fault")

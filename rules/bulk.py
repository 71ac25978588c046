"""A selection of findings: the ticked ones, or all that a query matches; and what a bulk verb would do with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.models import ACTIVE, Violation
from rules.queries.finding_query import FindingQuery
from rules.services.fixing import fixable_findings

ASKS_FROM = 51
"""Findings from which on dismissing asks first."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Keys of findings. `moved` says that the query matches another number by now than the person saw."""

    keys: Sequence[int]
    moved: bool = False

    @property
    def count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would become of a selection: numbers before anything is done."""

    selected: int
    active: int
    fixable: int
    locked: int

    @property
    def left(self) -> int:
        """Active ones for which there is no automatic way."""
        return self.active - self.fixable - self.locked

    @property
    def done_before(self) -> int:
        return self.selected - self.active


def selection(chosen: FindingQuery, ids: Sequence[str], *, everything: bool, seen: int | None = None) -> Selection:
    """An empty selection stays empty: it never means everything."""
    if not everything:
        return Selection(sorted({int(key) for key in ids if key.isascii() and key.isdigit() and len(key) < 18}))
    keys = list(chosen.findings().values_list("pk", flat=True))
    return Selection(keys, moved=seen is not None and seen != len(keys))


def dry_run(selected: Selection) -> DryRun:
    active = locked = fixable = 0
    for start in range(0, selected.count, 500):
        part = list(selected.keys[start : start + 500])
        rows = Violation.objects.filter(pk__in=part, status__in=ACTIVE)
        active += rows.count()
        locked += rows.filter(fixable=True, artist__locked=True).count()
        fixable += len(fixable_findings(part))
    return DryRun(selected.count, active, fixable, locked)

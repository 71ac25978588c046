"""A selection of findings: the ticked ones, or all that a query matches; and what a bulk verb would do with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rules.catalogue import BY_ID
from rules.fixes.registry import FIXES
from rules.models import ACTIVE, Status, Violation
from rules.queries.finding_query import FindingQuery

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
    """What would become of a selection: numbers before anything is done; every active finding is in one of them.

    `fixable`: a fix is tried; `without_id`: providers are asked by an ID that the artist lacks; `waiting`: a person has
    to choose; `left`: there is no automatic way. `asking`: so many of the fixable ones ask providers.
    """

    selected: int
    active: int
    fixable: int
    locked: int
    without_id: int
    waiting: int
    asking: int

    @property
    def left(self) -> int:
        return self.active - self.fixable - self.locked - self.without_id - self.waiting

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
    """Nobody is asked, and no folder is looked at."""
    fates: Counter[str] = Counter()
    for start in range(0, selected.count, 500):
        rows = Violation.objects.order_by().filter(pk__in=selected.keys[start : start + 500], status__in=ACTIVE)
        for row in rows.values(*_COLUMNS):
            fate = _fate(row)
            fates[fate] += 1
            fates["asking"] += fate == "fixable" and FIXES[_fix(row)].asks
    names = ("fixable", "locked", "without_id", "waiting", "asking")
    active = sum(number for fate, number in fates.items() if fate != "asking")
    return DryRun(selected.count, active, **{name: fates[name] for name in names})


_COLUMNS = ("rule_id", "status", "artist__locked", "artist__is_excluded", "artist__musicbrainz_id")


def _fix(row: dict[str, Any]) -> str:
    rule = BY_ID.get(row["rule_id"])
    return rule.fix if rule else ""


def _fate(row: dict[str, Any]) -> str:
    if not _fix(row) or row["artist__is_excluded"]:
        return "left"
    if row["artist__locked"]:
        return "locked"
    if row["status"] == Status.PENDING_CHOICE:
        return "waiting"
    needs_id = FIXES[_fix(row)].needs_id and not row["artist__musicbrainz_id"]
    return "without_id" if needs_id else "fixable"

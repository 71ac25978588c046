"""A selection of findings: the ticked ones, or all that a query matches; and what a bulk verb would do with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rules.models import Violation
from rules.queries.finding_query import FindingQuery
from rules.services.prospects import AT_ONCE, prospects

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
    to choose; `held`: the folder is another program's too, or writing is switched off there, or there is none; `left`:
    there is no automatic way. `asking`: so many of the fixable ones ask providers.
    """

    selected: int
    active: int
    fixable: int
    locked: int
    without_id: int
    waiting: int
    held: int
    asking: int

    @property
    def left(self) -> int:
        return self.active - self.fixable - self.locked - self.without_id - self.waiting - self.held

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
    named = (selected.keys[start : start + AT_ONCE] for start in range(0, selected.count, AT_ONCE))
    for one in prospects(*(Violation.objects.filter(pk__in=keys) for keys in named)):
        fates["active"] += 1
        fates[_FATES.get(one.code, "left")] += 1
        fates["asking"] += one.is_tried and one.asks
    names = ("active", "fixable", "locked", "without_id", "waiting", "held", "asking")
    return DryRun(selected.count, **{name: fates[name] for name in names})


_FATES = {
    "": "fixable",
    "locked": "locked",
    "no_id": "without_id",
    "choice": "waiting",
    "shared": "held",
    "gated": "held",
    "no_folder": "held",
}
"""What the numbers call that which holds a fix back."""

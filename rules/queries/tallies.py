"""How many findings there are of each severity and rule, counted from one index without reading a row."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from rules.catalogue import BY_ID
from rules.models import Violation
from rules.queries.findings import FindingFilter, one_of
from rules.types import SEVERITY_OF_RANK
from stillwater.remembered import until_written

GROUPS = ("artist", "rule", "severity", "category")


@dataclass(frozen=True, slots=True)
class Tally:
    """`count` findings of one rule with one rank. What else tells findings apart follows from these two."""

    rank: int
    rule: str
    count: int

    @property
    def severity(self) -> str:
        return SEVERITY_OF_RANK[self.rank]

    @property
    def category(self) -> str:
        return BY_ID[self.rule].category if self.rule in BY_ID else ""

    @property
    def fixable(self) -> bool:
        return self.rule in BY_ID and BY_ID[self.rule].fixable


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str
    count: int


@until_written
def tallies(wanted: FindingFilter) -> list[Tally]:
    """Raises Invalid."""
    rows = Violation.objects.order_by().filter(wanted.as_q(counting=True)).values("rank", "rule")
    return [Tally(*row) for row in rows.annotate(count=Count("pk")).values_list("rank", "rule", "count")]


def tallied(by: str, wanted: FindingFilter) -> Counter[str]:
    """The same summed by one attribute of `Tally`: rule, severity or category. Raises Invalid."""
    counts: Counter[str] = Counter()
    for tally in tallies(wanted):
        counts[getattr(tally, by)] += tally.count
    return counts


def grouped(by: str, wanted: FindingFilter | None = None) -> list[Group]:
    """How many findings each artist, rule, severity or category has; the largest group first. Raises Invalid."""
    one_of("group_by", by, GROUPS)
    chosen = wanted or FindingFilter()
    return _by_artist(chosen) if by == "artist" else _summed(by, chosen)


def _by_artist(wanted: FindingFilter) -> list[Group]:
    rows = Violation.objects.filter(wanted.as_q()).order_by().values_list("artist", "artist_name")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "artist_name")
    return [Group(str(key), name, count) for key, name, count in counted]


def _summed(by: str, wanted: FindingFilter) -> list[Group]:
    groups = [Group(key, _label(by, key), count) for key, count in tallied(by, wanted).items()]
    return sorted(groups, key=lambda group: (-group.count, group.label))


def _label(by: str, name: str) -> str:
    return BY_ID[name].name if by == "rule" and name in BY_ID else name

"""How many artists hold each rule: over all, and library by library."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from artists.models import Artist, Library, Membership
from rules.catalogue import RULES
from rules.models import ACTIVE, RuleSetting, Status, Violation
from rules.queries.findings import EXCLUDED
from rules.types import Rule
from stillwater.remembered import until_written

_BROKEN = (*ACTIVE, Status.DISMISSED)
"""A dismissed finding is still a broken rule."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the artists that were asked; `rate` in per cent, None where nobody was."""

    considered: int
    broken: int
    dismissed: int = 0

    @property
    def passing(self) -> int:
        return max(self.considered - self.broken, 0)

    @property
    def rate(self) -> float | None:
        return round(self.passing / self.considered * 100, 1) if self.considered else None


@dataclass(frozen=True, slots=True)
class RuleRate:
    rule: Rule
    rate: Rate


@dataclass(frozen=True, slots=True)
class LibraryRate:
    library_id: int
    library_name: str
    rate: Rate


def rule_rates() -> list[RuleRate]:
    """Every rule that is on, the one that fewest hold first; three queries."""
    enabled = set(RuleSetting.objects.filter(enabled=True).values_list("pk", flat=True))
    asked, broken = _asked(), _broken()
    rates = [RuleRate(rule, _rate_of(rule, asked, broken)) for rule in RULES if rule.id in enabled]
    return sorted(rates, key=lambda one: (one.rate.rate is None, one.rate.rate, one.rule.name))


def rate_of(rule: Rule) -> Rate:
    """The same for one rule."""
    return _rate_of(rule, _asked(), _broken(rule.id))


@until_written
def library_rates(rule: Rule) -> list[LibraryRate]:
    """By name; an artist counts in each of its libraries. Three queries, however many libraries."""
    asked = Membership.objects.order_by().filter(artist__is_excluded=False, artist__health_evaluated_at__isnull=False)
    if rule.filesystem:
        asked = asked.exclude(artist__path="")
    considered: dict[int, int] = dict(asked.values_list("library").annotate(Count("pk")))
    rows = Violation.objects.order_by().filter(~EXCLUDED, rule=rule.id, status__in=_BROKEN)
    grouped = rows.values_list("artist__memberships__library")
    counts: Iterable[Any] = grouped.annotate(
        broken=Count("pk"), dismissed=Count("pk", filter=Q(status=Status.DISMISSED))
    )
    broken = {key: (all_of_them, dismissed) for key, all_of_them, dismissed in counts}
    return [
        LibraryRate(key, name, Rate(considered[key], *broken.get(key, (0, 0))))
        for key, name in Library.objects.order_by("name").values_list("pk", "name")
        if key in considered
    ]


@until_written
def _asked() -> tuple[int, int]:
    """Artists that were checked and are not excluded: all, and those with a folder."""
    checked = Artist.objects.order_by().filter(is_excluded=False, health_evaluated_at__isnull=False)
    counts = checked.aggregate(all=Count("pk"), with_folder=Count("pk", filter=~Q(path="")))
    return counts["all"], counts["with_folder"]


@until_written
def _broken(*only: str) -> Counter[tuple[str, str]]:
    rows = Violation.objects.order_by().filter(~EXCLUDED, status__in=_BROKEN)
    rows = rows.filter(rule__in=only) if only else rows
    found: Iterable[Any] = rows.values_list("rule", "status").annotate(count=Count("pk"))
    return Counter({(rule, status): count for rule, status, count in found})


def _rate_of(rule: Rule, asked: Sequence[int], broken: Counter[tuple[str, str]]) -> Rate:
    all_of_them = sum(broken[rule.id, status] for status in _BROKEN)
    return Rate(asked[1 if rule.filesystem else 0], all_of_them, broken[rule.id, Status.DISMISSED])

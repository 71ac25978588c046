"""The choices beside a list of findings, each with the number of findings that it would leave."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from artists.models import Library
from rules.catalogue import BY_ID
from rules.queries.finding_query import CATEGORIES, FIXABLE, SEVERITIES, FindingQuery
from rules.queries.tallies import Tally, tallies
from stillwater.remembered import until_written

_LABELS: dict[str, Mapping[str, str]] = {
    "severity": SEVERITIES,
    "category": CATEGORIES,
    "rule_id": {key: rule.name for key, rule in BY_ID.items()},
    "fixable": FIXABLE,
}

MOST_BY_LIBRARY = 20_000
"""Findings beyond which those of each library are not counted: it takes a lookup for every one of them."""

Group = tuple[dict[str, str], int]
"""One combination of the facets' values, and how many findings have it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet; `count` None: not counted, because that would take too long."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` is the parameter of the address."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Facets:
    """`total` findings are left; `fixable` of those that the other facets leave have an automatic fix."""

    total: int
    fixable: int
    facets: list[Facet]


def facets_of(chosen: FindingQuery) -> Facets:
    """Each facet counts with the choices of the others. One query groups by all facets; libraries need two more."""
    groups = [_group(tally) for tally in tallies(chosen.before_facets())]
    wanted = {name: str(getattr(chosen, name)) for name in _LABELS}
    total = sum(count for row, count in groups if _fits(row, wanted))
    return Facets(
        total=total,
        fixable=sum(count for row, count in groups if _fits(row, {**wanted, "fixable": "yes"})),
        facets=[
            _facet("severity", "Severity", groups, wanted),
            _facet("category", "Kind", groups, wanted),
            _facet("rule_id", "Rule", groups, wanted),
            _facet("fixable", "Fix", groups, wanted),
            *_library_facet(chosen, total),
        ],
    )


def _group(tally: Tally) -> Group:
    fixable = "yes" if tally.fixable else "no"
    values = {"severity": tally.severity, "category": tally.category, "rule_id": tally.rule, "fixable": fixable}
    return values, tally.count


def _facet(name: str, label: str, groups: list[Group], wanted: Mapping[str, str]) -> Facet:
    counts: Counter[str] = Counter()
    for row, count in groups:
        if _fits(row, {**wanted, name: ""}):
            counts[row[name]] += count
    return Facet(name, label, _choices(_LABELS[name], counts, wanted[name]))


def _fits(row: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(not value or row[name] == value for name, value in wanted.items())


def _choices(labels: Mapping[str, str], counts: Mapping[str, int], chosen: str) -> list[Choice]:
    """A choice that would leave nothing stays away, unless it is the chosen one."""
    return [
        Choice(value, label, counts.get(value, 0), value == chosen)
        for value, label in labels.items()
        if counts.get(value, 0) or value == chosen
    ]


def _library_facet(chosen: FindingQuery, total: int) -> list[Facet]:
    """Nothing to choose between where there is one library."""
    names = {str(key): name for key, name in Library.objects.values_list("pk", "name")}
    if len(names) < 2:
        return []
    if total > MOST_BY_LIBRARY:
        choices = [Choice(key, name, None, key == chosen.library_id) for key, name in names.items()]
        return [Facet("library_id", "Library", choices)]
    counts = _by_library(chosen.without("library_id")) if total or chosen.library_id else {}
    return [Facet("library_id", "Library", _choices(names, counts, chosen.library_id))]


@until_written
def _by_library(chosen: FindingQuery) -> dict[str, int]:
    column = "artist__memberships__library"
    found = chosen.findings().values(column).annotate(count=Count("pk"))
    return {str(key): count for key, count in found.values_list(column, "count")}

"""Artists crossed with rules: who breaks which, for one page of artists."""

from collections.abc import Sequence
from dataclasses import dataclass

from artists.models import Artist
from rules.catalogue import RULES
from rules.models import RuleSetting, Status, Violation
from rules.types import Rule


@dataclass(frozen=True, slots=True)
class Cell:
    """`finding` None: the rule holds, or was not considered (`considered` False)."""

    rule: Rule
    finding: Violation | None
    considered: bool

    @property
    def dismissed(self) -> bool:
        return self.finding is not None and self.finding.status == Status.DISMISSED


@dataclass(frozen=True, slots=True)
class Line:
    artist: Artist
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    rules: Sequence[Rule]
    lines: Sequence[Line]


def matrix(artists: Sequence[Artist]) -> Matrix:
    """The rules that are switched on; two queries."""
    enabled = set(RuleSetting.objects.filter(enabled=True).values_list("pk", flat=True))
    rules = [rule for rule in RULES if rule.id in enabled]
    rows = Violation.objects.order_by().filter(artist__in=[artist.pk for artist in artists])
    found = {(row.artist_id, row.rule_id): row for row in rows.exclude(status=Status.RESOLVED)}
    return Matrix(rules, [Line(artist, [_cell(artist, rule, found) for rule in rules]) for artist in artists])


def _cell(artist: Artist, rule: Rule, found: dict[tuple[int, str], Violation]) -> Cell:
    considered = artist.health_evaluated_at is not None and (bool(artist.path) or not rule.filesystem)
    return Cell(rule, found.get((artist.pk, rule.id)), considered)

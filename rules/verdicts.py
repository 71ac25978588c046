"""Which artist breaks which rule: one query answers all rules for thousands of artists, a bit for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    Expression,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from artists.models import Artist, Membership
from rules.facts import artists
from rules.types import Config, Row, Rule

CLASSICAL = Q(is_classical=True) | Q(
    Exists(Membership.objects.filter(artist=OuterRef("pk"), library__type="classical"))
)


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule of the catalogue that is switched on, as it is configured now."""

    rule: Rule
    config: Config
    mode: str
    updated_at: datetime

    @property
    def id(self) -> str:
        return self.rule.id


@dataclass(frozen=True, slots=True)
class Verdict:
    """One artist: bit i of `broken` belongs to the i-th active rule. `considered` bits decide the health."""

    artist_id: int
    broken: int
    considered: int
    dirty: bool
    stored_health: float | None
    """None: never evaluated."""

    @property
    def health(self) -> float:
        """Share of the considered rules that hold, in per cent with one decimal; 100 where nothing is considered."""
        considered = self.considered.bit_count()
        return round((considered - self.broken.bit_count()) / considered * 100, 1) if considered else 100.0


@lru_cache(maxsize=4)
def bench(active: tuple[ActiveRule, ...], *, skip_classical: bool) -> "Bench":
    """The bench for these rules as they are set now; kept, because composing its query takes longer than asking it."""
    return Bench(active, skip_classical=skip_classical)


class Bench:
    """Judges artists by the active rules."""

    def __init__(self, active: Sequence[ActiveRule], *, skip_classical: bool) -> None:
        self.active = active
        self.all = (1 << len(active)) - 1
        self.without_folder = sum(1 << bit for bit, one in enumerate(active) if not one.rule.filesystem)
        self._query = artists().annotate(
            broken_bits=_bits((one.rule.broken(one.config), 1 << bit) for bit, one in enumerate(active)),
            kind_bits=_bits([(Q(path=""), 1), (CLASSICAL if skip_classical else Q(pk__in=[]), 2)]),
        )

    def judge(self, chosen: QuerySet[Artist] | Q, dirty: Q) -> list[Verdict]:
        """Verdicts on the artists that `chosen` names, in the order of their keys."""
        query = (
            self._query.filter(chosen).order_by("pk") if isinstance(chosen, Q) else self._query.filter(pk__in=chosen)
        )
        rows = query.annotate(dirty_bit=_bits([(dirty, 1)])).values_list(
            "pk", "broken_bits", "kind_bits", "dirty_bit", "health_score", "health_evaluated_at"
        )
        found = [self._verdict(*row) for row in rows]
        return self._heard(found)

    def explain(self, wanted: Mapping[int, int]) -> dict[int, Row]:
        """The facts of the sentences: artist to row, for artists and the bits of their rules that need one."""
        bits = 0
        for mask in wanted.values():
            bits |= mask
        return self._facts(wanted, [one.rule for bit, one in enumerate(self.active) if bits >> bit & 1])

    def _verdict(
        self, key: int, broken: int, kind: int, dirty: int, health: float, evaluated_at: datetime | None
    ) -> Verdict:
        considered = 0 if kind & 2 else self.without_folder if kind & 1 else self.all
        return Verdict(key, broken & considered, considered, bool(dirty), health if evaluated_at else None)

    def _heard(self, verdicts: list[Verdict]) -> list[Verdict]:
        """Rules that SQL could only narrow down get their last word from the judge."""
        cleared: dict[int, int] = {}
        for bit, one in enumerate(self.active):
            if not one.rule.is_judged:
                continue
            accused = [verdict.artist_id for verdict in verdicts if verdict.broken >> bit & 1]
            for key, row in self._facts(accused, [one.rule]).items():
                if not one.rule.judge(row, one.config):
                    cleared[key] = cleared.get(key, 0) | 1 << bit
        return [
            _without(verdict, cleared[verdict.artist_id]) if verdict.artist_id in cleared else verdict
            for verdict in verdicts
        ]

    def _facts(self, keys: Iterable[int], rules: Sequence[Rule]) -> dict[int, Row]:
        ids = list(keys)
        if not ids:
            return {}
        columns = {"name"}.union(*(rule.facts for rule in rules))
        return {row["pk"]: row for row in artists().filter(pk__in=ids).values("pk", *columns)}


def _without(verdict: Verdict, bits: int) -> Verdict:
    return Verdict(verdict.artist_id, verdict.broken & ~bits, verdict.considered, verdict.dirty, verdict.stored_health)


def _bits(conditions: Iterable[tuple[Q, int]]) -> Expression:
    """The sum of the bits whose condition holds."""
    total: Any = Value(0)
    for condition, bit in conditions:
        total = total + Case(When(condition, then=Value(bit)), default=Value(0))
    return ExpressionWrapper(total, output_field=BigIntegerField())

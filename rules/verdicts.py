"""Which artist breaks which rule: one query answers all rules for thousands of artists, a bit for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)

from artists.models import Membership
from rules.facts import artists
from rules.types import Config, Row, Rule

CLASSICAL = Q(is_classical=True) | Q(
    Exists(Membership.objects.filter(artist=OuterRef("pk"), library__type="classical"))
)
_MANY = 200
_WITHOUT_FOLDER, _PASSED_BY, _RUNNABLE, _NEW, _DIRTY = 1, 2, 4, 8, 16
RUNNABLE = Q(is_excluded=False, locked=False)
"""Excluded and locked artists are skipped by runs; their findings stay as they are."""


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


class Verdict(NamedTuple):
    """One artist: bit i of `broken` belongs to the i-th active rule. `considered` bits decide the health."""

    artist_id: int
    broken: int
    considered: int
    dirty: bool
    stored_health: float | None
    """None: never evaluated."""
    runnable: bool = True

    @property
    def health(self) -> float:
        """Share of the considered rules that hold, in per cent with one decimal; 100 where nothing is considered."""
        considered = self.considered.bit_count()
        return round((considered - self.broken.bit_count()) / considered * 100, 1) if considered else 100.0


def dirty_since_last(active: Sequence[ActiveRule]) -> Q:
    """Artists that changed after their last complete evaluation, or before whose next one a rule changed."""
    dirty = Q(rules_evaluated_at=None) | Q(dirty_since__gt=F("rules_evaluated_at"))
    newest = max((one.updated_at for one in active), default=None)
    return dirty | Q(rules_evaluated_at__lt=newest) if newest else dirty


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
        self._judged = [(1 << bit, one) for bit, one in enumerate(active) if one.rule.is_judged]
        self._kinds = [
            (Q(path=""), _WITHOUT_FOLDER),
            (CLASSICAL if skip_classical else Q(pk__in=[]), _PASSED_BY),
            (RUNNABLE, _RUNNABLE),
            (Q(health_evaluated_at=None), _NEW),
            (dirty_since_last(active), _DIRTY),
        ]

    def judge(self, keys: Collection[int], *, anew: bool = False) -> list[Verdict]:
        """Verdicts on these artists, in the order of their keys. `anew`: as if all of them had changed."""
        if not keys:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*self._statement(keys))
            rows = cursor.fetchall()
        wanted = frozenset(keys)
        return self._heard([self._verdict(*row, anew=anew) for row in rows if row[0] in wanted])

    def explain(self, wanted: Mapping[int, int]) -> dict[int, Row]:
        """The facts of the sentences: artist to row, for artists and the bits of their rules that need one."""
        bits = 0
        for mask in wanted.values():
            bits |= mask
        return self._facts(wanted, [one.rule for bit, one in enumerate(self.active) if bits >> bit & 1])

    @cached_property
    def _question(self) -> tuple[str, tuple[Any, ...]]:
        """Every artist's bits, put into SQL once: composing that takes ten times as long as asking it of an artist."""
        bits = _bits((one.rule.broken(one.config), 1 << bit) for bit, one in enumerate(self.active))
        query = artists().annotate(broken_bits=bits, kind_bits=_bits(self._kinds))
        return query.values_list("pk", "broken_bits", "kind_bits", "health_score").query.sql_with_params()

    def _statement(self, keys: Collection[int]) -> tuple[str, tuple[Any, ...]]:
        """The question narrowed to these keys, or to all between the first and the last where they lie close."""
        question, parameters = self._question
        if lie_close(keys):
            which, chosen = "BETWEEN %s AND %s", [min(keys), max(keys)]
        else:
            which, chosen = f"IN ({', '.join(['%s'] * len(keys))})", list(keys)
        sql = f"SELECT * FROM ({question}) judged WHERE pk {which} ORDER BY pk"  # noqa: S608 - no value in it
        return sql, (*parameters, *chosen)

    def _verdict(self, key: int, broken: int, kind: int, health: float, *, anew: bool) -> Verdict:
        considered = 0 if kind & _PASSED_BY else self.without_folder if kind & _WITHOUT_FOLDER else self.all
        stored, dirty = None if kind & _NEW else health, anew or bool(kind & _DIRTY)
        return Verdict(key, broken & considered, considered, dirty, stored, bool(kind & _RUNNABLE))

    def _heard(self, verdicts: list[Verdict]) -> list[Verdict]:
        """Rules that SQL could only narrow down get their last word from the judge."""
        bits = sum(bit for bit, _ in self._judged)
        accused = {verdict.artist_id: verdict.broken & bits for verdict in verdicts if verdict.broken & bits}
        facts = self.explain(accused)
        cleared = {
            key: mercy
            for key, row in facts.items()
            if (mercy := sum(bit for bit, one in self._judged if accused[key] & bit and not _is_guilty(one, row)))
        }
        return [
            verdict._replace(broken=verdict.broken & ~cleared[verdict.artist_id])
            if verdict.artist_id in cleared
            else verdict
            for verdict in verdicts
        ]

    def _facts(self, keys: Collection[int], rules: Sequence[Rule]) -> dict[int, Row]:
        if not keys:
            return {}
        columns = {"name"}.union(*(rule.facts for rule in rules))
        near = Q(pk__gte=min(keys), pk__lte=max(keys)) if lie_close(keys) else Q(pk__in=list(keys))
        return {row["pk"]: row for row in artists().filter(near).values("pk", *columns) if row["pk"] in keys}


def lie_close(keys: Collection[int]) -> bool:
    """Many keys with few gaps between them: it is cheaper to ask for the whole stretch."""
    return len(keys) > _MANY and max(keys) - min(keys) < 2 * len(keys)


def _is_guilty(one: ActiveRule, row: Row) -> bool:
    return one.rule.judge(row, one.config)


def _bits(conditions: Iterable[tuple[Q, int]]) -> Expression:
    """The sum of the bits whose condition holds."""
    total: Any = Value(0)
    for condition, bit in conditions:
        total = total + Case(When(condition, then=Value(bit)), default=Value(0))
    return ExpressionWrapper(total, output_field=BigIntegerField())

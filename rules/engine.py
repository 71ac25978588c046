"""Holds stored findings against verdicts and writes what differs: open, reopen, resolve, explain anew; then health."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from artists.models import Artist
from rules.findings import Finding, resolve, stored_findings, upsert
from rules.models import ACTIVE, Status, Violation
from rules.types import Row
from rules.verdicts import ActiveRule, Bench, Verdict

SLICE = 200
"""Artists per write transaction: with a handful of findings each it stays under 50 ms."""


@dataclass(slots=True)
class Outcome:
    """What one pass over some artists changed."""

    opened: list[Finding] = field(default_factory=list)
    resolved: int = 0
    outdated: int = 0
    """Artists whom a newer evaluation had reached first: its verdict stays."""


@dataclass(frozen=True)
class Pass:
    """One pass: the rules whose findings may change, when the facts were read, and whether every rule takes part."""

    bench: Bench
    bits: int
    started: datetime
    complete: bool

    @cached_property
    def taking_part(self) -> dict[int, ActiveRule]:
        """The rules by their bits."""
        return {1 << bit: one for bit, one in enumerate(self.bench.active) if self.bits >> bit & 1}


def apply(current: Pass, verdicts: Sequence[Verdict]) -> Outcome:
    """Write what the verdicts change, a slice per transaction."""
    stored = _stored_bits(current.bench, verdicts)
    touched = [verdict for verdict in verdicts if _differs(current, verdict, *stored[verdict.artist_id])]
    wanted = {verdict.artist_id: _to_explain(verdict, *stored[verdict.artist_id]) & current.bits for verdict in touched}
    facts = current.bench.explain({key: bits for key, bits in wanted.items() if bits})
    outcome = Outcome()
    for part in _slices(touched):
        with transaction.atomic():
            _write(current, part, facts, outcome)
    return outcome


def _stored_bits(bench: Bench, verdicts: Sequence[Verdict]) -> Mapping[int, tuple[int, int]]:
    """Artist to the bits of active and of dismissed findings."""
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    if not verdicts:
        return found
    bits = {one.id: 1 << bit for bit, one in enumerate(bench.active)}
    keys = [verdict.artist_id for verdict in verdicts]
    near = Q(artist__gte=keys[0], artist__lte=keys[-1]) if len(keys) > SLICE else Q(artist__in=keys)
    rows = Violation.objects.order_by().filter(near, status__in=[*ACTIVE, Status.DISMISSED])
    for artist, rule, status in rows.values_list("artist_id", "rule_id", "status"):
        bit = bits.get(rule, 0)
        active, dismissed = found[artist]
        found[artist] = (active, dismissed | bit) if status == "dismissed" else (active | bit, dismissed)
    return found


def _differs(current: Pass, verdict: Verdict, active: int, dismissed: int) -> bool:
    opens = verdict.broken & ~(active | dismissed)
    resolves = active & ~verdict.broken
    return verdict.dirty or verdict.health != verdict.stored_health or bool((opens | resolves) & current.bits)


def _to_explain(verdict: Verdict, active: int, dismissed: int) -> int:
    """New findings; of dirty artists also the known ones, whose measured value may have changed."""
    return verdict.broken if verdict.dirty else verdict.broken & ~(active | dismissed)


def _slices(verdicts: Sequence[Verdict]) -> Iterator[Sequence[Verdict]]:
    for start in range(0, len(verdicts), SLICE):
        yield verdicts[start : start + SLICE]


def _write(current: Pass, part: Sequence[Verdict], facts: Mapping[int, Row], outcome: Outcome) -> None:
    keys = [verdict.artist_id for verdict in part]
    mine = set(
        Artist.objects.select_for_update(of=("self",))
        .order_by()
        .filter(Q(health_evaluated_at=None) | Q(health_evaluated_at__lte=current.started), pk__in=keys)
        .values_list("pk", flat=True)
    )
    outcome.outdated += len(keys) - len(mine)
    valid = [verdict for verdict in part if verdict.artist_id in mine]
    _write_findings(current, valid, facts, outcome)
    _write_health(current, valid)


def _write_findings(current: Pass, part: Sequence[Verdict], facts: Mapping[int, Row], outcome: Outcome) -> None:
    """Findings are read again inside the transaction, so that two passes agree on what is there."""
    stored = stored_findings(verdict.artist_id for verdict in part)
    healed: list[tuple[int, str]] = []
    changed: list[Finding] = []
    for verdict in part:
        known = stored[verdict.artist_id]
        healed += [(verdict.artist_id, rule) for rule in _healed(current, verdict, known)]
        found = list(_found(current, verdict, known, facts.get(verdict.artist_id)))
        changed += found
        outcome.opened += [again for again in found if _opens(known.get(again.rule_id))]
    now = timezone.now()
    outcome.resolved += resolve(healed, now)
    upsert(changed, now)


def _healed(current: Pass, verdict: Verdict, known: Mapping[str, Finding]) -> Iterator[str]:
    """Rules that hold again."""
    if known:
        for bit, one in current.taking_part.items():
            before = known.get(one.rule.id)
            if before is not None and before.is_active and not verdict.broken & bit:
                yield one.rule.id


def _found(current: Pass, verdict: Verdict, known: Mapping[str, Finding], facts: Row | None) -> Iterator[Finding]:
    """Findings that are new, came back, or are said differently now."""
    if facts is None:
        return
    for bit in _single(verdict.broken & current.bits):
        one = current.taking_part[bit]
        before = known.get(one.rule.id)
        if _opens(before):
            yield _finding(one, verdict, facts, "open")
        elif before and verdict.dirty and (again := _finding(one, verdict, facts, before.status)) != before:
            yield again


def _opens(before: Finding | None) -> bool:
    """It was never found, or it was gone."""
    return before is None or before.status == Status.RESOLVED


def _single(bits: int) -> Iterator[int]:
    """Each bit that is set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest


def _finding(one: ActiveRule, verdict: Verdict, facts: Row, status: str) -> Finding:
    """Dismissed and pending findings keep their status: a dismissal is a person's word."""
    return Finding(
        one.rule.id,
        verdict.artist_id,
        facts["name"],
        one.config.severity,
        one.config.rank,
        one.rule.category,
        one.rule.sentence(facts, one.config)[:500],
        one.rule.fixable,
        status,
    )


def _write_health(current: Pass, part: Iterable[Verdict]) -> None:
    """`rules_evaluated_at` only where every rule took part."""
    stamps = ["health_evaluated_at", "rules_evaluated_at"] if current.complete else ["health_evaluated_at"]
    moments = [connection.ops.adapt_datetimefield_value(current.started)] * len(stamps)
    changes = ", ".join(f'"{column}" = %s' for column in ("health_score", *stamps))
    rows = [(verdict.health, *moments, verdict.artist_id) for verdict in part]
    statement = f'UPDATE "{Artist._meta.db_table}" SET {changes} WHERE "id" = %s'  # noqa: S608 - no value in it
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)

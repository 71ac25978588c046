"""Evaluate one artist or all of them: walk through the artists in chunks, judge, write, tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Max, Q
from django.utils import timezone

from artists.models import Artist
from rules.catalogue import rule_by_id
from rules.engine import Outcome, Pass, apply
from rules.findings import Finding
from rules.models import RuleSetting, Violation
from rules.services.rules import active_rules, classical_mode
from rules.services.snapshots import record_snapshot
from rules.verdicts import RUNNABLE, ActiveRule, Bench, Verdict, bench, dirty_since_last
from stillwater import events
from stillwater.errors import Conflict, Invalid
from stillwater.progress import Progress, no_progress

Scope = Literal["incremental", "all"]
SCOPES = ("incremental", "all")
CHUNK = 4000
MOST_EVENTS = 50


@dataclass(slots=True)
class RunResult:
    """What a run did. `total`: all artists that may be evaluated; `found`: broken rules; `opened`: the new ones."""

    scope: str
    processed: int = 0
    total: int = 0
    found: int = 0
    opened: int = 0
    resolved: int = 0
    outdated: int = 0
    only: int = 0
    """The artist, where just one was looked at."""
    told: list[Finding] = field(default_factory=list)
    """The first few that opened, for the events."""

    @property
    def skipped(self) -> int:
        return max(self.total - self.processed, 0)

    def add(self, verdicts: Sequence[Verdict], bits: int, outcome: Outcome) -> None:
        self.processed += len(verdicts)
        self.found += sum((verdict.broken & bits).bit_count() for verdict in verdicts)
        self.opened += len(outcome.opened)
        self.resolved += outcome.resolved
        self.outdated += outcome.outdated
        self.told += outcome.opened[: MOST_EVENTS + 1 - len(self.told)]

    def as_dict(self) -> dict[str, Any]:
        keys = ("scope", "processed", "total", "skipped", "found", "opened", "resolved")
        return {key: getattr(self, key) for key in keys}


def evaluate(
    rules: Sequence[str] | None = None,
    artists: Iterable[int] | None = None,
    *,
    scope: str = "incremental",
    progress: Progress = no_progress,
) -> RunResult:
    """Look at these artists (default: all that may be evaluated) by these rules (default: all that are on).

    `scope` incremental looks only at artists that changed since, or all where a rule changed since. Artists that are
    named are always looked at. Raises Invalid for an unknown scope, NotFound for an unknown rule, Conflict for one
    that is off.
    """
    if scope not in SCOPES:
        raise Invalid(f"scope must be one of {', '.join(SCOPES)}", "scope")
    active = active_rules()
    bits = _bits_of(active, rules)
    judges = bench(tuple(active), skip_classical=classical_mode() == "skip")
    walk = _Walk(judges, bits, complete=rules is None, dirty=dirty_since_last(active))
    result = RunResult(scope)
    try:
        if artists is not None:
            keys = list(artists)
            result.only = keys[0] if len(keys) == 1 else 0
            walk.named(keys, result)
        else:
            walk.everybody(scope, result, progress)
            _stamp_rules(active, rules)
            record_snapshot()
    finally:
        _tell(result)
    return result


def evaluate_artist(artist: Artist) -> RunResult:
    """One artist by all rules, at once. Excluded and locked ones are left alone."""
    return evaluate(artists=[artist.pk])


def artist_verdict(artist: Artist) -> Verdict:
    """What the facts say of one artist now, whether it may be evaluated or not. Nothing is stored."""
    active = active_rules()
    judges = bench(tuple(active), skip_classical=classical_mode() == "skip")
    return judges.judge([artist.pk])[0]


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way through the artists: each chunk is read at one moment, judged, written."""

    bench: Bench
    bits: int
    complete: bool
    dirty: Q

    def named(self, keys: list[int], result: RunResult) -> None:
        """A person or an event named them, so every sentence is written anew."""
        for start in range(0, len(keys), CHUNK):
            self._chunk(keys[start : start + CHUNK], result, anew=True)
        result.total = result.processed

    def everybody(self, scope: str, result: RunResult, progress: Progress) -> None:
        chosen = RUNNABLE & self.dirty if scope == "incremental" else RUNNABLE
        result.total = Artist.objects.filter(RUNNABLE).count()
        todo = Artist.objects.filter(chosen).count()
        done, last = 0, 0
        while keys := list(_next_keys(chosen, last)):
            progress(done, todo, "looking at artists")
            last = keys[-1]
            self._chunk(keys, result)
            done += len(keys)
        progress(max(done, todo), max(done, todo), "done")

    def _chunk(self, keys: Sequence[int], result: RunResult, *, anew: bool = False) -> None:
        started = timezone.now()
        verdicts = [verdict for verdict in self.bench.judge(keys, anew=anew) if verdict.runnable]
        outcome = apply(Pass(self.bench, self.bits, started, self.complete), verdicts)
        result.add(verdicts, self.bits, outcome)


def _next_keys(chosen: Q, last: int) -> Iterable[int]:
    return Artist.objects.filter(chosen, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]


def _bits_of(active: Sequence[ActiveRule], rules: Sequence[str] | None) -> int:
    if rules is None:
        return (1 << len(active)) - 1
    places = {one.id: bit for bit, one in enumerate(active)}
    for rule_id in rules:
        if rule_by_id(rule_id).id not in places:
            raise Conflict("this rule is switched off")
    return sum(1 << places[rule_id] for rule_id in set(rules))


def _stamp_rules(active: Sequence[ActiveRule], rules: Sequence[str] | None) -> None:
    done = [one.id for one in active] if rules is None else list(rules)
    RuleSetting.objects.filter(pk__in=done).update(evaluated_at=timezone.now())


def last_evaluation_at() -> Any:
    return RuleSetting.objects.aggregate(last=Max("evaluated_at"))["last"]


def _tell(result: RunResult) -> None:
    """One event per new finding; a flood becomes one digest. Counts follow once, however many closed."""
    if result.opened or result.resolved:
        one = {"artist_id": str(result.only)} if result.only else {}
        events.publish("findings.changed", {**one, "opened": result.opened, "resolved": result.resolved})
    if result.opened > MOST_EVENTS:
        events.publish("rule.violation", {"count": result.opened, "message": f"{result.opened} new findings"})
        return
    keys = _keys(result.told)
    events.publish_each("rule.violation", [_payload(finding, keys) for finding in result.told])


def _keys(findings: Sequence[Finding]) -> dict[tuple[str, int], int]:
    if not findings:
        return {}
    rows = Violation.objects.order_by().filter(artist__in={finding.artist_id for finding in findings})
    return {(rule, artist): key for key, rule, artist in rows.values_list("pk", "rule_id", "artist_id")}


def _payload(finding: Finding, keys: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    return {
        "violation_id": str(keys.get((finding.rule_id, finding.artist_id), "")),
        "rule_id": finding.rule_id,
        "artist_id": str(finding.artist_id),
        "artist_name": finding.artist_name,
        "severity": finding.severity,
        "message": finding.message,
    }

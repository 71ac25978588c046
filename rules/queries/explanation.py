"""Why a finding is one: the rule, what was measured and wanted, what was tried, and why it is not fixed alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from rules.catalogue import BY_ID
from rules.models import Status, Violation
from rules.services.rules import RuleState, rule_state
from rules.types import Setting


@dataclass(frozen=True, slots=True)
class Attempt:
    when: datetime | None
    what: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """`state` is None for a rule that the catalogue no longer has."""

    state: RuleState | None
    thresholds: Sequence[tuple[str, str]]
    attempts: Sequence[Attempt]
    why_not_alone: str


def explain(finding: Violation) -> Reasons:
    """Reads what is stored; evaluates nothing."""
    state = rule_state(finding.rule_id) if finding.rule_id in BY_ID else None
    attempts = [_attempt(entry) for entry in reversed(finding.story) if isinstance(entry, dict)]
    return Reasons(state, thresholds(state) if state else [], attempts, _why_not_alone(finding, state))


def thresholds(state: RuleState) -> list[tuple[str, str]]:
    """What the rule is set to, besides its severity, in words."""
    return [
        (setting.label, value_text(setting, state.config.values[setting.key])) for setting in state.rule.own_settings
    ]


def value_text(setting: Setting, value: object) -> str:
    if setting.kind == "flag":
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
    return str(value)


def _attempt(entry: dict[str, object]) -> Attempt:
    return Attempt(parse_datetime(str(entry.get("when", ""))), str(entry.get("what", "")))


def _why_not_alone(finding: Violation, state: RuleState | None) -> str:
    if finding.status == Status.DISMISSED:
        return "Somebody dismissed it. It stays so, whatever the next check finds."
    if finding.status == Status.RESOLVED:
        return "It is resolved. If the next check finds it again, it opens again."
    if finding.status == Status.PENDING_CHOICE:
        return "There is more than one candidate, and a person has to choose."
    if finding.artist.locked:
        return "The artist is locked: nothing automatic changes it."
    if not finding.fixable:
        return "There is no automatic fix for this rule: a person has to look."
    if state is not None and state.setting.automation_mode == "auto":
        return "The rule is set to fix alone: the next check of the rules tries it."
    return "The rule is set to manual: it is fixed when somebody says so."

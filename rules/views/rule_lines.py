"""A rule as the pages show it, and the state of the checks: what reading and changing rules share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from rules.fixes.registry import FIXES
from rules.forms import MODE_WORDS, SEVERITY_WORDS, RuleForm
from rules.queries.explanation import thresholds
from rules.queries.findings import FindingFilter, total
from rules.queries.tallies import tallied
from rules.services.rules import RuleState
from rules.tasks import is_running, last_run, next_evaluation_at


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the page shows it."""

    state: RuleState
    findings: int
    form: RuleForm

    @property
    def summary(self) -> str:
        """How it is set, on one line."""
        parts = [SEVERITY_WORDS[self.state.config.severity]]
        parts += [f"{label.lower()} {value}" for label, value in thresholds(self.state)]
        if self.state.rule.fixable:
            parts.append(MODE_WORDS[self.state.setting.automation_mode].lower())
        return " · ".join(parts)


def lines(states: Iterable[RuleState]) -> list[RuleLine]:
    """Each with the number of its findings that wait for something."""
    counts = tallied("rule", FindingFilter())
    return [RuleLine(state, counts[state.rule.id], RuleForm(state)) for state in states]


def line_of(state: RuleState, form: RuleForm | None = None) -> RuleLine:
    """One rule, with what was typed into its form."""
    return RuleLine(state, total(FindingFilter(rule_id=state.rule.id)), form or RuleForm(state))


def touches_of(state: RuleState) -> str:
    """What the rule's fix changes and whom it asks; blank for a rule that a person has to mend."""
    return FIXES[state.rule.fix].touches if state.rule.fix else ""


def run_context() -> dict[str, Any]:
    """The last or present check, and when the clock starts the next."""
    job = last_run()
    return {"run": job, "is_running": is_running(job), "next_run": next_evaluation_at(timezone.now())}

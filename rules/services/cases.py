"""A finding as something to be mended: its case, its fix, what holds it back, and what would be done."""

from dataclasses import dataclass

from rules.catalogue import BY_ID
from rules.fixes.base import Case, Fix
from rules.fixes.hurdles import hurdle
from rules.fixes.registry import FIXES
from rules.models import Status, Violation
from rules.services.rules import active_rule

CHOICE_NEEDED = "candidate selection required"
NO_FIX = "there is no automatic fix for this rule"


@dataclass(frozen=True, slots=True)
class Plan:
    """A dry run of one fix: nobody is asked, nothing is written. `refusal` blank: `would` is what it would do."""

    would: str = ""
    refusal: str = ""
    code: str = ""
    """Why it is refused: locked, excluded, no_id, no_folder, shared, gated, choice, done or no_fix."""


def plan_of(row: Violation) -> Plan:
    """What a fix of this finding would do now, or why it would not be tried."""
    refusal, code = refusal_of(row)
    if refusal:
        return Plan(refusal=refusal, code=code)
    case, way = case_of(row), fix_of(row.rule_id)
    if case is None or way is None:
        return Plan(refusal="this rule is switched off", code="no_fix")
    held = hurdle(way, case)
    return Plan(refusal=held.message, code=held.code) if held else Plan(would=way.would(case))


def refusal_of(row: Violation) -> tuple[str, str]:
    """Why a finding in this state is not fixed at all, and the code of that; blanks where it may be."""
    if row.status == Status.PENDING_CHOICE and row.candidates:
        return CHOICE_NEEDED, "choice"
    if not row.is_active:
        return f"this violation is {row.status}", "done"
    return ("", "") if fix_of(row.rule_id) else (NO_FIX, "no_fix")


def fix_of(rule_id: str) -> Fix | None:
    """None for a rule that a person has to mend, and for one that is not in the catalogue."""
    rule = BY_ID.get(rule_id)
    return FIXES.get(rule.fix) if rule else None


def case_of(row: Violation) -> Case | None:
    """None where the rule is switched off."""
    active = active_rule(row.rule_id)
    return Case(row.artist, active) if active else None

"""Words for the findings of a test that has one per rule."""

from rules.models import Violation
from rules.services.fixing import FixOutcome, fix


def finding_of(rule: str) -> Violation:
    return Violation.objects.get(rule=rule)


def outcome_of(rule: str) -> FixOutcome:
    """Fix the finding of this rule."""
    return fix(finding_of(rule).pk)

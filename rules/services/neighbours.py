"""Artists that others have to be looked at with: rules that compare artists change their mind about both."""

from collections.abc import Sequence

from rules.models import ACTIVE, Violation
from rules.services.evaluation import RunResult, evaluate
from rules.services.rules import active_rules
from rules.types import Rule

MOST = 200
"""Per rule; beyond that the next check of everything tells them."""


def evaluate_changed(artists: Sequence[int]) -> RunResult:
    """Look at artists that changed, and at those whom a comparing rule sees with them. Returns what the former have."""
    result = evaluate(artists=artists)
    near = {key for one in active_rules() for key in _near(one.rule, artists)} - set(artists)
    if near:
        evaluate(artists=sorted(near))
    return result


def _near(rule: Rule, artists: Sequence[int]) -> set[int]:
    """Those who share something now, and those who did when the rule last spoke."""
    if rule.neighbours is None:
        return set()
    spoken = Violation.objects.order_by().filter(rule=rule.id, status__in=ACTIVE).values_list("artist", flat=True)
    return {*list(rule.neighbours(artists))[:MOST], *spoken[:MOST]}

"""No rule walks through all artists once for each artist, also while SQLite knows nothing of the table's numbers."""

import re

import pytest
from django.db import connection
from django.db.models import Count

from rules.catalogue import RULES
from rules.facts import artists
from rules.models import Status, Violation
from rules.queries.finding_query import FindingQuery
from rules.queries.findings import FindingFilter, findings
from rules.types import Rule

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")

FILTERS = {
    "status": ["active", "open", "pending_choice"],
    "severity": ["error", "warning", "info"],
    "category": ["nfo", "image", "metadata"],
    "fixable": ["yes", "no"],
    "library_id": ["1"],
    "search": ["mara"],
}
INNER_LOOKUP = re.compile(r"SEARCH \w+ .*\((artist_id|content_hash|musicbrainz_id|rowid|id)=")


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_looks_up_what_belongs_to_an_artist_by_an_index(rule: Rule) -> None:
    _outermost, *inner = steps(rule)
    assert [step for step in inner if not INNER_LOOKUP.search(step)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FILTERS, "rule_id"])
def test_triage_reads_the_worst_first_from_an_index_whatever_it_is_narrowed_by(name: str) -> None:
    for value in FILTERS.get(name) or [rule.id for rule in RULES]:
        chosen = FindingQuery.of({name: value}).findings().order_by("-rank", "artist_name", "pk")
        plan = chosen.values_list("pk")[:1].explain()
        assert "rules_violation USING INDEX finding_worst_first" in plan, value
        assert "TEMP B-TREE" not in plan, value


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["active", *Status.values])
def test_the_findings_of_an_artist_are_looked_up_by_the_artist(status: str) -> None:
    plan = findings(FindingFilter(status=status, artist_id=7)).explain()
    assert "rules_violation USING INDEX finding_of_artist (artist_id=? AND status=?)" in plan


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["active", *Status.values])
def test_findings_are_counted_from_an_index_without_sorting_or_reading_their_rows(status: str) -> None:
    found = Violation.objects.order_by().filter(FindingFilter(status=status).as_q())
    plan = found.values("rank", "rule_id").annotate(count=Count("pk")).explain()
    assert "rules_violation USING COVERING INDEX finding_counts" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.django_db
def test_counting_what_was_searched_reads_the_rows_as_they_lie() -> None:
    found = Violation.objects.order_by().filter(FindingFilter(search="mara").as_q(counting=True))
    assert "SCAN rules_violation\n" in found.values("rank", "rule").annotate(count=Count("pk")).explain() + "\n"


def steps(rule: Rule) -> list[str]:
    """The lines of the plan that read a table; the first is walked through once."""
    config = rule.config({}, languages=("en",))
    plan = artists().filter(rule.broken(config)).values("pk").explain()
    return [line for line in plan.splitlines() if re.search(r"\b(SCAN|SEARCH)\b", line)]

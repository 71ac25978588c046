"""No rule walks through all artists once for each artist, also while SQLite knows nothing of the table's numbers."""

import re

import pytest
from django.db import connection

from rules.catalogue import RULES
from rules.facts import artists
from rules.types import Rule

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")

INNER_LOOKUP = re.compile(r"SEARCH \w+ .*\((artist_id|content_hash|musicbrainz_id|rowid|id)=")


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_looks_up_what_belongs_to_an_artist_by_an_index(rule: Rule) -> None:
    _outermost, *inner = steps(rule)
    assert [step for step in inner if not INNER_LOOKUP.search(step)] == []


def steps(rule: Rule) -> list[str]:
    """The lines of the plan that read a table; the first is walked through once."""
    config = rule.config({}, languages=("en",))
    plan = artists().filter(rule.broken(config)).values("pk").explain()
    return [line for line in plan.splitlines() if re.search(r"\b(SCAN|SEARCH)\b", line)]

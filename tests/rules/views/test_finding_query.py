"""The address of a list of findings: what it understands, how it is printed again, and what its facets count."""

import pytest

from rules.queries import facets
from rules.queries.facets import Facet, facets_of
from rules.queries.finding_query import FindingQuery
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import make_finding

pytestmark = pytest.mark.django_db


def counts(query: FindingQuery, name: str) -> dict[str, int | None]:
    return {choice.value: choice.count for choice in facet(query, name).choices}


def facet(query: FindingQuery, name: str) -> Facet:
    return next(one for one in facets_of(query).facets if one.name == name)


class TestAddress:
    def test_it_reads_what_it_prints(self) -> None:
        query = FindingQuery(severity="error", rule_id="bio_exists", fixable="no", search="Åse & co")
        printed = dict(pair.split("=") for pair in query.query.split("&"))
        assert set(printed) == {"severity", "rule_id", "fixable", "search"}
        assert (
            FindingQuery.of({"severity": "error", "rule": "bio_exists", "fixable": "no", "search": "Åse & co"}) == query
        )

    def test_what_nobody_understands_is_left_out(self) -> None:
        odd = {"severity": "dreadful", "rule_id": "no_such", "library_id": "1 or 1", "status": "x", "artist_id": "-1"}
        assert FindingQuery.of(odd) == FindingQuery()

    def test_chips_lead_to_the_address_without_them(self) -> None:
        query = FindingQuery(severity="error", search="mara")
        assert query.chips() == [("Errors", "search=mara"), ("“mara”", "severity=error")]

    def test_excluded_artists_ask_for_nothing(self) -> None:
        make_finding(make_artist(is_excluded=True))
        assert not FindingQuery().findings().exists()


class TestFacets:
    def test_each_facet_counts_with_the_choices_of_the_others(self) -> None:
        mara, olga = make_artist("Mara"), make_artist("Olga")
        make_finding(mara, "bio_exists", "warning")
        make_finding(mara, "nfo_exists", "error")
        make_finding(olga, "nfo_exists", "error")
        query = FindingQuery(severity="error")
        assert counts(query, "severity") == {"error": 2, "warning": 1}
        assert counts(query, "rule_id") == {"nfo_exists": 2}
        assert (facets_of(query).total, facets_of(query).fixable) == (2, 2)

    def test_a_chosen_value_stays_even_when_it_leaves_nothing(self) -> None:
        assert counts(FindingQuery(severity="info"), "severity") == {"info": 0}

    def test_libraries_are_a_facet_only_where_there_are_two(self) -> None:
        first = make_library("First", "/first")
        make_finding(make_artist(library=first))
        assert "library_id" not in [one.name for one in facets_of(FindingQuery()).facets]
        make_library("Second", "/second")
        assert counts(FindingQuery(), "library_id") == {str(first.pk): 1}

    def test_libraries_are_not_counted_where_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = make_library("First", "/first")
        make_library("Second", "/second")
        make_finding(make_artist(library=first))
        monkeypatch.setattr(facets, "MOST_BY_LIBRARY", 0)
        assert counts(FindingQuery(), "library_id")[str(first.pk)] is None

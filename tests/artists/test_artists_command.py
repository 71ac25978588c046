"""`manage.py artists`: the filters of the list page on a terminal."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from artists.services.locks import lock_artist
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("artists", *arguments, stdout=out)
    return out.getvalue()


def names(*arguments: str) -> list[str]:
    return [json.loads(line)["name"] for line in run(*arguments, "--json").splitlines()]


@pytest.fixture(autouse=True)
def three_artists() -> None:
    make_artist("Ida", search_text="ida", type="solo", health_score=10)
    lock_artist(make_artist("Édith", search_text="edith", type="person", health_score=90))
    make_artist("=Quartet", search_text="quartet", type="group", health_score=50)


def test_all_artists_are_listed_by_name() -> None:
    assert names() == ["=Quartet", "Ida", "Édith"]


def test_the_query_is_that_of_the_page() -> None:
    assert names("filter_locked=+y") == ["Édith"]
    assert names("?filter_locked=-y&sort=health_score&order=desc") == ["=Quartet", "Ida"]


def test_searching_does_not_mind_accents() -> None:
    assert names("--search", "EDÍTH") == ["Édith"]
    assert names("--search", "%") == []


def test_for_people_it_is_a_line_each() -> None:
    assert len(run().splitlines()) == 3


def test_a_spreadsheet_takes_no_name_for_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--csv"))))
    assert [row["name"] for row in rows] == ["'=Quartet", "Ida", "Édith"]


@pytest.mark.parametrize(
    "query",
    ["filter_lokced=+y", "filter_locked=maybe", "sort=colour", "order=up", "ids=x!", "filter_library_x=+y", "locked"],
)
def test_what_is_not_understood_is_an_error_and_not_everybody(query: str) -> None:
    with pytest.raises(CommandError):
        run(query)


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        run("--json")

"""No cell of an export is taken for a formula (S60), and it is streamed."""

import pytest

from stillwater.spreadsheets import csv_lines, csv_response, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@sum", "\ttab", "\rline"])
def test_what_could_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [("AC/DC", "AC/DC"), (None, ""), (12, "12"), ("a=b", "a=b")])
def test_everything_else_stays_as_it_is(value: object, text: str) -> None:
    assert safe_cell(value) == text


def test_lines_come_one_by_one() -> None:
    rows = iter([("a", 1), ('say "hi", you', "=x")])
    lines = csv_lines(("Name", "Count"), rows)
    assert next(lines) == "Name,Count\r\n"
    assert next(lines) == "a,1\r\n"
    assert list(lines) == ['"say ""hi"", you",\'=x\r\n']


def test_the_answer_is_a_download() -> None:
    response = csv_response("findings.csv", ("A",), [])
    assert response.headers["Content-Disposition"] == 'attachment; filename="findings.csv"'
    assert b"".join(response.streaming_content) == b"A\r\n"

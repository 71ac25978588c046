"""Dates are read forgivingly and typed strictly."""

import pytest

from artists.matching.dates import PartialDate, parse_date, validate_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1965-03-21", "1965-03-21"),
        ("1965-03", "1965-03"),
        ("1965", "1965"),
        ("c. 1965", "1965"),
        ("c1965", "1965"),
        ("1965 in London", "1965"),
        ("London, 21 March 1965", "1965-03-21"),
        ("March 21st, 1965", "1965-03-21"),
        ("Sept. 1965", "1965-09"),
        ("in Marseille 1965", "1965"),
        ("21.03.1965", "1965-03-21"),
        ("3/25/1965", "1965-03-25"),
        ("03/04/1965", "1965"),
        ("1965-3-1", "1965-03-01"),
        ("1965-1970", "1965"),
        ("1965\u2013present", "1965"),
        ("1965-00-00", "1965"),
        ("1965-02-31", "1965-02"),
        ("1964-02-29", "1964-02-29"),
        ("2019-08-01T00:00:00.0000000Z", "2019-08-01"),
    ],
)
def test_a_date_is_found_in_what_people_and_servers_write(text, iso):
    found = parse_date(text)
    assert found is not None
    assert found.iso() == iso


@pytest.mark.parametrize(
    "text", ["", "Present", "0000-00-00", "0001-01-01T00:00:00", "31 Feb", "1960s", "unknown", "12345", "196"]
)
def test_what_names_no_year_is_no_date(text):
    assert parse_date(text) is None


def test_dates_sort_by_time():
    assert PartialDate(1965) < PartialDate(1965, 3) < PartialDate(1965, 3, 21)


@pytest.mark.parametrize(
    "text", ["1965", "1965-03", "1965-03-21", "c. 1965", "circa 1965", "1685-03-31 in Eisenach", "1965 (London)", ""]
)
def test_a_typed_date_may_carry_words_after_it(text):
    assert validate_date(f" {text} ") == text


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1965-02-31", "February 1965 has no day 31"),
        ("1965-13", "there is no month 13; write 01 to 12, or only the year"),
        ("1965-00-00", "there is no month 00; write 01 to 12, or only the year"),
        ("0000-00-00", "there was nobody in the year 0000"),
        ("21 March 1965", "a date starts with its year; write 1965-03-21"),
        ("1965-3-1", "a date starts with its year; write 1965-03-01"),
        ("Present", "a date is written as 1965, 1965-03 or 1965-03-21, perhaps with words after it"),
        ("1965 21", "a date starts with its year; write 1965"),
    ],
)
def test_an_impossible_date_is_refused_with_what_to_write(text, advice):
    with pytest.raises(ValueError) as refused:
        validate_date(text)
    assert str(refused.value) == advice


@pytest.mark.parametrize("text", ["1965\nx", "1965 \x00", "1965 " + "x" * 300])
def test_odd_characters_and_endless_text_are_refused(text):
    with pytest.raises(ValueError):
        validate_date(text)

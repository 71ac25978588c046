"""Dates as servers write and take them (files-and-platforms 3.2, weirdness 57). Pure."""

from artists.matching.dates import parse_date

FIRST_YEAR = 1000
"""Year 1 is .NET's word for no date at all."""


def day_sent(text: str) -> str:
    """A date of ours as a server takes it: midnight of a day; '' for what names no year from 1000 on."""
    date = parse_date(text)
    if date is None or date.year < FIRST_YEAR:
        return ""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00.0000000Z"


def day_read(text: str) -> str:
    """The day of a moment, whatever its zone and fractions; '' for none."""
    date = parse_date(text[:10])
    return "" if date is None or date.year < FIRST_YEAR else date.iso()

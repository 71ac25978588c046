"""Dates of lives and bands: forgiving when they are read, strict and helpful when they are typed."""

import calendar
import re
from dataclasses import dataclass

LAST_YEAR = 2999
MAX_LENGTH = 200

_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6}
_MONTHS |= {"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?\.?"
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?![\d-])")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_MONTH_DAY = re.compile(rf"(?<!\w){_MONTH}\s+{_DAY},?\s+(\d{{4}})(?!\w)", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(?<!\w)(?:{_DAY}\s+)?{_MONTH},?\s+(\d{{4}})(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:(?<![\w/])|(?<=\bc))(\d{4})(?!\w)")
_TYPED = re.compile(
    r"(?:(?:c\.?|ca\.?|circa|about|around) *)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[ ,(][^\d-].*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps with a month (1..12) and a day (1..31); 0 stands for what is not known."""

    year: int
    month: int = 0
    day: int = 0

    def iso(self) -> str:
        """'1965', '1965-03' or '1965-03-21'."""
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + (self.month > 0) + (self.day > 0)])


def parse_date(text: str) -> PartialDate | None:
    """The first date that a text surely names, as far as it is possible; None for 'Present' or year 0.

    A day that does not exist (31 February) falls away and leaves its month; in 03/04/1965 nobody knows
    which is the month, so the year stays.
    """
    for pattern, read in _READERS:
        if (found := pattern.search(text)) and (date := read(found)):
            return date
    found = _YEAR.search(text)
    return _possible(int(found[1])) if found else None


def validate_date(text: str) -> str:
    """The text of a date as a person typed it, without spaces around; '' clears it.

    Takes YYYY, YYYY-MM or YYYY-MM-DD, after "c." if need be and before words ("1685-03-31 in Eisenach").
    Raises ValueError with a sentence that says what to write.
    """
    typed = text.strip()
    if not typed:
        return ""
    found = _TYPED.fullmatch(typed)
    if found is None or len(typed) > MAX_LENGTH or not typed.isprintable():
        raise ValueError(_advice(typed))
    year, month, day = (int(part or -1) for part in found.groups())
    if not 1 < year <= LAST_YEAR:
        raise ValueError(f"there was nobody in the year {found[1]}")
    if month == 0 or month > 12:
        raise ValueError(f"there is no month {found[2]}; write 01 to 12, or only the year")
    if day == 0 or (day > 0 and day > _days(year, month)):
        raise ValueError(f"{calendar.month_name[month]} {year} has no day {found[3]}")
    return typed


def _advice(typed: str) -> str:
    understood = parse_date(typed) if len(typed) <= MAX_LENGTH else None
    if understood:
        return f"a date starts with its year; write {understood.iso()}"
    return "a date is written as 1965, 1965-03 or 1965-03-21, perhaps with words after it"


def _from_year_first(found: re.Match[str]) -> PartialDate | None:
    return _possible(int(found[1]), int(found[3]), int(found[4]))


def _from_year_month(found: re.Match[str]) -> PartialDate | None:
    return _possible(int(found[1]), int(found[2]))


def _from_day_first(found: re.Match[str]) -> PartialDate | None:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:
        return _possible(year, second, first)
    return _possible(year, first, second) if second > 12 else _possible(year)


def _from_month_day(found: re.Match[str]) -> PartialDate | None:
    return _possible(int(found[3]), _MONTHS[found[1][:3].lower()], int(found[2]))


def _from_day_month(found: re.Match[str]) -> PartialDate | None:
    return _possible(int(found[3]), _MONTHS[found[2][:3].lower()], int(found[1] or 0))


def _possible(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    # .NET programs write year 1 where they know nothing.
    if not 1 < year <= LAST_YEAR:
        return None
    if not 1 <= month <= 12:
        return PartialDate(year)
    return PartialDate(year, month, day if 1 <= day <= _days(year, month) else 0)


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


_READERS = (
    (_YEAR_FIRST, _from_year_first),
    (_YEAR_MONTH, _from_year_month),
    (_DAY_FIRST, _from_day_first),
    (_MONTH_DAY, _from_month_day),
    (_DAY_MONTH, _from_day_month),
)

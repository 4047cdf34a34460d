"""Reading dates: every spelling found in village lists, and the century of a two-digit year.

Pure functions: today's date is a parameter.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from enrollment.workers.checks.values import tidy

_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_LAST_SERIAL = 99_999
OLDEST = 120
"""In years: a birth date further back is taken for a typing error."""

# The first three letters identify a month, also in most misspellings.
_MONTHS = {
    start: month
    for month, starts in enumerate(
        (
            ("jan",),
            ("feb", "peb"),
            ("mar", "mrt"),
            ("apr",),
            ("mei", "may"),
            ("jun",),
            ("jul",),
            ("agu", "agt", "ags", "aug"),
            ("sep", "spt"),
            ("okt", "oct"),
            ("nov", "nop"),
            ("des", "dec"),
        ),
        start=1,
    )
    for start in starts
}
_ROMAN_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: month for month, numeral in enumerate(_ROMAN_NUMERALS, start=1)}
_DATE_PARTS = re.compile(r"\d+|[^\W\d_]+")
_TIME = re.compile(r"(?:\s+|(?<=\d)t)\d{1,2}:\d{2}.*$")
_LONGEST_DATE = 60


def resolve_century(day: int, month: int, year: int, *, today: date) -> date | None:
    """The latest date with this two-digit `year` that is not in the future.

    None when no century has such a day.
    """
    for century in (2000, 1900):
        born = _real_date(century + year, month, day)
        if born and born <= today:
            return born
    return None


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def read_date(value: object, *, today: date) -> date | None:
    """The date in a cell, or None when none can be read.

    Reads date cells, spreadsheet serials (27623), 17-08-1975, 17/8/75, 17.08.1975, 17081975,
    1975-08-17 with or without a time, 17 Agustus 1975 and its short and misspelt months,
    17-VIII-1975. The day comes before the month.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _date_in_text(value, today) if len(value) <= _LONGEST_DATE else None
    if type(value) is int or type(value) is float:
        return _date_in_number(value)
    return None


def _date_in_number(number: float) -> date | None:
    if 1 <= number <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(number))
    return _date_in_digits(str(int(number))) if 10**7 <= number < 10**8 else None


def _date_in_digits(digits: str) -> date | None:
    """17081975 or 19750817, whichever is a date after 1800; five digits are a serial."""
    if len(digits) == 5:
        return _date_in_number(int(digits))
    if len(digits) != 8:
        return None
    readings = (
        _real_date(int(digits[4:]), int(digits[2:4]), int(digits[:2])),
        _real_date(int(digits[:4]), int(digits[4:6]), int(digits[6:])),
    )
    return next((born for born in readings if born and born.year > 1800), None)


@lru_cache(maxsize=65_536)
def _date_in_text(text: str, today: date) -> date | None:
    text = tidy(text).lower().strip("' ")
    parts = _DATE_PARTS.findall(_TIME.sub("", text))
    if len(parts) == 1 and parts[0].isdigit():
        return _date_in_digits(parts[0])
    if len(parts) != 3:
        return None
    day, month, year = reversed(parts) if len(parts[0]) == 4 else parts
    month = _month(month)
    if not (day.isdecimal() and year.isdecimal() and month):
        return None
    if len(year) == 2:
        return resolve_century(int(day), month, int(year), today=today)
    return _real_date(int(year), month, int(day)) if len(year) == 4 else None


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return _ROMAN.get(text) or _MONTHS.get(text[:3])


@lru_cache(maxsize=8)
def oldest_birth(today: date) -> date:
    """The earliest birth date that is accepted."""
    return _real_date(today.year - OLDEST, today.month, today.day) or date(
        today.year - OLDEST, 3, 1
    )


_FIRST_DIGIT = re.compile(r"\d")


def split_place(text: str) -> tuple[str, str]:
    """Place and date of `BOJONEGORO, 17-08-1975`; `""` for the one that the text does not have."""
    text = tidy(text)
    found = _FIRST_DIGIT.search(text)
    at = found.start() if found else len(text)
    return text[:at].strip(" ,;:/.-'("), text[at:]

"""Reading dates: every spelling found in village lists, alone or beside a place.

A text may be read in several ways: 5/4/1988 with the day or the month first, 50375 as 5 March 1975
or as the serial number of a spreadsheet. `_read` gives all readings, the usual one first; the birth
date inside the NIK decides between them, without it the usual one holds.

Pure functions: today's date is a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from enrollment.workers.checks.nik import agrees_with_birth
from enrollment.workers.checks.spelling import one_slip
from enrollment.workers.checks.values import plain, tidy

_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SINCE_1904 = timedelta(1462)  # how much later it begins in workbooks of old Macintoshes
_LAST_SERIAL = 99_999
_FIRST_YEAR = 1800
OLDEST = 120
"""In years: a birth date further back is taken for a typing error."""

_NAMES_OF_MONTHS = (
    "januari january",
    "februari pebruari february",
    "maret march mrt",
    "april",
    "mei may",
    "juni june",
    "juli july",
    "agustus august agt ags",
    "september spt",
    "oktober october",
    "november nopember",
    "desember december",
)
_MONTHS = {
    name: month for month, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names.split()
}
# The first three letters identify a month, also in most misspellings.
_STARTS = {name[:3]: month for name, month in _MONTHS.items()}
_ROMAN_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: month for month, numeral in enumerate(_ROMAN_NUMERALS, start=1)}

_USUAL = re.compile(r"(\d\d)([-/.])(\d\d)\2((?:19|20)\d\d)", re.ASCII)
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"\([^()]*\d[^()]*\)|\[[^][]*\d[^][]*\]")
_DIGIT_LIKE = re.compile(r"(?<![^\W_])(?=[oil]*\d)[\doil]+(?![^\W_])")  # l7-O8-1975
_DIGITS = str.maketrans("oil", "011")
_AGE = re.compile(
    r"\W*(?:\b(?:umur|usia|age)\W*\d{1,3}\b|\b\d{1,3}\s*(?:th|thn|tahun|years?)\b(?!\W*\d)).*$"
)
_TIME = re.compile(
    r"(?:(?<=\d)t|[\s,:]+)(?:(?:pukul|jam|pkl)\W*)?[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|wib|wita|wit)?\s*(?:gmt|utc|z)?\s*(?:[+-]\d\d(?::?\d\d)?)?(?:\s*\([^()]*\)?)?$"
)
_EVE = re.compile(r"(?<=\d)t1[5-7]:00(?::00(?:\.0+)?)?z$")
"""Midnight in Indonesia, as a program writes it that counts in Greenwich time: the day before."""
_WITH_FRACTION = re.compile(r"(\d{5,8})[.,]\d+")
# Words round a date that belong to it and say nothing else.
_PARTICLES = re.compile(
    r"\b(?:tanggal|tgl|tg|bulan|bln|tahun|thn|th|hari|pada|lahir|tempat|ttl|dob|of|wib|wita|wit|"
    r"senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
)
_APART = r"\s*[-/.,:;\\_|\s]\s*"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(\d{4}|\d\d)"
_EDGE, _END = r"(?<!\d)", r"(?!\d)"
_IN_NUMBERS = re.compile(rf"{_EDGE}(\d{{1,2}}){_APART}(\d{{1,2}}){_APART}{_YEAR}{_END}")
_YEAR_FIRST = re.compile(rf"{_EDGE}(\d{{4}}){_APART}(\d{{1,2}}){_APART}(\d{{1,2}}){_END}")
_IN_WORDS = re.compile(rf"{_EDGE}{_DAY}[\W_]*([^\W\d_]+)[\W_]*?{_YEAR}{_END}")
_MONTH_FIRST = re.compile(rf"([^\W\d_]+)[\W_]*{_DAY}[\W_]+{_YEAR}{_END}")
_YEAR_MONTH_DAY = re.compile(rf"{_EDGE}(\d{{4}})[\W_]*([^\W\d_]+)[\W_]*{_DAY}{_END}")
_IN_DIGITS = re.compile(rf"{_EDGE}(\d{{5,8}}){_END}")
_LONGEST_DATE = 120
_AROUND = " ,;:/.-'()[]|_\\"


Readings = tuple[date, ...]
"""The dates that a cell may mean, the usual one first."""


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


def read_date(value: object, *, today: date, nik: str = "") -> date | None:
    """The date in a cell, or None when none can be read.

    Reads date cells, spreadsheet serials (27623), 17-08-1975, 17/8/75, 170875, 17081975,
    1975-08-17, with or without a time, 17 Agustus 1975 and its short and misspelt months,
    17-VIII-1975. The day comes before the month, unless that is impossible or the well-formed
    `nik` holds the other reading.
    """
    if isinstance(value, str):
        return read_birth(value, today=today, nik=nik)[1]
    if isinstance(value, date):
        return _of_cell(value, nik)
    if type(value) is int or type(value) is float:
        return _settled(_in_number(value, today), nik) if 1 <= value < 10**8 else None
    return None


def read_birth(text: str, *, today: date, nik: str = "") -> tuple[str, date | None]:
    """Place and date of "BOJONEGORO, 17-08-1975", in any order, each alone or neither."""
    if len(text) > _LONGEST_DATE:
        return "", None
    digit = None if text[:1].isdigit() else _DIGIT.search(text)
    if digit and (place := _place(text[: digit.start()])):
        # As most lists with both in one column have it: the dates repeat, and so do the places.
        stated, readings = _read(text[digit.start() :], today)
        if readings and not stated:
            return place, _settled(readings, nik)
    place, readings = _read(text, today)
    return place, _settled(readings, nik)


@lru_cache(maxsize=4096)
def _place(text: str) -> str:
    """The place that stands before a date; "" where it may be more than that."""
    if not text.endswith((",", " ", "/")) or "(" in text or _PARTICLES.search(text.lower()):
        return ""
    return _named(tidy(text).strip(_AROUND))


def _settled(readings: Readings, nik: str) -> date | None:
    if len(readings) > 1 and nik:
        for born in readings:
            if agrees_with_birth(nik, born):
                return born
    return readings[0] if readings else None


def _only(*readings: date | None) -> Readings:
    """Those readings that are dates, each once."""
    return tuple(dict.fromkeys(filter(None, readings)))


def _of_cell(value: date, nik: str) -> date:
    """A date cell, unless only the other order agrees with the NIK: a spreadsheet in US setting
    takes 5/4/1988 for the fourth of May."""
    day = value.date() if isinstance(value, datetime) else value
    if not nik or agrees_with_birth(nik, day):
        return day
    other = _real_date(day.year, day.day, day.month)
    return other if other and agrees_with_birth(nik, other) else day


def _in_number(number: float, today: date) -> Readings:
    whole = int(number)
    return _in_digits(str(whole), today) if whole > 9_999 else _serial(whole)


def _serial(number: int) -> Readings:
    if not 1 <= number <= _LAST_SERIAL:
        return ()
    day = _EPOCH + timedelta(days=number)
    return day, day + _SINCE_1904


def _in_digits(digits: str, today: date) -> Readings:
    """17081975, 170875 or the other way round; a number has lost the 0 at its beginning."""
    serial = _serial(int(digits)) if len(digits) == 5 else ()
    digits = digits.zfill(len(digits) + len(digits) % 2)
    if len(digits) == 6:
        pairs = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        return _only(*serial, *_short(*pairs, today))
    first, second, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    readings = (
        _real_date(year, second, first),
        _real_date(int(digits[:4]), int(digits[4:6]), int(digits[6:])),
        _real_date(year, first, second),
    )
    return _only(*(born for born in readings if born and born.year > _FIRST_YEAR))


def _short(first: int, second: int, third: int, today: date) -> Readings:
    """Three numbers of two digits: day, month, year; else month, day, year; else year first."""
    return _only(
        resolve_century(first, second, third, today=today),
        resolve_century(second, first, third, today=today),
        resolve_century(third, second, first, today=today),
    )


@lru_cache(maxsize=65_536)
def _read(text: str, today: date) -> tuple[str, Readings]:
    """The place in a text, and the dates that the rest may mean."""
    usual = _USUAL.fullmatch(text)
    if usual and (readings := _day_first(int(usual[1]), int(usual[3]), int(usual[4]))):
        return "", readings
    return next(filter(_has_date, _attempts(tidy(text), today)), (tidy(text).strip(_AROUND), ()))


def _has_date(found: tuple[str, Readings]) -> bool:
    return bool(found[1])


def _attempts(text: str, today: date) -> Iterator[tuple[str, Readings]]:
    """Readings of the text, at first without what people write behind a date: age and time."""
    text = text if text.isascii() else plain(text)
    low = text.lower()
    if len(low) != len(text):
        text = low
    if number := _WITH_FRACTION.fullmatch(low):
        text = low = number[1]
    shorter = _AGE.sub("", _BRACKETS.sub(lambda found: " " * len(found[0]), low))
    yield from _timeless(text, shorter, today)
    yield from _timeless(text, low, today)


def _timeless(text: str, low: str, today: date) -> Iterator[tuple[str, Readings]]:
    low = low.rstrip(_AROUND)
    if eve := _EVE.search(low):
        place, readings = _found(text, low[: eve.start()], today)
        yield place, _only(*readings, *(day + timedelta(1) for day in readings))
    yield _found(text, _TIME.sub("", low), today)
    yield _found(text, low, today)


def _found(text: str, low: str, today: date) -> tuple[str, Readings]:
    """The place and the readings of the one date in `low`, the same text in small letters."""
    low = _DIGIT_LIKE.sub(_as_digits, low)
    low = _PARTICLES.sub(lambda found: " " * len(found[0]), low)
    start, end, readings = _located(low, today)
    if not readings:
        return "", ()
    if re.search(r"\d", low[:start] + low[end:]):
        return "", ()  # more numbers than a date has
    return _words(text, low, 0, start) or _words(text, low, end, len(low)), readings


def _words(text: str, low: str, start: int, end: int) -> str:
    """What `text` says in a part of it, without particles at both ends; "" for a letter or two."""
    part = low[start:end]
    start += len(part) - len(part.lstrip(_AROUND))
    return _named(text[start : start + len(part.strip(_AROUND))])


def _named(words: str) -> str:
    """The words, if they are more than a letter or two: "17 Agustus 1975 M" names no place."""
    return words if len(words) > 2 else ""


def _as_digits(found: re.Match[str]) -> str:
    return found[0].translate(_DIGITS)


def _located(low: str, today: date) -> tuple[int, int, Readings]:
    """Where a date begins and ends in a text, and its readings."""
    if found := _YEAR_FIRST.search(low):
        year, month, day = map(int, found.groups())
        return *found.span(), _only(_real_date(year, month, day), _real_date(year, day, month))
    if found := _IN_NUMBERS.search(low):
        first, second, third = map(int, found.groups())
        short = len(found[3]) == 2
        within = _short(first, second, third, today) if short else _day_first(first, second, third)
        return *found.span(), within
    for pattern, order in (
        (_IN_WORDS, (0, 1, 2)),
        (_YEAR_MONTH_DAY, (2, 1, 0)),
        (_MONTH_FIRST, (1, 0, 2)),
    ):
        for found in pattern.finditer(low):
            on, word, in_year = (found.groups()[at] for at in order)
            named = _month(word, between=pattern is not _MONTH_FIRST)
            if named and (born := _in_year(int(on), named, in_year, today)):
                return *found.span(), (born,)
    found = _IN_DIGITS.search(low)
    if found and (len(found[1]) != 5 or low.strip(_AROUND) == found[1]):  # a serial stands alone
        return *found.span(), _in_digits(found[1], today)
    return 0, 0, ()


def _day_first(first: int, second: int, year: int) -> Readings:
    return _only(_real_date(year, second, first), _real_date(year, first, second))


def _in_year(day: int, month: int, year: str, today: date) -> date | None:
    if len(year) == 2:
        return resolve_century(day, month, int(year), today=today)
    return _real_date(int(year), month, day)


@lru_cache(maxsize=1024)
def _month(word: str, *, between: bool) -> int | None:
    """The month that a word means. `between` a day and a year stands nothing but a month, so that
    its first letters or a likeness are enough; elsewhere it may be the end of a place's name."""
    if month := _MONTHS.get(word):
        return month
    if between and word in _ROMAN:
        return _ROMAN[word]
    if (between or len(word) == 3) and (month := _STARTS.get(word[:3])):
        return month
    meant = {month for name, month in _MONTHS.items() if len(name) > 3 and one_slip(word, name)}
    return meant.pop() if len(meant) == 1 else None


@lru_cache(maxsize=8)
def oldest_birth(today: date) -> date:
    """The earliest birth date that is accepted."""
    return _real_date(today.year - OLDEST, today.month, today.day) or date(
        today.year - OLDEST, 3, 1
    )

"""What a NIK says of its holder: proposed where nothing is typed, shown beside what differs.

Pure functions: today's date is a parameter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from enrollment.workers.checks.dates import resolve_century
from enrollment.workers.checks.findings import Finding
from enrollment.workers.checks.nik import WOMEN, sex_of

YOUNGEST = 10
"""In years: whoever is entered is older, so the two digits of a year mean the century before."""
SEXES = {"L": "laki-laki", "P": "perempuan"}


def birth_of(nik: str, today: date) -> date | None:
    """The birth date in a well-formed NIK; None if no century has that day."""
    day, month, year = int(nik[6:8]) % WOMEN, int(nik[8:10]), int(nik[10:12])
    return resolve_century(day, month, year, today=date(today.year - YOUNGEST, 12, 31))


def with_both(
    found: Finding, *, nik: str, birth_date: date | None, sex: str, today: date
) -> Finding:
    """A finding that two values differ, with both: for a page that shows them anyway, as no list
    may show a birth date."""
    if found.code == "nik.birth_date_mismatch" and nik and birth_date:
        in_nik = birth_of(nik, today)
        # Of the century the NIK says nothing.
        if in_nik and in_nik.year % 100 == birth_date.year % 100:
            in_nik = _in_century_of(birth_date, in_nik)
        return _told(found, f"{in_nik:%d-%m-%Y}" if in_nik else "", f"{birth_date:%d-%m-%Y}")
    if found.code == "nik.sex_mismatch" and nik and sex:
        return _told(found, SEXES[sex_of(nik)], SEXES[sex])
    return found


def _in_century_of(birth_date: date, in_nik: date) -> date:
    try:
        return in_nik.replace(year=birth_date.year)
    except ValueError:  # 29 February of a year that was none
        return in_nik


def _told(found: Finding, in_nik: str, typed: str) -> Finding:
    both = f" (menurut NIK {in_nik}, di isian {typed})" if in_nik else ""
    return replace(found, values=found.values | {"both": both})

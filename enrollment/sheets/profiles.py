"""What the cells of a column look like: evidence for what the column is, beside its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from enrollment.sheets.knowledge import Knowledge
from enrollment.workbooks.opening import Cell

__all__ = [
    "born_as_in", "digits_of", "divided", "has_birth_date", "has_nik", "is_contradicted", "is_of",
    "is_of_a_woman", "looks_like",
]  # fmt: skip

FEW = 3
"""Cells from which on a column's look counts against its heading."""
_SEX = re.compile(
    r"\W*(?:\d\W+)?(?:l|p|lk|pr|prp|w|m|f|laki.*|pere?m.*|prempuan|pria|wa?ni?ta?|wnt|male|female|"
    r"cowok|cewek|0?[12](?:\.0)?)\W*",
    re.I,
)
_DATE = re.compile(r"\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|[^\W\d]{3,})\s*[-/., ]\s*'?\d{2,4}|\b\d{6,8}\b")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(?:19|20)?(\d\d)(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?:19|20)(\d\d)-(\d\d)-(\d\d)")
_ABOUT_A_NIK = re.compile(r"(?<!\d)\d(?:[ .]?\d){13,16}(?![ .]?\d)")
"""A NIK, perhaps with a digit too many or too few."""
_OF_A_FAMILY = re.compile(r":|\b(?:n?kk|kartu keluarga)\b", re.I)
_LABEL = re.compile(r"\b(?:no\W*)?(?:nik|e?-?ktp)\b", re.I)
"""What stands before a number that is the NIK."""
_BETWEEN = re.compile(r"^[\s/,;:()|.\-–]+|[\s/,;:()|\-–]+$")
_E_NOTATION = re.compile(r"\s*'?\d[.,]\d+\s*E\s*\+?\s*\d+\s*", re.I)


def digits_of(cell: Cell) -> str:
    """The digits of a cell; those of a decimal fraction ".0" are none."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\D", "", re.sub(r"[.,]0{1,2}\W*$", "", str(cell)))


def has_nik(cell: Cell) -> bool:
    """Whether a cell was meant as a NIK, even a damaged one: enough digits, or Excel's 3.5E+15."""
    if isinstance(cell, str):
        if len(cell) == 16 and cell.isdigit():
            return True
        if len(cell) > 60 or cell[:3].upper() in ("NIP", "NRP"):
            return False
        digits = sum(map(str.isdigit, cell))
        if digits >= 10:
            return sum(map(str.isalpha, cell)) <= 12
        return bool(_E_NOTATION.fullmatch(cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e9


def has_birth_date(digits: str) -> bool:
    """Whether sixteen digits have a date where a NIK has the birth date."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return 1 <= day % 40 <= 31 and day <= 71 and 1 <= month <= 12


def is_of_a_woman(cell: Cell) -> bool:
    """Whether a number of sixteen digits has the day of a woman's birth, which is above 40."""
    digits = digits_of(cell)
    return len(digits) == 16 and 41 <= int(digits[6:8]) <= 71


def _is_nik(cell: Cell) -> bool:
    digits = digits_of(cell)
    return len(digits) == 16 and has_birth_date(digits)


def divided(cell: Cell) -> tuple[str, str] | None:
    """A name and the NIK in the same cell ("SITI / 3503…"); None unless there is one of each."""
    text = str(cell)
    numbers = list(_ABOUT_A_NIK.finditer(text))
    if len(numbers) != 1:
        return None
    number = numbers[0]
    name = f"{text[: number.start()]} {text[number.end() :]}"
    name = _BETWEEN.sub("", " ".join(_LABEL.sub(" ", name).split()))
    if not name or re.search(r"\d", name) or _OF_A_FAMILY.search(name):
        return None
    return name, digits_of(number[0])


def _is_divided(cell: Cell) -> bool:
    parts = divided(cell)
    return parts is not None and _is_nik(parts[1])


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    if isinstance(cell, str):
        return bool(_DATE.search(cell))
    return isinstance(cell, int | float) and (3_000 < cell < 60_000 or 10**6 < cell < 10**8)


def _is_name(cell: Cell) -> bool:
    if not isinstance(cell, str) or (len(cell) > 1 and _SEX.fullmatch(cell)):
        return False
    return sum(map(str.isalpha, cell)) > sum(map(str.isdigit, cell))


def _is_small(cell: Cell) -> bool:
    digits = digits_of(cell)
    return 0 < len(digits) <= 3 and not re.search(r"[^\W\d]", str(cell))


def _is_digit(cell: Cell) -> bool:
    return len(digits_of(cell)) == 1 and len(str(cell).strip()) <= 3


_LOOKS: dict[str, Callable[[Cell], bool]] = {
    "nik": _is_nik,
    "many_digits": has_nik,
    "name": _is_name,
    "name_and_nik": _is_divided,
    "date": _is_date,
    "sex": lambda cell: bool(_SEX.fullmatch(str(cell))),
    "small": _is_small,
    "digit": _is_digit,
    "text": lambda cell: isinstance(cell, str) and any(map(str.isalpha, cell)),
    "digits": lambda cell: isinstance(cell, date) or any(map(str.isdigit, str(cell))),
}


def looks_like(look: str, cells: Sequence[Cell], share: float = 0.8) -> bool:
    """Whether at least this share of the filled cells looks like that; no cell looks like it."""
    filled = [cell for cell in cells if str(cell).strip(" -'\"")]
    return bool(filled) and sum(map(_LOOKS[look], filled)) >= share * len(filled)


_NEEDED_LOOKS = {
    "nik": ("many_digits", 0.01),
    "kk": ("digits", 0.3),
    "name": ("name", 0.4),
    "birth_date": ("digits", 0.3),
    "birth": ("digits", 0.3),
    "sex": ("sex", 0.3),
    "address": ("text", 0.3),
    "rt_rw": ("digits", 0.3),
    "rw_rt": ("digits", 0.3),
    "phone": ("digits", 0.3),
    "mother_name": ("name", 0.4),
    "village": ("text", 0.3),
    "district": ("text", 0.3),
    "hamlet": ("text", 0.3),
}
"""Field → how at least this share of its column's cells must look."""


def is_contradicted(field: str, cells: Sequence[Cell], few: int = FEW) -> bool:
    """Whether the cells of a column look different from what its heading says; not if there are
    too few of them."""
    if field not in _NEEDED_LOOKS:
        return False
    look, share = _NEEDED_LOOKS[field]
    filled = [cell for cell in cells if str(cell).strip(" -'\"")]
    return len(filled) >= few and not looks_like(look, filled, share)


def is_of(field: str, cells: Sequence[Cell], knowledge: Knowledge) -> bool:
    """Whether the cells alone say that a column is this field: villages, occupations."""
    known = {"village": knowledge.is_village, "occupation": knowledge.is_occupation}[field]
    filled = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    return len(filled) >= FEW and sum(map(known, filled)) >= 0.8 * len(filled)


def born_as_in(nik: Cell, cell: Cell) -> bool | None:
    """Whether a date is the birth date in the NIK beside it; None if one of them is unreadable."""
    digits = digits_of(nik)
    if len(digits) != 16 or not has_birth_date(digits) or not (parts := _date_parts(cell)):
        return None
    day, month, year = int(digits[6:8]) % 40, int(digits[8:10]), int(digits[10:12])
    return parts[2] == year and {parts[0], parts[1]} == {day, month}


def _date_parts(cell: Cell) -> tuple[int, int, int] | None:
    """Day, month and two digits of the year, where that is plain."""
    if isinstance(cell, date | datetime):
        return cell.day, cell.month, cell.year % 100
    if not isinstance(cell, str):
        return None
    if found := _YEAR_FIRST.search(cell):
        return int(found[3]), int(found[2]), int(found[1])
    found = _DAY_MONTH_YEAR.search(cell)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None

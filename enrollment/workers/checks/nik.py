"""NIK (Nomor Induk Kependudukan) and KK (nomor Kartu Keluarga): checks of their form only.

A NIK is 16 digits, PPKKCC DDMMYY SSSS: district of first registration, birth date with 40 added
to the day for women, serial number. Only Dukcapil knows whether it belongs to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from enrollment.workers.checks.values import plain, tidy

LENGTH = 16
EXACT = 2**53
"""The largest number up to which a spreadsheet (an IEEE double) can hold every whole number."""

PLACEHOLDERS = frozenset([digit * LENGTH for digit in "0123456789"] + ["1234567890123456"])

_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# DDMM as in a NIK, for both sexes, without 29 February.
_DAYS = frozenset(
    f"{day + shift:02d}{month:02d}"
    for month, days in enumerate(_DAYS_IN_MONTH, start=1)
    for day in range(1, days + 1)
    for shift in (0, 40)
)
# DDMMYY of 29 February. A two-digit year divisible by 4 is a leap year in at least one century
# (00 because of 2000, as 1900 was none), so that today's date is not needed here.
_LEAP_DAYS = frozenset(f"{day}02{year:02d}" for year in range(0, 100, 4) for day in (29, 69))

# With the ASCII control characters, which are invisible like those that `plain` removes.
_SEPARATORS = re.compile(r"[\x00-\x20\x7f.\-]+")
# How a spreadsheet shows a long number (3.52210E+15), after its dot has been removed. Without a
# plus only E15 counts, the exponent of 16-digit numbers: in 35030758E7670797 somebody has typed a
# letter for a digit, and Excel has not damaged it.
_E_NOTATION = re.compile(r"\d[\d,]*[Ee](?:\+\d{1,3}|15)")


def clean_digits(text: str) -> str:
    """`text` without the characters that people and programs put between and around digits.

    Removes white space, dots, hyphens and dashes, invisible characters and leading
    apostrophes; turns digits of any script into 0-9. Everything else stays, for the checks to find.
    """
    if not text.isascii():
        text = plain(text)
    return _SEPARATORS.sub("", text).lstrip("'")


def check_nik(value: object) -> tuple[str, str | None]:
    """The NIK in a cell: `(nik, None)` when it is well formed, otherwise `("", code)`.

    `value` is the cell as it was read; its type matters, because a spreadsheet keeps only 15
    significant digits of a number. Codes: nik.missing, nik.excel_damaged, nik.format,
    nik.placeholder, nik.date, nik.serial. A date in the future is not an error: its two-digit
    year then belongs to the century before.
    """
    if isinstance(value, str):
        # The first condition is the common case, kept short: half a million of these run a second.
        if len(value) != LENGTH or not (value.isascii() and value.isdigit()):
            value = clean_digits(value)
            if len(value) != LENGTH or not (value.isascii() and value.isdigit()):
                return "", _fault(value)
        nik = value
    else:
        nik, code = _from_number(value)
        if code:
            return "", code
    if nik in PLACEHOLDERS:
        return "", "nik.placeholder"
    if nik[6:10] not in _DAYS and nik[6:12] not in _LEAP_DAYS:
        return "", "nik.date"
    if nik[12:] == "0000":
        return "", "nik.serial"
    return nik, None


def _fault(cleaned: str) -> str:
    if not cleaned:
        return "nik.missing"
    return "nik.excel_damaged" if _E_NOTATION.fullmatch(cleaned) else "nik.format"


def _from_number(value: object) -> tuple[str, str | None]:
    if value is None:
        return "", "nik.missing"
    digits = _whole(value)
    if len(digits) != LENGTH:
        return "", "nik.format"
    return (digits, "nik.excel_damaged") if _number_is_damaged(digits) else (digits, None)


def _whole(value: object) -> str:
    """The digits of a non-negative whole number; "" for any other cell (True, a date)."""
    if type(value) is float and value.is_integer():
        value = int(value)
    return str(value) if type(value) is int and 0 <= value < 10**20 else ""


def _number_is_damaged(digits: str) -> bool:
    return digits.endswith("0") or int(digits) > EXACT


def count_digits(value: object) -> int:
    """The number of digits in a cell, for the message to a user who typed 15."""
    text = clean_digits(value) if isinstance(value, str) else _whole(value)
    return sum(character.isdigit() for character in text)


def check_kk(value: object) -> tuple[str, str | None]:
    """The family-card number in a cell, and None or a code: kk.format, kk.excel_damaged.

    It is never refused: an unusual number is kept as typed. The rules of a NIK do not apply to it.
    """
    if value is None or value == "":
        return "", None
    if not isinstance(value, str):
        digits = _whole(value)
        if len(digits) != LENGTH:
            return tidy(str(value)), "kk.format"
        return digits, "kk.excel_damaged" if _number_is_damaged(digits) else None
    digits = clean_digits(value)
    if len(digits) == LENGTH and digits.isascii() and digits.isdigit():
        return digits, None
    if not digits:
        return "", None
    return tidy(value), "kk.excel_damaged" if _E_NOTATION.fullmatch(digits) else "kk.format"


def region_known(nik: str, districts: Container[str]) -> bool:
    """Whether the NIK starts with one of `districts`, the current six-digit Kemendagri codes.

    A NIK keeps the code of its first registration when a district is split or renumbered, and
    when people move. So an unknown code is a warning, never an error.
    """
    return nik[:6] in districts


def sex_of(nik: str) -> str:
    """L (laki-laki) or P (perempuan), according to a well-formed NIK."""
    return "P" if nik[6] >= "4" else "L"


def agrees_with_birth(nik: str, born: date) -> bool:
    """Whether day, month and two-digit year of `born` are those in a well-formed NIK."""
    return (
        int(nik[6:8]) % 40 == born.day
        and int(nik[8:10]) == born.month
        and int(nik[10:12]) == born.year % 100
    )


def mask(nik: str) -> str:
    """`352215**********`: birth date and serial number are hidden. Together with a birth date, a
    serial number would give the whole NIK away. Text of another length is hidden entirely."""
    shown = nik[:6] if len(nik) == LENGTH else ""
    return shown.ljust(len(nik), "*")

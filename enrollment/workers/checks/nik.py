"""NIK (Nomor Induk Kependudukan) and KK (nomor Kartu Keluarga): checks of their form only.

A NIK is 16 digits, PPKKCC DDMMYY SSSS: district of first registration, birth date with 40 added
to the day for women, serial number. Only Dukcapil knows whether it belongs to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from functools import lru_cache

from enrollment.workers.checks.values import plain, tidy

LENGTH = 16
WOMEN = 40
"""Added to the day of birth in a woman's NIK."""
EXACT = 2**53
"""The largest number up to which a spreadsheet (an IEEE double) can hold every whole number."""

PLACEHOLDERS = frozenset([digit * LENGTH for digit in "0123456789"] + ["1234567890123456"])

_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# DDMM as in a NIK, for both sexes, without 29 February.
_DAYS = frozenset(
    f"{day + shift:02d}{month:02d}"
    for month, days in enumerate(_DAYS_IN_MONTH, start=1)
    for day in range(1, days + 1)
    for shift in (0, WOMEN)
)
# DDMMYY of 29 February. A two-digit year divisible by 4 is a leap year in at least one century
# (00 because of 2000, as 1900 was none), so that today's date is not needed here.
_LEAP_DAYS = frozenset(f"{day}02{year:02d}" for year in range(0, 100, 4) for day in (29, 69))

# With the ASCII control characters, which are invisible like those that `plain` removes.
_SEPARATORS = re.compile(r"[\x00-\x20\x7f.\-]+")
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
# How a spreadsheet shows a long number (3.52210E+15). Without a plus only E15 counts, the exponent
# of 16-digit numbers: in 35030758E7670797 somebody has typed a letter for a digit, and Excel has
# not damaged it.
_E_NOTATION = re.compile(r"\W*\d+(?:[.,]\d*)*e(?:\+\d{1,3}|15)\W*")
# What databases add to a number that they took for a fraction: 3503071607730176.0.
_NO_FRACTION = re.compile(r"[.,]0{1,2}(?=\W*$)")
# The words that may stand before or behind a number: "No. KTP", "NIK :", "Nomor Kartu Keluarga".
_ANY_NUMBER = r"n(?:o|r|omor|omer|mr|umber)|id"
_LABELS = {
    "nik": rf"{_ANY_NUMBER}|n\W?i\W?k|e?\W?ktp(?:\W?el)?|induk|kependudukan|kartu|tanda|penduduk",
    "kk": rf"{_ANY_NUMBER}|n?\W?k\W?k|kartu|keluarga",
}
_LABEL = {
    kind: re.compile(
        rf"^(?:[\W_]*(?:{words})(?![^\W\d_]))+[\W_]*(?=\d)|[\W_]+(?:(?:{words})[\W_]*)+$",
        re.IGNORECASE,
    )
    for kind, words in _LABELS.items()
}
_LONGEST = 120
"""A longer text is no number, whatever stands in it."""
_MOST_LETTERS = 3
"""A text with more letters than this is not a number in which a letter was typed for a digit."""


def clean_digits(text: str) -> str:
    """`text` without the characters that people and programs put between and around digits.

    Removes white space, dots, hyphens and dashes, invisible characters and leading
    apostrophes; turns digits of any script into 0-9. Everything else stays, for the checks to find.
    """
    if not text.isascii():
        text = plain(text)
    return _SEPARATORS.sub("", text).lstrip("'")


def _is_number(text: str) -> bool:
    return len(text) == LENGTH and text.isascii() and text.isdigit()


def _without_wrapping(text: str, kind: str) -> str:
    """The letters and digits of a text, without a label before them and without a fraction of 0.

    Sixteen digits are the same number whatever stands round and between them: quotes, `="…"`,
    brackets, slashes, the lines of sixteen boxes.
    """
    bare = _LABEL[kind].sub("", plain(text))
    whole = _NO_LETTER_OR_DIGIT.sub("", _NO_FRACTION.sub("", bare))
    return whole if len(whole) == LENGTH else _NO_LETTER_OR_DIGIT.sub("", bare)


def _damaged_text(text: str, kind: str) -> bool:
    """Whether Excel has shown a long number as 3.52210E+15, or a program has rounded it."""
    bare = _LABEL[kind].sub("", plain(text)).strip().lower()
    if _E_NOTATION.fullmatch("".join(bare.split())):
        return True
    whole = _NO_LETTER_OR_DIGIT.sub("", _NO_FRACTION.sub("", bare))
    return bool(_NO_FRACTION.search(bare)) and _is_number(whole) and int(whole) > EXACT


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
            typed, value = value, clean_digits(value)
            if not _is_number(value):
                value, code = _unwrapped(typed)
                if code:
                    return "", code
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


def _unwrapped(typed: str) -> tuple[str, str | None]:
    """The number in a text that holds more than digits and separators, and None or a code."""
    if len(typed) > _LONGEST:
        return "", "nik.format"
    bare = _without_wrapping(typed, "nik")
    if not bare or not tidy(typed):
        return "", "nik.missing"
    if _damaged_text(typed, "nik"):
        return "", "nik.excel_damaged"
    return (bare, None) if _is_number(bare) else ("", "nik.format")


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


def describe(value: object) -> dict[str, object]:
    """What is wrong with the form of a NIK, as the values of the finding `nik.format`."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return {"digits": count_digits(value)}
    bare = _without_wrapping(value, "nik")
    letters = [at for at, character in enumerate(bare) if character not in "0123456789"]
    found: dict[str, object] = {"digits": len(bare) - len(letters)}
    if 0 < len(letters) <= min(_MOST_LETTERS, len(bare) - 1):
        letter = bare[letters[0]]
        kind = "huruf" if letter.isalpha() else "tanda"
        found["letter"] = f" dan {kind} {letter} di tempat ke-{letters[0] + 1}"
    return found


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
    if not _is_number(digits):
        short = len(value) <= _LONGEST
        digits = _without_wrapping(value, "kk") if short else value
        if not digits or not tidy(value):
            return "", None
        if short and _damaged_text(value, "kk"):
            return tidy(value), "kk.excel_damaged"
        if not _is_number(digits):
            return tidy(value), "kk.format"
    return digits, None


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
    return nik[6:12] in _within_nik(born)


@lru_cache(maxsize=65_536)
def _within_nik(born: date) -> tuple[str, str]:
    """DDMMYY as in a man's NIK and as in a woman's."""
    rest = f"{born.month:02d}{born.year % 100:02d}"
    return f"{born.day:02d}{rest}", f"{born.day + WOMEN}{rest}"


def mask(nik: str) -> str:
    """`352215**********`: birth date and serial number are hidden. Together with a birth date, a
    serial number would give the whole NIK away. Text of another length is hidden entirely."""
    shown = nik[:6] if len(nik) == LENGTH else ""
    return shown.ljust(len(nik), "*")

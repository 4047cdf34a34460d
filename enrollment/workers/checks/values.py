"""Reading a cell: the many spellings of sex, RT/RW, phones, money and occupations.

Each reader takes the cell as it comes from the workbook or the form (text, number, date, None) and
returns plain values. No cell makes a reader raise an exception. Readers of texts that repeat in a
list cache their results.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from lokal import parse_rupiah

# What people type, and spreadsheets show, for an empty cell.
_NOTHING = frozenset("-_./:'") | {
    *("--", "---", "..", "...", "n/a", "N/A", "NULL", "null"),
    *("#N/A", "#REF!", "#VALUE!", "#NAME?"),
}
# Invisible characters that Unicode classifies as letters, marks or symbols.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {
    chr(point) for point in range(0xFE00, 0xFE10)
}


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if character in _INVISIBLE or category == "Cf":
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    if character in "‘’‛ʼ′＇":
        return "'"
    return "." if character in "．·․" else character


def plain(text: str) -> str:
    """`text` with digits, spaces, dots, hyphens and apostrophes of any script turned into ASCII.

    Invisible characters are removed. For numbers and codes, not for names.
    """
    return "".join(map(_plain_character, text))


def tidy(value: object, longest: int | None = None) -> str:
    """A cell as one line of text, spaces collapsed, case as typed; `""` for a missing value.

    `longest` cuts off what the column cannot hold, such as a whole letter pasted into one cell.
    """
    if not isinstance(value, str):
        value = _as_text(value)
    elif not value.isprintable():
        value = "".join(map(_visible, value))
    value = " ".join(value.split())
    return "" if value in _NOTHING else value[:longest]


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    # This removes also NUL and lone surrogates, which PostgreSQL cannot store.
    return character if character.isprintable() else " " if character.isspace() else ""


def _as_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


# --- sex, status -----------------------------------------------------------------------------

_SEX = {
    **dict.fromkeys(["l", "lk", "laki", "lakilaki", "laki2", "pria", "1", "m", "male"], "L"),
    **dict.fromkeys(["p", "pr", "prp", "perempuan", "wanita", "w", "2", "f", "female"], "P"),
}


def read_sex(value: object) -> str | None:
    """L or P; `""` when the cell is empty, None when it cannot be read."""
    return _sex_in_text(tidy(value, 20))


@lru_cache(maxsize=1024)
def _sex_in_text(text: str) -> str | None:
    return _SEX.get("".join(filter(str.isalnum, text.casefold()))) if text else ""


_ENDED = frozenset(["meninggal", "wafat", "mati", "almarhum", "almarhumah", "alm", "pindah"])
_ALREADY = frozenset(["sudah", "telah"])
_ARRIVED = frozenset(["datang", "masuk"])  # "pindah datang": moved in


@lru_cache(maxsize=1024)
def has_ended(status: str) -> bool:
    """Whether a status in a list means that the person died or moved away (Meninggal, Pindah)."""
    words = [word for word in re.findall(r"[a-z]+", status[:80].lower()) if word not in _ALREADY]
    return bool(words) and words[0] in _ENDED and _ARRIVED.isdisjoint(words)


# --- address ---------------------------------------------------------------------------------

_LABELLED = {
    part: re.compile(rf"\b{part}\W{{0,3}}(\d{{1,3}})(?!\d)", re.IGNORECASE) for part in ("rt", "rw")
}
_PAIR = re.compile(r"(?:rt)?[\s.:]*(\d{1,3})(?:\.0)?(?:\s*[/\\,.\- ]\s*(\d{1,3}))?", re.IGNORECASE)
_DATE_CELL = re.compile(r"\d{4}-\d\d-\d\d")  # a date cell that has been stored as JSON
_AFTER_RT = re.compile(r"\brt\W{0,3}\d{1,3}\s*/\s*(\d{1,3})(?!\d)", re.IGNORECASE)


def _three(digits: str) -> str:
    return f"{int(digits):03d}" if digits and int(digits) else ""


def read_rt_rw(value: object) -> tuple[str, str]:
    """RT and RW in a cell, three digits each: 6.0, "6", "RT 06", "005/004", "RT 5 RW 4".

    A single number becomes the first of the pair, 0 counts as missing, other text stays as it is.
    A date cell is empty: Excel made it from 5/4, and nobody can tell which number came first.
    """
    if not value or isinstance(value, date):
        return "", ""
    return _rt_rw_in_text(tidy(value, 40))


@lru_cache(maxsize=4096)
def _rt_rw_in_text(text: str) -> tuple[str, str]:
    if _DATE_CELL.match(text):
        return "", ""
    pair = _PAIR.fullmatch(text)
    if pair:
        return _three(pair[1]), _three(pair[2])
    rt, rw = find_rt_rw(text)
    return (rt, rw) if rt or rw else (text[:10], "")


def find_rt_rw(text: str) -> tuple[str, str]:
    """RT and RW in an address: "DUSUN KRAJAN RT 05 RW 02", "RT.5/2"."""
    found = {part: pattern.search(text) for part, pattern in _LABELLED.items()}
    rt, rw = (_three(match[1]) if match else "" for match in (found["rt"], found["rw"]))
    after = _AFTER_RT.search(text) if rt and not rw else None
    return rt, _three(after[1]) if after else rw


# --- numbers ---------------------------------------------------------------------------------

_PHONE = re.compile(r"0(?:8\d{8,11}|[2-79]\d{7,10})")
_PHONE_MARKS = re.compile(r"[\s().\-']+")


def read_phone(value: object) -> tuple[str, bool]:
    """A phone number, and whether it looks like one.

    +62 812..., 62812... and 812... become 0812...; a landline such as 0353... is accepted too.
    Other text is returned as typed. An empty cell is fine.
    """
    typed = tidy(value, 32)
    number = _PHONE_MARKS.sub("", typed if typed.isascii() else plain(typed))
    if number.startswith("+62"):
        number = number[3:]
    elif number.startswith("62"):
        number = number[2:]
    if number and number[0] != "0":
        number = f"0{number}"
    if not number.strip("0"):
        return "", True
    return (number, True) if _PHONE.fullmatch(number) else (typed, False)


_TRAILING_CENTS = re.compile(r"(?:[.,]0{1,2}|,-|\.-)$")
_NOT_ONE_AMOUNT = re.compile(r"[<>]|\d\D*(?:-|s/d|sampai)\D*\d|^-", re.IGNORECASE)
MOST_RUPIAH = 10**12


def read_rupiah(value: object) -> int | None:
    """Whole rupiah: 1250000.0, "Rp 1.250.000,00", "1,5 juta", "800rb"; None when unclear.

    A range or "kurang dari" (less than) counts as unclear.
    """
    if type(value) is int or type(value) is float:
        return round(value) if 0 <= value < MOST_RUPIAH else None
    return _rupiah_in_text(tidy(value, 40)) if isinstance(value, str) and value else None


@lru_cache(maxsize=4096)
def _rupiah_in_text(text: str) -> int | None:
    text = _TRAILING_CENTS.sub("", text)
    if not text or _NOT_ONE_AMOUNT.search(text):
        return None
    try:
        parsed = parse_rupiah(text)
    except ArithmeticError:  # raised by the library for about thirty digits
        return None
    return round(parsed.amount) if parsed and 0 <= parsed.amount < MOST_RUPIAH else None


def read_decile(value: object) -> int | None:
    """The welfare decile of the family (desil), 1 to 10."""
    return _decile_in_text(tidy(value, 20)) if value else None


@lru_cache(maxsize=1024)
def _decile_in_text(text: str) -> int | None:
    digits = re.findall(r"\d+", text.removesuffix(".0"))
    decile = int(digits[0]) if len(digits) == 1 else 0
    return decile if 1 <= decile <= 10 else None


# --- occupation, registry --------------------------------------------------------------------


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form in which occupations are compared: "Petani/Pekebun" equals "PETANI  PEKEBUN"."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def occupation_index(
    occupations: Iterable[tuple[str, str, Iterable[str], int | None]],
) -> dict[str, str]:
    """Folded name, alias or civil-registry code → key, from `(key, name, aliases, code)`.

    The civil registry numbers occupations (8 trader, 9 farmer ...); lists often give the number.
    """
    index: dict[str, str] = {}
    for key, name, aliases, code in occupations:
        for spelling in (name, *aliases, *([str(code)] if code else [])):
            index.setdefault(fold(spelling), key)
    return index


def read_occupation(value: object, index: Mapping[str, str]) -> tuple[str, str | None]:
    """An occupation as typed, and its key, or None when `index` does not contain it."""
    typed = tidy(value, 100)
    return typed, index.get(fold(typed)) if typed else None


_PERIOD = re.compile(r"(.*?)[\s,/(]+((?:19|20)\d\d(?:\s?[-/ ]\s?(?:[ivIV]{1,3}|[1-4]|\d\d))?)\)?$")


def split_period(source: str) -> tuple[str, str]:
    """Registry and period of a source such as `Damisda 2025-I`; at most 40 and 20 characters."""
    source = tidy(source, 60)
    found = _PERIOD.fullmatch(source)
    return (found[1][:40], found[2][:20]) if found and found[1] else (source[:40], "")

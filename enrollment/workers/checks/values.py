"""Reading a cell: the many spellings of sex, RT/RW, phones, money and occupations.

Each reader takes the cell as the workbook or the form gave it (text, number, date, nothing) and
returns plain values. None raises for any cell. Readers of texts that repeat down a list remember
what they read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from lokal import parse_rupiah

# What people type, and spreadsheets show, where there is nothing.
_NOTHING = frozenset("-_./:'") | {
    *("--", "---", "..", "...", "n/a", "N/A", "NULL", "null"),
    *("#N/A", "#REF!", "#VALUE!", "#NAME?"),
}
# Those that Unicode files under letters, marks or symbols.
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
    """`text` with digits, spaces, dots, hyphens and apostrophes of any script as ASCII has them.

    Invisible characters go. For numbers and codes, not for names.
    """
    return "".join(map(_plain_character, text))


def tidy(value: object, longest: int | None = None) -> str:
    """A cell as one line of text, spaces collapsed, case as typed; `""` for a missing value.

    `longest` cuts what no column could hold: a whole letter pasted into one cell.
    """
    if not isinstance(value, str):
        value = _as_text(value)
    elif not value.isprintable():
        value = "".join(map(_visible, value))
    value = " ".join(value.split())
    return "" if value in _NOTHING else value[:longest]


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    # NUL and lone surrogates too, which PostgreSQL cannot store.
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
    """L, P, `""` when the cell is empty, or None when it says something else."""
    return _sex_in_text(tidy(value, 20))


@lru_cache(maxsize=1024)
def _sex_in_text(text: str) -> str | None:
    return _SEX.get("".join(filter(str.isalnum, text.casefold()))) if text else ""


_ENDED = frozenset(["meninggal", "wafat", "mati", "almarhum", "almarhumah", "alm", "pindah"])
_ALREADY = frozenset(["sudah", "telah"])
_ARRIVED = frozenset(["datang", "masuk"])  # "pindah datang": moved in


@lru_cache(maxsize=1024)
def has_ended(status: str) -> bool:
    """Whether a list's status says that the person died or moved away (Meninggal, Pindah ...)."""
    words = [word for word in re.findall(r"[a-z]+", status[:80].lower()) if word not in _ALREADY]
    return bool(words) and words[0] in _ENDED and _ARRIVED.isdisjoint(words)


# --- address ---------------------------------------------------------------------------------

_LABELLED = {
    part: re.compile(rf"\b{part}\W{{0,3}}(\d{{1,3}})(?!\d)", re.IGNORECASE) for part in ("rt", "rw")
}
_PAIR = re.compile(r"(?:rt)?[\s.:]*(\d{1,3})(?:\.0)?(?:\s*[/\\,.\- ]\s*(\d{1,3}))?", re.IGNORECASE)
_DATE_CELL = re.compile(r"\d{4}-\d\d-\d\d")  # one that was kept as JSON meanwhile
_AFTER_RT = re.compile(r"\brt\W{0,3}\d{1,3}\s*/\s*(\d{1,3})(?!\d)", re.IGNORECASE)


def _three(digits: str) -> str:
    return f"{int(digits):03d}" if digits and int(digits) else ""


def read_rt_rw(value: object) -> tuple[str, str]:
    """RT and RW in a cell, three digits each: 6.0, "6", "RT 06", "005/004", "RT 5 RW 4".

    One number is given as the first of the pair, 0 as missing; what is no number as it stands.
    A date cell is nothing: Excel made it of 5/4, and which of the two came first is lost.
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
    """RT and RW as an address names them: "DUSUN KRAJAN RT 05 RW 02", "RT.5/2"."""
    found = {part: pattern.search(text) for part, pattern in _LABELLED.items()}
    rt, rw = (_three(match[1]) if match else "" for match in (found["rt"], found["rw"]))
    after = _AFTER_RT.search(text) if rt and not rw else None
    return rt, _three(after[1]) if after else rw


# --- numbers ---------------------------------------------------------------------------------

_PHONE = re.compile(r"0(?:8\d{8,11}|[2-79]\d{7,10})")
_PHONE_MARKS = re.compile(r"[\s().\-']+")


def read_phone(value: object) -> tuple[str, bool]:
    """A phone number and whether it looks like one.

    081234567890 for any of +62 812..., 62812..., 812... and for a landline 0353...; otherwise
    the text as typed. A missing one is fine.
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

    A range or "kurang dari" is no amount.
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
    except ArithmeticError:  # the library's answer to some thirty digits
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
    """The form in which occupations are compared: "Petani/Pekebun" and "PETANI  PEKEBUN" meet."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def occupation_index(
    occupations: Iterable[tuple[str, str, Iterable[str], int | None]],
) -> dict[str, str]:
    """Every folded name, alias and civil-registry code of `(key, name, aliases, code)` to its key.

    The civil registry numbers occupations (8 trader, 9 farmer ...); lists often hold the number.
    """
    index: dict[str, str] = {}
    for key, name, aliases, code in occupations:
        for spelling in (name, *aliases, *([str(code)] if code else [])):
            index.setdefault(fold(spelling), key)
    return index


def read_occupation(value: object, index: Mapping[str, str]) -> tuple[str, str | None]:
    """An occupation as typed and its key; the key is None when `index` does not know it."""
    typed = tidy(value, 100)
    return typed, index.get(fold(typed)) if typed else None


_PERIOD = re.compile(r"(.*?)[\s,/(]+((?:19|20)\d\d(?:\s?[-/ ]\s?(?:[ivIV]{1,3}|[1-4]|\d\d))?)\)?$")


def split_period(source: str) -> tuple[str, str]:
    """`Damisda 2025-I` as registry and period, at most 40 and 20 characters."""
    source = tidy(source, 60)
    found = _PERIOD.fullmatch(source)
    return (found[1][:40], found[2][:20]) if found and found[1] else (source[:40], "")

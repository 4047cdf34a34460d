"""Reading a cell: the many spellings of sex, phones, money and occupations.

Each reader takes the cell as it comes from the workbook or the form (text, number, date, None) and
returns plain values. No cell makes a reader raise an exception. Readers of texts that repeat in a
list cache their results.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from enrollment.workbooks.kinds.messages import UNCOMPUTED

# What people type, and spreadsheets show, for an empty cell.
_NOTHING = frozenset("-_./:'") | {
    *("--", "---", "..", "...", "n/a", "N/A", "NULL", "null", "nan", "NaN", "None", "<NA>", "NaT"),
    *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", UNCOMPUTED),
}
# Invisible characters that Unicode classifies as letters, marks or symbols.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {
    chr(point) for point in range(0xFE00, 0xFE10)
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
    if "  " in value or value[:1] == " " or value[-1:] == " ":  # no other blank is printable
        value = " ".join(value.split())
    return "" if value in _NOTHING else value[:longest]


def tidy_repeated(value: object, longest: int | None = None) -> str:
    """`tidy` for what repeats in a list: the names of places, occupations, sources."""
    return _tidied(value, longest) if type(value) is str else tidy(value, longest)


@lru_cache(maxsize=8192)
def _tidied(text: str, longest: int | None) -> str:
    return tidy(text, longest)


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


# --- sex -------------------------------------------------------------------------------------

_SEXES = {
    "L": "l lk lki lkl laki lakilaki pria cowok cowo male m man laki2 1",
    "P": "p pr prp prm perempuan wanita wnt wan w cewek cewe female f woman 2",
}
_SEX = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_SEX_NAMES = {word: sex for word, sex in _SEX.items() if len(word) > 3}
_ABOUT_SEX = _words("jenis kelamin jk jns kel sex gender berjenis anak orang seorang kode")
_FRACTION_OF_0 = re.compile(r"[.,]0+$")


def read_sex(value: object) -> str | None:
    """L or P; `""` when the cell is empty, None when it cannot be read."""
    return _sex_in_text(tidy_repeated(value, 40))


@lru_cache(maxsize=1024)
def _sex_in_text(text: str) -> str | None:
    """The one sex that the words name: "1. Laki-laki", "Perempuan (P)", "L/", "Prempuan"."""
    if not text:
        return ""
    low = _FRACTION_OF_0.sub("", plain(text).casefold().replace("²", "2"))
    words = [word for word in re.findall(r"[^\W\d_]+", low) if word not in _ABOUT_SEX]
    if not words:
        numbers = {_SEX.get(number.lstrip("0")) for number in re.findall(r"\d+", low)}
        return numbers.pop() if len(numbers) == 1 else None
    named = {word: _sex_of_word(word) for word in words}
    sexes = set(named.values()) - {None}
    if not sexes:
        return _sex_of_word("".join(words))  # PEREM PUAN
    # A letter among words that nobody knows may mean anything.
    clear = all(named.values()) or any(sex and len(word) > 3 for word, sex in named.items())
    return sexes.pop() if clear and len(sexes) == 1 else None


def _sex_of_word(word: str) -> str | None:
    """The sex that a word names, also with a typing error or two."""
    if word in _SEX or len(word) < 4:
        return _SEX.get(word)
    likeness = {
        name: SequenceMatcher(None, word, name, autojunk=False).ratio() for name in _SEX_NAMES
    }
    best = max(likeness, key=likeness.__getitem__)
    return _SEX[best] if likeness[best] >= 0.8 else None


# --- numbers ---------------------------------------------------------------------------------

_PHONE = re.compile(r"0(?:8\d{8,11}|[2-79]\d{7,10})", re.ASCII)
_PHONE_MARKS = re.compile(r"[\s().\-'_]+")
_PHONE_WORDS = _words(
    "no nomor nomer hp hape telp telpon telepon tlp tel telf phone mobile handphone wa whatsapp "
    "whatsap aktif rumah kantor kontak contact hub"
)
_AROUND_PHONE = re.compile(r"^[^\d+]*|[^\d]*$")
_PHONE_FRACTION = re.compile(r"(?<=\d{8})[.,]0{1,2}$")  # 81234567890.0


def read_phone(value: object) -> tuple[str, bool]:
    """A phone number, and whether it looks like one.

    +62 812..., 62812... and 812... become 0812...; a landline such as 0353... is accepted too, and
    words for a phone round the number. Other text is returned as typed, also several numbers. An
    empty cell is fine.
    """
    typed = tidy(value, 32)
    if _PHONE.fullmatch(typed):
        return typed, True
    number = typed if typed.isascii() else plain(typed)
    if not number.isdecimal():
        number = _without_words(number)
    number = number.removeprefix("00").removeprefix("+")
    if number.startswith("62"):
        number = number[2:]
    if number and number[0] != "0":
        number = f"0{number}"
    if not number.strip("0"):
        return ("", True) if not typed.strip("0+ -") else (typed, False)
    return (number, True) if _PHONE.fullmatch(number) else (typed, False)


def _without_words(text: str) -> str:
    """A number without words for a phone round it and without separators within it."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if words and not _PHONE_WORDS.issuperset(words):
        return ""
    return _PHONE_MARKS.sub("", _PHONE_FRACTION.sub("", _AROUND_PHONE.sub("", text)))


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
    from lokal import parse_rupiah  # takes a tenth of the time in which the portal starts

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
    typed = tidy_repeated(value, 100)
    return typed, index.get(fold(typed)) if typed else None


_PERIOD = re.compile(r"(.*?)[\s,/(]+((?:19|20)\d\d(?:\s?[-/ ]\s?(?:[ivIV]{1,3}|[1-4]|\d\d))?)\)?$")


@lru_cache(maxsize=1024)
def split_period(source: str) -> tuple[str, str]:
    """Registry and period of a source such as `Damisda 2025-I`; at most 40 and 20 characters."""
    source = tidy(source, 60)
    found = _PERIOD.fullmatch(source)
    return (found[1][:40], found[2][:20]) if found and found[1] else (source[:40], "")

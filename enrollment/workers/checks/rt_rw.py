"""Reading RT and RW: in a column each, in one column, or within an address.

Labels decide which number is which ("RW 04 RT 05", "RT/RW 003/005"); without labels the RT comes
first. What cannot be read stays as typed, for the rules to tell.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from enrollment.months import MONTHS
from enrollment.workers.checks.values import plain, tidy, tidy_repeated

_UNITS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
_ROMAN = {
    f"{tens}{unit}": 10 * len(tens) + number
    for tens in ("", "x")
    for number, unit in enumerate(["", *_UNITS])
    if tens or unit
}
_LABEL = r"(?<![^\W\d_])r\W{0,2}([tw])"
_NUMERAL = r"x?(?:ix|iv|v?i{1,3}|v)|x"
_NUMBER = (
    r"(\d{1,3}(?:\.0+)?(?!\d)(?!(?!r\W{0,2}[tw])[^\W\d_])"
    rf"|(?<![^\W_])(?:{_NUMERAL})(?![^\W_]))"
)
_AFTER = r"(?![^\W\d_])\W{0,5}"
_PAIR_OF_LABELS = re.compile(
    rf"{_LABEL}\W{{0,3}}r\W{{0,2}}([tw]){_AFTER}{_NUMBER}\W{{1,5}}{_NUMBER}"
)
_LABELLED = re.compile(rf"{_LABEL}{_AFTER}{_NUMBER}(?:\s*[/\\-]\s*{_NUMBER})?")
_LABELS_BEHIND = re.compile(rf"\W*{_NUMBER}\W*r\W?([tw])\W+{_NUMBER}\W*r\W?([tw])\W*")
_BEFORE_RW = re.compile(rf"\W*{_NUMBER}\W+r\W{{0,2}}w")
_BARE = re.compile(rf"\W*{_NUMBER}(?:\W+{_NUMBER})?\W*")
_ONLY_LABELS = re.compile(r"[\W_]*(?:r\W{0,2}[tw](?![^\W\d_])[\W_]*)*")
_AND = re.compile(r"\b(?:dan|no|nomor|nomer)\b")  # "3 dan 5", "RT no. 3"
_JOINED = re.compile(r"(0\d\d)(0\d\d)")  # 003005
_DATE_CELL = re.compile(r"\d{4}-\d\d-\d\d")  # a date cell that has been stored as JSON
_LONG_NAMES = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"\brukun tetangga\b", "rt"),
        (r"\brukun warga\b", "rw"),
    )
)
# In an address: a pair that is no house number.
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,3})\s?/\s?(\d{1,3})(?![\d/]|[.-]\d|[^\W\d_])")
_OF_A_HOUSE = re.compile(r"\b(?:no|nomor|nmr|blok|blk|kav)\W*[a-z]?\W*$")
_STREET = re.compile(r"\b(?:jl|jln|jalan|gg|gang|no|nomor|nmr|blok|blk|kav|km|perum|unit|lt)\b")
_HAMLET = re.compile(r"\b(?:dsn|dusun|dk|dkh|dukuh|kp|kampung|link?|lingk|lingkungan|jorong)\b")


def read_rt_rw(value: object) -> tuple[str, str]:
    """RT and RW in a cell, three digits each: 6.0, "RT 06", "005/004", "RT III RW II", "04/RW 05".

    A single number becomes the first of the pair, 0 counts as missing, other text stays as it is.
    A date stays, as Excel shows it: it was made of 5/4, and nobody can tell which number came
    first. So does a fraction: 3.1 may have been 3.10.
    """
    if not value:
        return "", ""
    if isinstance(value, date):
        return _as_excel_shows(value), ""
    if isinstance(value, float) and not value.is_integer():
        return tidy(value, 10), ""
    return _in_cell(tidy_repeated(value, 60))


def is_read(text: str) -> bool:
    """Whether a text is a number as `read_rt_rw` gives it, not one that it had to leave."""
    return len(text) == 3 and text.isdecimal()


@lru_cache(maxsize=4096)
def _in_cell(text: str) -> tuple[str, str]:
    low = _AND.sub(" ", _lowered(text))
    if low.isdecimal() and len(low) <= 3:
        return _three(low), ""
    if _ONLY_LABELS.fullmatch(low):
        return "", ""
    if stored := _DATE_CELL.match(low):
        return _date_stored(stored[0]), ""
    if pair := _JOINED.fullmatch(low):
        return _three(pair[1]), _three(pair[2])
    if behind := _LABELS_BEHIND.fullmatch(low):
        return _in_order({behind[2]: behind[1], behind[4]: behind[3]})
    if found := _by_labels(low):
        if "t" not in found and (before := _BEFORE_RW.match(low)):
            found["t"] = before[1]
        return _in_order(found)
    bare = _BARE.fullmatch(low)
    if bare and low != "x":
        return _three(bare[1]), _three(bare[2])
    return text[:10], ""


def _date_stored(text: str) -> str:
    try:
        return _as_excel_shows(date.fromisoformat(text))
    except ValueError:
        return text


def _as_excel_shows(day: date) -> str:
    """3-Mei-26, of which somebody may see that 3/5 was typed."""
    return f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year % 100:02d}"


def find_rt_rw(text: str) -> tuple[str, str]:
    """RT and RW in an address: "DUSUN KRAJAN RT 05 RW 02", "RT/RW 004/005", "KRAJAN, 06/03"."""
    low = _lowered(text)
    return _in_order(_by_labels(low) or _unlabelled(low))


def _lowered(text: str) -> str:
    low = (text if text.isascii() else plain(text)).lower()
    for pattern, short in _LONG_NAMES:
        low = pattern.sub(short, low)
    return low


def _by_labels(low: str) -> dict[str, str]:
    """The numbers behind labels, by the second letter of the label."""
    pair = _PAIR_OF_LABELS.search(low)
    if pair and pair[1] != pair[2]:
        return {pair[1]: pair[3], pair[2]: pair[4]}
    found: dict[str, str] = {}
    second = ""
    for label, number, other in _LABELLED.findall(low):
        if label not in found:
            found[label] = number
            second = other if label == "t" else second
    return {"w": second} | found if second else found


def _unlabelled(low: str) -> dict[str, str]:
    """A pair in an address that is certainly no house number: it stands alone between commas, is
    written with zeros, or follows the name of a hamlet."""
    for part in low.split(","):
        for pair in _SLASHED.finditer(part):
            before = part[: pair.start()]
            alone = not part.replace(pair[0], "").strip(" .")
            with_zeros = pair[1].startswith("0") and pair[2].startswith("0")
            in_hamlet = bool(_HAMLET.search(before)) and not _STREET.search(before)
            if (alone or with_zeros or in_hamlet) and not _OF_A_HOUSE.search(before):
                return {"t": pair[1], "w": pair[2]}
    return {}


def _in_order(found: dict[str, str]) -> tuple[str, str]:
    return _three(found.get("t")), _three(found.get("w"))


def _three(number: str | None) -> str:
    """A number as it is kept, "" for none and for 0."""
    if not number:
        return ""
    value = _ROMAN.get(number) or int(float(number))
    return f"{value:03d}" if value else ""

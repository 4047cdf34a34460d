"""The columns of an annex on paper: their titles and widths, and what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrollment.decrees.annex import AnnexHeader
from enrollment.decrees.arrangement.rules import DEFAULT, UPRIGHT
from enrollment.decrees.rules import AnnexRow
from enrollment.formats import angka
from enrollment.workbooks.cells import plain
from enrollment.workers.checks.nik import mask

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

    Row = AnnexRow | DecreeEntry

LEFT, CENTRE, RIGHT = "left", "centre", "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, relative width, side, and what stands in it for a person (lines)."""

    heading: str
    width: float
    side: str
    value: Callable[[Row], str]


def columns_of(header: AnnexHeader, masked: bool, *, upright: bool) -> list[Column]:
    """The running number, and the columns that the regency has chosen, or the portal's own."""
    look = header.arrangement
    usual = UPRIGHT if upright and not masked else DEFAULT
    widths = _UPRIGHT if upright and not masked else _ACROSS
    words = {"village": header.village_word, "district": header.district_word}
    columns = [Column("No.", 11, CENTRE, lambda row: str(row.position))]
    for key in look.keys(usual, masked=masked):
        side, value = _VALUES[key]
        heading, width = look.title(key, **words), widths[key]
        if key == "nik" and masked:
            value = _masked
        if key == "premium" and header.premium is None:
            side, value, width = LEFT, _prices, width + 8
            heading = dict(look.titles).get(key) or "Iuran (Rp × bulan)"
        columns.append(Column(shown(heading), width, side, value))
    return columns


def _masked(row: Row) -> str:
    return mask(row.nik)


def _prices(row: Row) -> str:
    return shown(row.prices)


def _address_and_village(row: Row) -> str:
    return _lines(shown(row.address), f"{_neighbourhood(row)} {shown(row.village)}".strip())


def shown(text: object) -> str:
    """One line of text without characters that have no shape of their own: they could turn the
    direction of what follows, or hide in it."""
    words = plain(text)
    if words.isprintable():
        return words
    return plain("".join(c for c in words if unicodedata.category(c) not in ("Cf", "Co", "Cn")))


def _lines(*words: str) -> str:
    """What stands below each other in a cell."""
    return "\n".join(filter(None, words))


def _birth(row: Row) -> str:
    day = f"{row.birth_date:%d-%m-%Y}" if row.birth_date else ""
    place = shown(row.birth_place)
    return _lines(f"{place}," if place and day else place, day)


def _address(row: Row) -> str:
    return _lines(shown(row.address), _neighbourhood(row))


def _neighbourhood(row: Row) -> str:
    rt, rw = shown(row.rt), shown(row.rw)
    words = [f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]
    return " ".join(filter(None, words)).replace(" ", "\u00a0")


_VALUES: dict[str, tuple[str, Callable[[Row], str]]] = {
    "name": (LEFT, lambda row: shown(row.name)),
    "sex": (CENTRE, lambda row: shown(row.sex)),
    "nik_kk": (CENTRE, lambda row: _lines(shown(row.nik), shown(row.kk))),
    "nik": (CENTRE, lambda row: shown(row.nik)),
    "kk": (CENTRE, lambda row: shown(row.kk)),
    "birth": (LEFT, _birth),
    "address": (LEFT, _address),
    "address_village": (LEFT, _address_and_village),
    "village": (LEFT, lambda row: shown(row.village)),
    "district": (LEFT, lambda row: shown(row.district)),
    "occupation": (LEFT, lambda row: shown(row.occupation)),
    "months": (CENTRE, lambda row: str(row.months)),
    "premium": (RIGHT, lambda row: angka(row.premium or "")),
    "cost": (RIGHT, lambda row: angka(row.cost)),
}
"""Key of a column → its side, and what stands in it."""
_ACROSS = {
    "name": 52, "sex": 9, "nik_kk": 37, "nik": 37, "kk": 37, "birth": 32, "address": 54,
    "address_village": 60, "village": 33, "district": 30, "occupation": 31, "months": 14,
    "premium": 21, "cost": 25,
}  # fmt: skip
_UPRIGHT = _ACROSS | {
    "name": 41, "birth": 27, "address": 40, "address_village": 44, "village": 27, "district": 25,
    "occupation": 25, "months": 13, "premium": 19, "cost": 23,
}  # fmt: skip
"""Key of a column → its width beside the others."""

"""What stands in the columns of an annex for a person, the same in every form of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from enrollment.decrees.arrangement.rules import DEFAULT
from enrollment.decrees.rules import AnnexRow
from enrollment.formats import angka
from enrollment.workbooks.cells import plain
from enrollment.workers.checks.nik import mask

if TYPE_CHECKING:
    from enrollment.decrees.annex import AnnexHeader
    from enrollment.decrees.models import DecreeEntry

LEFT, CENTRE, RIGHT = "left", "centre", "right"
PRICES = "Iuran (Rp × bulan)"
"""The heading where the monthly premium differs between people or months."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex: its key, heading, side, and what stands in it for a person."""

    key: str
    heading: str
    side: str
    value: Callable[[AnnexRow | DecreeEntry], str]


def columns_of(
    header: AnnexHeader, usual: Iterable[str] = DEFAULT, *, masked: bool
) -> Iterator[Column]:
    """The columns that the regency has chosen, or the `usual` ones, behind the running number."""
    look = header.arrangement
    words = {"village": header.village_word, "district": header.district_word}
    for key in look.keys(usual, masked=masked):
        side, value = values()[key]
        heading = look.title(key, **words)
        if key == "nik" and masked:
            value = _masked
        if key == "premium" and header.premium is None:
            side, value = LEFT, _prices
            heading = dict(look.titles).get(key) or PRICES
        yield Column(key, shown(heading), side, value)


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


def birth_date(row: AnnexRow | DecreeEntry) -> str:
    """`17-08-1980`; empty where it is unknown."""
    return f"{row.birth_date:%d-%m-%Y}" if row.birth_date else ""


def _birth(row: AnnexRow | DecreeEntry) -> str:
    day = birth_date(row)
    place = shown(row.birth_place)
    return _lines(f"{place}," if place and day else place, day)


def _address(row: AnnexRow | DecreeEntry) -> str:
    return _lines(shown(row.address), _neighbourhood(row))


def _address_and_village(row: AnnexRow | DecreeEntry) -> str:
    return _lines(shown(row.address), f"{_neighbourhood(row)} {shown(row.village)}".strip())


def _neighbourhood(row: AnnexRow | DecreeEntry) -> str:
    rt, rw = shown(row.rt), shown(row.rw)
    words = [f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]
    return " ".join(filter(None, words)).replace(" ", "\u00a0")


@cache
def values() -> dict[str, tuple[str, Callable[[AnnexRow | DecreeEntry], str]]]:
    """Key of a column → its side, and what stands in it: text that has passed `shown`, with a line
    feed between two values."""
    return {
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


def _masked(row: AnnexRow | DecreeEntry) -> str:
    return mask(row.nik)


def _prices(row: AnnexRow | DecreeEntry) -> str:
    return shown(row.prices)

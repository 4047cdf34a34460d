"""The columns of an annex on paper: their titles and widths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrollment.decrees import columns
from enrollment.decrees.annex import AnnexHeader
from enrollment.decrees.arrangement.rules import DEFAULT, UPRIGHT
from enrollment.decrees.rules import AnnexRow

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

_PRICES_MORE = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, relative width, side, and what stands in it for a person (lines)."""

    heading: str
    width: float
    side: str
    value: Callable[[AnnexRow | DecreeEntry], str]


def columns_of(header: AnnexHeader, masked: bool, *, upright: bool) -> list[Column]:
    """The running number, and the columns that the regency has chosen, or the portal's own."""
    usual, widths = (UPRIGHT, _UPRIGHT) if upright and not masked else (DEFAULT, _ACROSS)
    found = [Column("No.", 11, columns.CENTRE, lambda row: str(row.position))]
    for one in columns.columns_of(header, usual, masked=masked):
        more = _PRICES_MORE if one.key == "premium" and header.premium is None else 0
        found.append(Column(one.heading, widths[one.key] + more, one.side, one.value))
    return found


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

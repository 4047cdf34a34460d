"""Registries (data acuan) that a programme requires: DTSEN desil 1–4, 2026-I.

One a line, as offices write it; who is named by one of them may take part. No database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from villages.refusals import Refusal

LONGEST = 200
"""Letters of all lines together."""
_LINE = re.compile(
    r"(?P<registry>[^,]+?)(?:\s+desil\s+(?P<low>\d+)"
    r"(?:\s*(?:[-–]|sampai|s\.?d\.?)\s*(?P<high>\d+))?)?(?:\s*,\s*(?P<period>[^,]+))?",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """A registry that names a person."""

    registry: str
    period: str = ""
    decile: int | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """A registry that a programme asks for; without `deciles` (lowest, highest) any decile will do,
    without a `period` any period."""

    registry: str
    deciles: tuple[int, int] | None = None
    period: str = ""

    def __str__(self) -> str:
        said = self.registry
        if self.deciles:
            low, high = self.deciles
            said += f" desil {low}" if low == high else f" desil {low}–{high}"
        return f"{said}, {self.period}" if self.period else said

    def met_by(self, named: Named) -> bool:
        """Whether a registry names the person as this one asks."""
        if named.registry.casefold() != self.registry.casefold():
            return False
        if self.period and named.period.casefold() != self.period.casefold():
            return False
        if self.deciles is None:
            return True
        return named.decile is not None and self.deciles[0] <= named.decile <= self.deciles[1]


def read(text: str) -> tuple[Required, ...]:
    """The registries of a text, one a line. Refusal where a line cannot be read."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(_read_line(line) for line in lines if line)


def kept(text: str) -> tuple[Required, ...]:
    """As `read`, of a text that was saved: what cannot be read is the name of a registry."""
    try:
        return read(text)
    except Refusal:
        return tuple(Required(line.strip()) for line in text.splitlines() if line.strip())


def _read_line(line: str) -> Required:
    found = _LINE.fullmatch(line)
    if not found or (re.search(r"\bdesil\b", line, re.IGNORECASE) and not found["low"]):
        raise Refusal(
            f"“{line}” tidak terbaca. Tulis satu data acuan tiap baris, misalnya: DTSEN desil 1–4, "
            "2026-I."
        )
    deciles = None
    if found["low"]:
        deciles = int(found["low"]), int(found["high"] or found["low"])
        if not 1 <= deciles[0] <= deciles[1] <= 10:
            raise Refusal(f"“{line}”: desil harus 1 sampai 10, yang kecil lebih dahulu.")
    return Required(found["registry"], deciles, found["period"] or "")


def written(required: Iterable[Required]) -> str:
    """The text that `read` reads."""
    return "\n".join(map(str, required))

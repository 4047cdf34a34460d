"""How many people to propose when some of them will be refused. No database, no clock.

A share is exact: `accepted` of `proposed` people, never a rounded percentage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PERCENT = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?\s*%?")
NO_PERCENT = "Tulis persen dari 0,01 sampai 100, misalnya 85,02."


@dataclass(frozen=True, slots=True)
class Acceptance:
    """So many of the proposed people were accepted, or are expected to be."""

    accepted: int
    proposed: int

    @property
    def refused(self) -> int:
        return self.proposed - self.accepted

    @property
    def percent(self) -> str:
        """`93,77%`, rounded half up to two places."""
        return _percent(self.accepted, self.proposed)

    @property
    def percent_lost(self) -> str:
        return _percent(self.refused, self.proposed)

    def to_propose(self, wanted: int) -> int:
        """The fewest people of whom `wanted` remain, rounded up."""
        return -(-wanted * self.proposed // self.accepted)


def _percent(part: int, whole: int) -> str:
    if not whole:
        return "–"
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100},{hundredths % 100:02}%"


def read_percent(text: str) -> Acceptance:
    """`85,02`, `85.02` or `85 %`; ValueError with a sentence for anything else."""
    found = PERCENT.fullmatch(text.strip())
    if not found:
        raise ValueError(NO_PERCENT)
    whole, part = found.groups()
    hundredths = int(whole) * 100 + int((part or "").ljust(2, "0"))
    if not 1 <= hundredths <= 10_000:
        raise ValueError(NO_PERCENT)
    return Acceptance(hundredths, 10_000)


def together(rounds: Iterable[Acceptance]) -> Acceptance | None:
    """The rounds as one; None if nobody of them was accepted."""
    rounds = list(rounds)
    whole = Acceptance(sum(one.accepted for one in rounds), sum(one.proposed for one in rounds))
    return whole if whole.accepted else None

"""Whose turn it is on a waiting list, and why. No database, no clock.

`queue.turn` is the same key as an expression of the database; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enrollment.coverage.rules import Kind
from enrollment.months import MONTHS
from enrollment.programmes.turns import Turn

NO_DECILE = 11
"""After the richest tenth."""
BEGINNING = date(1900, 1, 1)
"""The day from which birth dates are counted."""
NO_BIRTH_DATE = 1_000_000
"""Days: later than anybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """What the order of a waiting list may depend on. `number` is that of arrival; `decile` is the
    lowest that a registry gives, `registry` one that names the person, and `kind` that of the row
    when it was handed in."""

    number: int
    since: date
    decile: int | None = None
    registry: str = ""
    kind: str = ""
    birth_date: date | None = None


def key(order: Sequence[str], waiter: Waiter) -> list[int]:
    """Smaller for who comes earlier. What is unknown comes last."""
    return [*(_value(criterion, waiter) for criterion in order), waiter.number]


def _value(criterion: str, waiter: Waiter) -> int:
    match criterion:
        case Turn.POOREST:
            return waiter.decile or NO_DECILE
        case Turn.LISTED:
            return 0 if waiter.registry else 1
        case Turn.CONTINUING:
            return 0 if waiter.kind == Kind.CONTINUING else 1
        case Turn.OLDEST:
            return NO_BIRTH_DATE if waiter.birth_date is None else _days(waiter.birth_date)
        case Turn.YOUNGEST:
            return NO_BIRTH_DATE if waiter.birth_date is None else -_days(waiter.birth_date)
        case _:
            raise ValueError(f"Nobody knows how to rank by {criterion}.")


def _days(day: date) -> int:
    return (day - BEGINNING).days


def reason(order: Sequence[str], waiter: Waiter) -> str:
    """Why the turn is what it is: `desil 1, tercatat DTSEN, diajukan 3 Maret`."""
    arrived = f"diajukan {waiter.since.day} {MONTHS[waiter.since.month - 1]}"
    return ", ".join([*(_in_words(criterion, waiter) for criterion in order), arrived])


def _in_words(criterion: str, waiter: Waiter) -> str:
    match criterion:
        case Turn.POOREST:
            return f"desil {waiter.decile}" if waiter.decile else "desil belum diisi"
        case Turn.LISTED:
            return f"tercatat {waiter.registry}" if waiter.registry else "tidak tercatat"
        case Turn.CONTINUING:
            return "lanjut" if waiter.kind == Kind.CONTINUING else "baru"
        case _:
            born = waiter.birth_date
            return f"lahir {born.year}" if born else "tanggal lahir belum diisi"

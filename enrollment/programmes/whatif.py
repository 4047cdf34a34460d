"""What a plan would cost, and what still fits where it costs too much. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrollment.programmes.prices import in_words
from enrollment.programmes.rules import people_reached


@dataclass(frozen=True, slots=True)
class Plan:
    """So many people for the months of `prices` (rupiah of one person in each), under a ceiling."""

    people: int
    prices: Sequence[int]
    ceiling: int

    @property
    def a_person(self) -> int:
        return sum(self.prices)

    @property
    def months(self) -> int:
        return len(self.prices)

    @property
    def in_words(self) -> str:
        """`16.800 × 3 + 8.400 × 9`"""
        return in_words(self.prices)

    @property
    def total(self) -> int:
        return self.people * self.a_person

    @property
    def over(self) -> int:
        """Rupiah beyond the ceiling."""
        return max(self.total - self.ceiling, 0)

    @property
    def left(self) -> int:
        return max(self.ceiling - self.total, 0)

    @property
    def people_that_fit(self) -> int:
        """For all of the months."""
        return people_reached(self.ceiling, self.a_person) if self.a_person else 0

    @property
    def left_with_them(self) -> int:
        """Rupiah that remain when as many people as fit take part."""
        return self.ceiling - self.people_that_fit * self.a_person

    @property
    def months_that_fit(self) -> int:
        """From the first one on, for all of the people."""
        spent = 0
        for done, price in enumerate(self.prices):
            spent += self.people * price
            if spent > self.ceiling:
                return done
        return self.months

    def months_of(self, announced: int) -> float:
        """For how many months of its first price an announced sum would protect these people."""
        first = self.people * self.prices[0] if self.prices else 0
        return round(announced / first, 2) if first else 0.0

"""How many have to approve, by the money of a wave. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_APPROVERS = 5
SUGGESTED = ((100_000_000, 2), (1_000_000_001, 3))
"""(rupiah from which, approvers): below 100 million one, up to a thousand million two, above it
three. The figures are a suggestion of the field, not a rule of law."""


@dataclass(frozen=True, slots=True)
class Span:
    """Waves with a ceiling from `first` to `last` rupiah, both included, need so many approvers;
    `last` is None for the highest."""

    first: int
    last: int | None
    approvers: int

    @property
    def is_lowest(self) -> bool:
        return not self.first

    @property
    def is_highest(self) -> bool:
        return self.last is None

    @property
    def is_all(self) -> bool:
        return self.is_lowest and self.is_highest


def spans(bands: Iterable[tuple[int, int]]) -> list[Span]:
    """The whole scale that (rupiah from which, approvers) make, the lowest first. What is below the
    lowest band needs one approver."""
    known = dict(bands)
    starts = sorted({0: 1} | known)
    ends = [*(following - 1 for following in starts[1:]), None]
    return [
        Span(first, last, known.get(first, 1)) for first, last in zip(starts, ends, strict=True)
    ]

"""Running numbers over a list in force: those of a decree and its amendments, without who went out.
Plain values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Numbering:
    """The decrees in their order, each with how many people stand in force before it, and which of
    its positions have gone out (sorted). Those of the first decree come first, then whoever came in
    with each amendment: nobody gets another number but by closing up."""

    before: Mapping[UUID, int]
    out: Mapping[UUID, Sequence[int]]
    people: int

    @classmethod
    def of(cls, decrees: Iterable[tuple[UUID, int]], out: Iterable[tuple[UUID, int]]) -> Numbering:
        """`decrees`: id and number of people, in their order; `out`: decree and position of each
        person who has gone out."""
        gone: dict[UUID, list[int]] = {}
        for decree, position in out:
            gone.setdefault(decree, []).append(position)
        before, number = {}, 0
        for decree, people in decrees:
            gone.setdefault(decree, []).sort()
            before[decree] = number
            number += people - len(gone[decree])
        return cls(before, gone, number)

    def number(self, decree: UUID, position: int) -> int:
        """The running number of who stands in force at this position of this decree."""
        return self.before[decree] + position - bisect_right(self.out[decree], position)

    def stands(self, decree: UUID, position: int) -> bool:
        """Whether the person there is in force."""
        gone = self.out[decree]
        place = bisect_left(gone, position)
        return place == len(gone) or gone[place] != position

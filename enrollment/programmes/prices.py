"""What one person costs: rupiah in each month of a programme, for each sector that pays less.

Prices are fixed in the programme, so that later tariffs change nothing by themselves. No database,
no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from enrollment.formats import angka

GENERAL = ""
"""The key of those whose occupation belongs to no sector with prices of its own."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """`general` are the prices of the months in order, and `sectors` those of each sector (its key)
    that differ from them."""

    general: tuple[int, ...] = ()
    sectors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def made(
        cls, months: Iterable[object], sectors: Iterable[str], price: Callable[..., int]
    ) -> PriceList:
        """Price all months: `price(month, sector)` gives rupiah."""
        whole = tuple(months)
        general = tuple(price(month, GENERAL) for month in whole)
        own = {sector: tuple(price(month, sector) for month in whole) for sector in sectors}
        return cls(general, {sector: each for sector, each in own.items() if each != general})

    @classmethod
    def kept(cls, stored: Mapping[str, list[int]]) -> PriceList:
        """Read what `as_json` gave."""
        own = {sector: tuple(each) for sector, each in stored.items() if sector != GENERAL}
        return cls(tuple(stored.get(GENERAL, ())), own)

    def as_json(self) -> dict[str, list[int]]:
        return {key: list(each) for key, each in {GENERAL: self.general, **self.sectors}.items()}

    def last(self, months: int) -> PriceList:
        """The prices of the last so many months."""
        start = len(self.general) - months
        own = {sector: each[start:] for sector, each in self.sectors.items()}
        return PriceList(self.general[start:], own)

    def of(self, sector: str | None) -> tuple[int, ...]:
        """The prices of the months for somebody whose occupation is in this sector."""
        return self.sectors.get(sector or GENERAL, self.general)

    def key_of(self, sector: str | None) -> str:
        """`sector` if it has prices of its own, else GENERAL."""
        return sector if sector and sector in self.sectors else GENERAL

    def cost(self, sector: str | None = GENERAL) -> int:
        """Rupiah for one person of the sector over all months."""
        return sum(self.of(sector))

    @property
    def differs(self) -> bool:
        """Whether what a person costs depends on the occupation."""
        return bool(self.sectors)

    @property
    def a_month(self) -> int | None:
        """Rupiah a month; None where months or sectors differ."""
        alike = {*self.general, *(price for each in self.sectors.values() for price in each)}
        return alike.pop() if len(alike) == 1 else None


def in_words(prices: Iterable[int]) -> str:
    """`16.800 × 3 + 8.400 × 9`: each price, and for how many months in a row."""
    runs = [(price, len(list(run))) for price, run in groupby(prices)]
    return " + ".join(f"{angka(price)} × {months}" for price, months in runs)

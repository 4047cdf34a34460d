"""How long it holds that a village has looked at its recipients again. No database, no clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from enrollment.coverage.rules import month_after
from enrollment.formats import angka, tanggal

SOON = 30
"""Days before the next verification is due in which a village is reminded."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a wave asks of villages before their people go on: a verification that still holds on
    `begins`, the first day of its first month; each holds for so many `months`."""

    months: int
    begins: date

    @property
    def since(self) -> date:
        """The first day of a verification that still holds when the wave begins."""
        return month_after(self.begins, -self.months)


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand, and the day of the last verification of each village that has one."""

    demand: Demand
    last: Mapping[str, date]

    def is_met_by(self, village: str) -> bool:
        day = self.last.get(village)
        return day is not None and day >= self.demand.since


def holds_until(day: date, months: int) -> date:
    """The last day on which a verification of that day holds: the same day of a later month, or the
    last one of a month that is shorter."""
    month = month_after(day, months)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a village stands on a day: when it last verified, and by when it has to again (None where
    it never has: then at once)."""

    demand: Demand
    last: date | None
    today: date

    @property
    def due(self) -> date | None:
        return holds_until(self.last, self.demand.months) if self.last else None

    @property
    def days(self) -> int | None:
        """Days until it is due; negative after it was."""
        return (self.due - self.today).days if self.due else None

    @property
    def is_due(self) -> bool:
        """Whether the village should verify now."""
        return self.days is None or self.days <= SOON or self.is_too_old

    @property
    def is_late(self) -> bool:
        return self.days is None or self.days < 0

    @property
    def is_too_old(self) -> bool:
        """Whether the last one does not hold when the wave begins, although a new one would."""
        return self.today >= self.demand.since and not self.lets_go_on

    @property
    def lets_go_on(self) -> bool:
        """Whether the people of the village may go on in this wave."""
        return self.last is not None and self.last >= self.demand.since

    @property
    def in_words(self) -> str:
        """`paling lambat 3 Desember 2026, 12 hari lagi`."""
        if self.due is None or self.days is None:
            return "sekarang, karena belum pernah"
        if self.days < 0:
            return f"seharusnya {tanggal(self.due)}, terlambat {angka(-self.days)} hari"
        left = "hari ini" if self.days == 0 else f"{angka(self.days)} hari lagi"
        return f"paling lambat {tanggal(self.due)}, {left}"


def demand_in_words(months: int) -> str:
    """`Lanjut hanya bila diverifikasi ulang tiap 3 bulan`."""
    return f"Lanjut hanya bila diverifikasi ulang tiap {months} bulan"

"""The gap simulator: what happens to people between the end of a wave's cover and the next one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from enrollment.coverage.rules import (
    GRACE,
    in_words,
    last_payable,
    month_after,
    months_between,
)
from enrollment.programmes import prices, pricing
from enrollment.programmes.models import PremiumSubsidy
from enrollment.renewals import paid, rules
from enrollment.renewals.rules import EXPLAINED, Fate, Loss, Outcome

MOST = 12
"""Months after the end of cover among which one is chosen."""


class Group(NamedTuple):
    """Those for whom a gap destroys the same."""

    loss: Loss
    destroyed: str
    outcome: Outcome


@dataclass(frozen=True)
class Gap:
    """What becomes of whom decrees of a wave name if cover goes on from the month `resumes`."""

    resumes: date
    months: tuple[date, ...]
    """Those in which nobody pays, after the wave's cover."""
    prices: list[int]
    """Rupiah of one person in each of them."""
    outcomes: dict[Loss, Outcome]
    unknown: int
    """People who are approved and whom no decree names."""

    @property
    def whole(self) -> Outcome:
        return rules.together(self.outcomes.values())

    @property
    def never_again(self) -> int:
        return self.outcomes[Loss.FOREVER].restart

    @property
    def groups(self) -> list[Group]:
        return [Group(loss, EXPLAINED[loss], self.outcomes[loss]) for loss in Loss]

    @property
    def are_alike(self) -> bool:
        """Whether everybody who lacks months lacks all of these."""
        return self.whole.bridge == self.bridge_for(self.whole.lacking)

    @property
    def months_in_words(self) -> str:
        return in_words(self.months)

    @property
    def prices_in_words(self) -> str:
        return prices.in_words(self.prices)

    def bridge_for(self, people: int) -> int:
        """Rupiah for so many people in all of these months."""
        return people * sum(self.prices)


def resumptions(programme: PremiumSubsidy) -> list[date]:
    """The months in which cover may begin again: from the one after the wave's cover on."""
    return [month_after(programme.last_month, count) for count in range(1, MOST + 1)]


def usual_resumption(programme: PremiumSubsidy) -> date:
    """The first month of the wave that continues this one, or the first in which people begin
    anew."""
    successor = getattr(programme, "successor", None)
    first = successor.programme.first_month if successor else None
    possible = resumptions(programme)
    return first if first in possible else possible[GRACE]


def simulate(programme: PremiumSubsidy, resumes: date, price: int | None = None) -> Gap:
    """One statement about people, whatever their number. `price`: rupiah a month, where it is not
    that of today's tariffs."""
    months = months_between(programme.period[1], resumes)
    crowds = paid.counted(programme.pk, resumes)
    known: dict[date, int] = {}

    def price_of(month: date) -> int:
        if price is not None:
            return price
        if month not in known:
            known[month] = pricing.before(programme, month)
        return known[month]

    return Gap(
        resumes=resumes,
        months=months,
        prices=[price_of(month) for month in months],
        outcomes=rules.outcomes(crowds, resumes, price_of),
        unknown=sum(crowd.people for crowd in crowds if crowd.paid is None),
    )


def entries(
    programme: PremiumSubsidy, resumes: date, *, loss: Loss | None, fates: Collection[Fate]
) -> list[int]:
    """The ids of the list rows that `simulate` counts in this group and with these fates; None:
    in all groups; without fates: whatever becomes of them. Two statements."""
    crowds = paid.counted(programme.pk, resumes)
    chosen = rules.crowds_of(crowds, resumes, loss=loss, fates=fates)
    return paid.entries(programme.pk, resumes, chosen)


def keeps_until(programme: PremiumSubsidy) -> date:
    """The last day on which arrears keep the memberships that this wave pays."""
    return last_payable(programme.last_month)

"""The gap simulator: what happens to people between the end of a wave's cover and the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enrollment.coverage.rules import GRACE, in_words, last_payable, month_after
from enrollment.programmes import prices, pricing
from enrollment.programmes.models import PremiumSubsidy
from enrollment.renewals import paid, rules
from enrollment.renewals.actions import last_month
from enrollment.renewals.rules import EXPLAINED, Loss, Outcome

MOST = 12
"""Months after the end of cover among which one is chosen."""


@dataclass(frozen=True)
class Gap:
    """What becomes of everybody approved in a wave if cover goes on from the month `resumes`."""

    resumes: date
    months: tuple[date, ...]
    """Those in which nobody pays, after the wave's cover."""
    prices: list[int]
    """Rupiah of one person in each of them."""
    outcomes: dict[Loss, Outcome]
    unknown: int
    """People who are approved and of whom no month is known."""

    @property
    def whole(self) -> Outcome:
        return rules.together(self.outcomes.values())

    @property
    def never_again(self) -> int:
        return self.outcomes[Loss.FOREVER].restart

    @property
    def groups(self) -> list[tuple[Loss, str, Outcome]]:
        """Each group with what a gap destroys for it."""
        return [(loss, EXPLAINED[loss], self.outcomes[loss]) for loss in Loss]

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
    return [month_after(last_month(programme), count) for count in range(1, MOST + 1)]


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
    months = rules.months_between(last_month(programme), resumes)
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


def keeps_until(programme: PremiumSubsidy) -> date:
    """The last day on which arrears keep the memberships that this wave pays."""
    return last_payable(last_month(programme))

"""The premium of a programme, from the tariff table in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from enrollment.programmes import rules
from enrollment.programmes.models import PremiumSubsidy, Tariff, TariffDiscount


def premium(*, segment: str, components: Collection[str], month: date, wage: int, fund: str) -> int:
    """Rupiah for one person in the month of the day `month`. Raises rules.ProgrammeError."""
    return _price_list(segment, components, wage, fund)(month)


def plan(programme: PremiumSubsidy, people: int) -> rules.YearPlan:
    """What `people` cost in each month of a programme, saved or not: a rules.YearPlan.

    A programme uses the premium of the first month for all months. If the plan shows a different
    one later, the page tells the administrator, because BPJS will bill that.
    """
    price = _price_list(programme.segment, programme.components, programme.wage, programme.fund)
    return rules.year_plan(people, programme.first_month, programme.months, price)


def _price_list(
    segment: str, components: Collection[str], wage: int, fund: str
) -> Callable[[date], int]:
    """A function from a month to rupiah; it reads the tables only once."""
    tariffs = list(Tariff.objects.filter(segment=segment, component__in=components))
    discounts = list(TariffDiscount.objects.filter(segment=segment, component__in=components))

    def price(month: date) -> int:
        return rules.monthly_premium(
            segment, components, tariffs, month, wage, fund=fund, discounts=discounts
        )

    return price

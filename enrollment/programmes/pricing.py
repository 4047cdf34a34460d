"""The premium of a programme, from the tariff table as it stands."""

from enrollment.programmes import rules
from enrollment.programmes.models import Tariff, TariffDiscount


def premium(*, segment, components, month, wage, fund):
    """Rupiah for one person in the month of the day `month`. Raises rules.ProgrammeError."""
    return _price_list(segment, components, wage, fund)(month)


def plan(programme, people):
    """What `people` cost in each month of a programme, saved or not: a rules.YearPlan.

    A programme reckons with the first month's premium throughout; where the plan shows another
    one later, the administrator is told, because BPJS will bill that.
    """
    price = _price_list(programme.segment, programme.components, programme.wage, programme.fund)
    return rules.year_plan(people, programme.first_month, programme.months, price)


def _price_list(segment, components, wage, fund):
    """A function from a month to rupiah, over one reading of the tables."""
    tariffs = list(Tariff.objects.filter(segment=segment, component__in=components))
    discounts = list(TariffDiscount.objects.filter(segment=segment, component__in=components))

    def price(month):
        return rules.monthly_premium(
            segment, components, tariffs, month, wage, fund=fund, discounts=discounts
        )

    return price

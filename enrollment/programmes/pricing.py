"""The prices of a programme, from the tariff table in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enrollment.coverage.rules import months_of
from enrollment.programmes import rules
from enrollment.programmes.models import PremiumSubsidy, Tariff, TariffDiscount
from enrollment.programmes.prices import PriceList

FREE = (
    "Di semua bulan ini iurannya nol karena keringanan, jadi tidak ada yang perlu dibayar. Ubah "
    "bulan atau dananya."
)


def price_list(programme: PremiumSubsidy) -> PriceList:
    """What a person costs in each month of a programme, saved or not, by today's tariffs. Raises
    rules.ProgrammeError, also where nobody costs anything: there is nothing to subsidise."""
    made = _in_months(programme, months_of(programme.first_month, programme.months))
    if not made.cost():
        raise rules.ProgrammeError("tariff.free", FREE)
    return made


def before(programme: PremiumSubsidy, month: date) -> int:
    """Rupiah of a month before the programme, by today's tariffs; as in its first month where they
    say nothing of that month."""
    try:
        return _in_months(programme, [month]).cost()
    except rules.ProgrammeError:
        return programme.price_list.general[0]


def _in_months(programme: PremiumSubsidy, months: Iterable[date]) -> PriceList:
    segment, components = programme.segment, programme.components
    tariffs = list(Tariff.objects.filter(segment=segment, component__in=components))
    discounts = list(TariffDiscount.objects.filter(segment=segment, component__in=components))

    def price(month: date, sector: str) -> int:
        return rules.monthly_premium(
            segment, components, tariffs, month, programme.wage,
            fund=programme.fund_id, sector=sector, discounts=discounts,
        )  # fmt: skip

    sectors = {sector for discount in discounts for sector in discount.sectors}
    return PriceList.made(months, sorted(sectors), price)


def is_outdated(programme: PremiumSubsidy) -> bool:
    """Whether today's tariffs give other prices than those that were fixed."""
    try:
        return price_list(programme) != programme.price_list
    except rules.ProgrammeError:
        return False

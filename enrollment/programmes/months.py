"""The months that are paid for one person of a wave: all of them, or those from a later one on.

Once a decree of the wave has been issued and its months have begun, whoever is approved is paid
from the next month on: nobody is insured afterwards for months that are over. So it is with those
who take the place of somebody who left. The first month is fixed at approval (in the row
of the list; None is the wave's), and everybody's months end with the wave.

The rule is here, and in the SQL function `promised_months`, which looks at programmes that the
caller may not see.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone

from enrollment.coverage.rules import Period, month_after, months_between
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.prices import PriceList
from villages.refusals import Refusal


def of(programme: PremiumSubsidy, first_month: date | None = None) -> Period:
    """The period `(first, after)` of a person whose row has this `first_month`."""
    first, after = programme.period
    return first_month or first, after


def in_order(programme: PremiumSubsidy, first_month: date | None = None) -> tuple[date, ...]:
    """The first days of the months of such a person."""
    return months_between(*of(programme, first_month))


def prices(
    programme: PremiumSubsidy, first_month: date | None = None, whole: PriceList | None = None
) -> PriceList:
    """What these months cost; `whole` has other prices than those of the programme, for all months
    of the wave."""
    return (whole or programme.price_list).last(len(in_order(programme, first_month)))


def prices_today(programme: PremiumSubsidy) -> PriceList:
    """What whoever is approved today costs; nothing where no month is left."""
    return prices(programme, first_payable(programme))


def first_payable(programme: PremiumSubsidy) -> date | None:
    """The first month of whoever is approved today; None is the wave's own. It may lie behind the
    wave: then no month is left (`refuse_none_left`)."""
    return first_payables([programme])[programme.pk]


def first_payables(programmes: Collection[PremiumSubsidy]) -> dict[UUID, date | None]:
    """`first_payable` of each programme, by its id; at most one query. Decrees are reached by a
    related name, since their model is in a later room."""
    today = timezone.localdate()
    begun = [one for one in programmes if one.first_month <= today]
    issued: set[UUID] = set()
    if begun:
        decrees = begun[0].decrees.model.objects.published().filter(programme__in=begun)
        issued = set(decrees.order_by().values_list("programme", flat=True).distinct())
    return {one.pk: month_after(today) if one.pk in issued else None for one in programmes}


def any_left(programme: PremiumSubsidy, first_month: date | None) -> bool:
    """Whether a month of the wave is left for whoever is paid from `first_month` on."""
    first, after = of(programme, first_month)
    return first < after


def refuse_none_left(programme: PremiumSubsidy, first_month: date | None) -> None:
    if not any_left(programme, first_month):
        raise Refusal(
            "Masa program ini tidak menyisakan bulan yang dapat dibayar, jadi tidak ada lagi yang "
            "dapat disetujui. Usulkan mereka di program atau tahap berikutnya."
        )

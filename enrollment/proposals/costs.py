"""What people of a list cost: the prices of their months for the sector of their occupation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from django.db.models import Count

from enrollment.among import Among
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.prices import PriceList
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.workers.models import Worker


def assign(programme: PremiumSubsidy, entries: Sequence[Entry], first_month: date | None) -> None:
    """Set what each row (not saved) costs by, when it is approved today: its sector and its first
    month, which is `months.first_payable`. Refusal if no month is left."""
    months.refuse_none_left(programme, first_month)
    assign_sectors(programme, entries)
    for entry in entries:
        entry.first_month = first_month


def assign_sectors(programme: PremiumSubsidy, entries: Sequence[Entry]) -> None:
    """Set `sector` of each row (not saved) to that of the person's occupation today, if it has
    prices of its own."""
    prices = programme.price_list
    sectors: dict[int, str | None] = {}
    if prices.differs:
        workers = Worker.objects.filter(Among("pk", [entry.worker_id for entry in entries]))
        sectors = dict(workers.order_by().values_list("pk", "occupation__sector"))
    for entry in entries:
        entry.sector_id = prices.key_of(sectors.get(entry.worker_id)) or None


def of_row(programme: PremiumSubsidy) -> Callable[[Entry], int]:
    """What gives the rupiah of a row whose sector and first month have been assigned."""

    @cache
    def prices(first_month: date | None) -> PriceList:
        return months.prices(programme, first_month)

    return lambda entry: prices(entry.first_month).cost(entry.sector_id)


def of_everybody(
    programme: PremiumSubsidy, entries: EntryQuerySet, people: int | None = None
) -> int:
    """Rupiah for the people of these rows if they were approved today, by their occupations today;
    `people` is how many they are, where that is known."""
    return by_occupation(months.prices_today(programme), entries, people)


def of_approved(programme: PremiumSubsidy, entries: EntryQuerySet, prices: PriceList) -> int:
    """Rupiah for approved people, each for their own months, at these prices of the wave."""
    starts = entries.order_by().values_list("first_month").annotate(people=Count("pk"))
    return sum(
        by_occupation(
            months.prices(programme, first, prices), entries.filter(first_month=first), people
        )
        for first, people in starts
    )


def by_occupation(prices: PriceList, entries: EntryQuerySet, people: int | None = None) -> int:
    """Rupiah for the people of these rows at these prices, by their occupations today."""
    if not prices.differs:
        return (entries.count() if people is None else people) * prices.cost()
    by_sector = entries.order_by().values_list("worker__occupation__sector")
    counted = by_sector.annotate(people=Count("pk"))
    return sum(prices.cost(sector) * people for sector, people in counted)

"""What people of a list cost: the programme's prices for the sector of their occupation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count

from enrollment.among import Among
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.prices import PriceList
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.workers.models import Worker


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


def of_rows(programme: PremiumSubsidy, entries: Iterable[Entry]) -> int:
    """Rupiah for these people, whose sectors have been assigned."""
    prices = programme.price_list
    return sum(prices.cost(entry.sector_id) for entry in entries)


def of_everybody(
    programme: PremiumSubsidy, entries: EntryQuerySet, people: int | None = None
) -> int:
    """Rupiah for the people of these rows by their occupations today; `people` is how many they
    are, where that is known."""
    return by_occupation(programme.price_list, entries, people)


def by_occupation(prices: PriceList, entries: EntryQuerySet, people: int | None = None) -> int:
    """As `of_everybody`, at these prices."""
    if not prices.differs:
        return (entries.count() if people is None else people) * prices.cost()
    by_sector = entries.order_by().values_list("worker__occupation__sector")
    counted = by_sector.annotate(people=Count("pk"))
    return sum(prices.cost(sector) * people for sector, people in counted)

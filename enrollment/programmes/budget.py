"""The money of a programme: committed when people are approved, released when that is undone.

Both run inside the transaction that changes the people, after the rows of the people and the
quotas have been locked: always in this order, so that two approvals cannot deadlock.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F

from enrollment import formats
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.whatif import Plan
from villages.refusals import Refusal

PRICE_CHANGED = (
    "Iuran atau jumlah bulan program ini baru saja diubah. Muat ulang halamannya, lalu ulangi."
)


def commit(programme: PremiumSubsidy, people: int, rupiah: int) -> None:
    """Reserve `rupiah` for `people`. Refusal if there is not enough.

    The condition is part of the UPDATE: PostgreSQL checks it again once the row is free, so that
    each of many simultaneous approvals sees what the others before it have taken, and none is
    reserved at a price that has just been changed.
    """
    reserved = PremiumSubsidy.objects.filter(
        pk=programme.pk,
        prices=programme.prices,
        ceiling__gte=F("committed") + rupiah,
    ).update(committed=F("committed") + rupiah)
    if not reserved:
        raise _over_budget(programme, people, rupiah)


def settle(programme: PremiumSubsidy, rupiah: int) -> None:
    """Commit `rupiah` more for people who are approved already, or give back where it is negative.
    Refusal if there is not enough."""
    settled = PremiumSubsidy.objects.filter(
        pk=programme.pk, ceiling__gte=F("committed") + rupiah
    ).update(committed=F("committed") + rupiah)
    if not settled:
        programme.refresh_from_db(fields=["committed", "ceiling"])
        raise lacking(rupiah - programme.ceiling + programme.committed)


def lacking(rupiah: int) -> Refusal:
    """The ceiling is short of so much."""
    return Refusal(f"Pagu kurang {formats.rupiah(rupiah)}. Naikkan pagunya dahulu, lalu ulangi.")


def release(programme: PremiumSubsidy, rupiah: int) -> None:
    """Give back what was committed for people who are no longer approved."""
    PremiumSubsidy.objects.filter(pk=programme.pk).update(committed=F("committed") - rupiah)


def fitting(programme: PremiumSubsidy, people: int = 0) -> Plan:
    """What is left of the ceiling, as a plan for so many people who are approved today: it says how
    many people and months still fit, at the prices of the months that can still be paid."""
    return fitting_from(programme, months.first_payable(programme), people)


def fitting_each(programmes: Collection[PremiumSubsidy]) -> dict[UUID, Plan]:
    """`fitting` of each programme, by its id; at most one query."""
    first = months.first_payables(programmes)
    return {one.pk: fitting_from(one, first[one.pk]) for one in programmes}


def fitting_from(programme: PremiumSubsidy, first_month: date | None, people: int = 0) -> Plan:
    """`fitting` of those who are paid from this month on; None is the first of the wave."""
    return Plan(people, months.prices(programme, first_month).general, programme.left)


def _over_budget(programme: PremiumSubsidy, people: int, rupiah: int) -> Refusal:
    prices = programme.prices
    programme.refresh_from_db(fields=["committed", "ceiling", "prices"])
    if programme.prices != prices:
        return Refusal(PRICE_CHANGED)
    fits = fitting(programme, people)
    chosen = f"{formats.angka(people)} orang"
    fewer = f" atau {chosen} selama {fits.months_that_fit} bulan" * bool(fits.months_that_fit)
    most = formats.angka(fits.people_that_fit)
    return Refusal(
        f"Sisa pagu {formats.rupiah(programme.left)} cukup untuk {most} orang selama "
        f"{fits.months} bulan{fewer}, sedangkan yang dipilih {chosen} "
        f"({formats.rupiah(rupiah)}). Belum ada yang disetujui: kurangi pilihan, atau minta admin "
        "menambah pagu."
    )

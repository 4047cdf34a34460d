"""The money of a programme: committed when people are approved, released when that is undone.

Both run inside the transaction that changes the people, after the rows of the people and the
quotas have been locked: always in this order, so that two approvals cannot deadlock.
"""

import json
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection

from enrollment import formats
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.whatif import Plan
from villages.refusals import Refusal

PRICE_CHANGED = (
    "Iuran atau jumlah bulan program ini baru saja diubah. Muat ulang halamannya, lalu ulangi."
)


_SPEND = """
UPDATE enrollment_premiumsubsidy SET committed = committed + %(rupiah)s
WHERE id = %(programme)s AND ceiling >= committed + %(rupiah)s
    AND (%(prices)s::jsonb IS NULL OR prices = %(prices)s::jsonb)
RETURNING committed
"""


def commit(programme: PremiumSubsidy, people: int, rupiah: int) -> None:
    """Reserve `rupiah` for `people`. Refusal if there is not enough.

    The condition is part of the UPDATE: PostgreSQL checks it again once the row is free, so that
    each of many simultaneous approvals sees what the others before it have taken, and none is
    reserved at a price that has just been changed.
    """
    if not _spend(programme, rupiah, at_prices=programme.prices):
        raise _over_budget(programme, people, rupiah)


def settle(programme: PremiumSubsidy, rupiah: int) -> None:
    """Commit `rupiah` more for people who are approved already, or give back where it is negative.
    Refusal if there is not enough."""
    if not _spend(programme, rupiah):
        programme.refresh_from_db(fields=["committed", "ceiling"])
        raise lacking(rupiah - programme.ceiling + programme.committed)


def release(programme: PremiumSubsidy, rupiah: int) -> None:
    """Give back what was committed for people who are no longer approved."""
    _spend(programme, -rupiah)


def _spend(programme: PremiumSubsidy, rupiah: int, *, at_prices: object = None) -> bool:
    """Whether the ceiling has room for it, at these prices if they are given; `programme` then
    knows what is committed now."""
    prices = None if at_prices is None else json.dumps(at_prices)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"programme": programme.pk, "rupiah": rupiah, "prices": prices})
        spent = cursor.fetchone()
    if spent:
        (programme.committed,) = spent
    return spent is not None


def lacking(rupiah: int) -> Refusal:
    """The ceiling is short of so much."""
    return Refusal(f"Pagu kurang {formats.rupiah(rupiah)}. Naikkan pagunya dahulu, lalu ulangi.")


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

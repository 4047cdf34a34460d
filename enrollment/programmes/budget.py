"""The money of a programme: committed when people are approved, released when that is undone.

Both run inside the transaction that changes the people, after the rows of the people and the
quotas have been locked: always in this order, so that two approvals cannot deadlock.
"""

from django.db.models import F
from lokal.rupiah import format_rupiah

from enrollment.programmes.models import PremiumSubsidy
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
    return Refusal(f"Pagu kurang {format_rupiah(rupiah)}. Naikkan pagunya dahulu, lalu ulangi.")


def release(programme: PremiumSubsidy, rupiah: int) -> None:
    """Give back what was committed for people who are no longer approved."""
    PremiumSubsidy.objects.filter(pk=programme.pk).update(committed=F("committed") - rupiah)


def _over_budget(programme: PremiumSubsidy, people: int, rupiah: int) -> Refusal:
    prices = programme.prices
    programme.refresh_from_db(fields=["committed", "ceiling", "prices"])
    if programme.prices != prices:
        return Refusal(PRICE_CHANGED)
    return Refusal(
        f"Sisa pagu {format_rupiah(programme.left)} cukup untuk {programme.people_left} orang, "
        f"sedangkan yang dipilih {people} orang ({format_rupiah(rupiah)}). Belum ada yang "
        "disetujui: kurangi pilihan, atau minta admin menambah pagu."
    )

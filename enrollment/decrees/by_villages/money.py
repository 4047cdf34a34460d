"""What the decrees of a village cost, against what its own budget has for the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from enrollment.decrees.by_villages.models import VillageBudget
from enrollment.formats import rupiah
from enrollment.programmes.models import PremiumSubsidy
from villages.access import allowed

if TYPE_CHECKING:
    from uuid import UUID

    from villages.models import Office

NO_BUDGET = "Pagu dari anggaran Anda sendiri belum diisi: isi jumlah dan peraturannya."
OVER_MEANWHILE = (
    "Biayanya melebihi pagu anggaran Anda, atau pagunya belum diisi. Periksa pagunya, lalu coba "
    "lagi."
)


class Spending(NamedTuple):
    """Rupiah of a village in a wave: what those cost whom its decrees name, and what it may spend
    (None: it has not said)."""

    cost: int
    ceiling: int | None

    @property
    def left(self) -> int:
        return (self.ceiling or 0) - self.cost

    @property
    def hindrance(self) -> str:
        """Why no decree may be frozen or issued; empty if one may."""
        if self.ceiling is None:
            return NO_BUDGET
        if self.cost > self.ceiling:
            return (
                f"Biayanya {rupiah(self.cost)}, lebih dari pagu {rupiah(self.ceiling)}. Naikkan "
                "pagunya bila peraturannya mengizinkan, atau minta Dinas mengembalikan sebagian "
                "orangnya."
            )
        return ""


def spending(wave: UUID, village: str, draft: UUID | None = None) -> Spending:
    """Of a village (its code) in a wave, with those whom a `draft` names, as the database reckons
    it too (`village_named_cost`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT village_named_cost(%s, %s, %s)", [wave, village, draft])
        (cost,) = cursor.fetchone()
    budget = budget_of(wave, village)
    return Spending(cost, budget.ceiling if budget else None)


def budget_of(wave: UUID, village: str) -> VillageBudget | None:
    """What the village (its code) may spend on the wave."""
    return VillageBudget.objects.filter(programme=wave, area=village).first()


class OwnProgramme(NamedTuple):
    """A programme that villages decide, and the budget that one of them has for it."""

    programme: PremiumSubsidy
    budget: VillageBudget | None


def own_programmes(office: Office) -> list[OwnProgramme]:
    """Of the head of a village: the programmes that villages decide, the newest first, each with
    what the village may spend on it."""
    if not allowed(office, "village_decree.make"):
        return []
    rows = PremiumSubsidy.objects.visible_to(office).filter(by_villages__isnull=False)
    kept = {one.programme_id: one for one in VillageBudget.objects.filter(area=office.area_id)}
    return [OwnProgramme(one, kept.get(one.pk)) for one in rows.order_by("-year", "name", "wave")]

"""Letting villages decide on a programme, and keeping what a village may spend on it."""

from __future__ import annotations

from django.db import transaction

from enrollment.decrees.by_villages.models import DecidedByVillages, VillageBudget
from enrollment.programmes.models import PremiumSubsidy
from villages import access
from villages.models import Area, Office
from villages.refusals import Refusal, translating

EXISTS = (
    "Program ini sudah punya rancangan atau keputusan, jadi yang menetapkan tidak dapat diganti. "
    "Buang dahulu rancangannya."
)
NOT_PAID_BY_VILLAGES = (
    "Program ini tidak dibayar dari anggaran wilayahnya sendiri, jadi ditetapkan kabupaten. Pilih "
    "dahulu sumber dananya."
)
NOT_DECIDED_HERE = "Penerima program ini ditetapkan kabupaten, jadi tidak perlu pagu sendiri."
NO_BUDGET_OF_ITS_OWN = "Kelurahan tidak punya anggaran sendiri, jadi tidak menetapkan penerima."
SPENT = (
    "Keputusan yang sudah dibekukan atau terbit memakai lebih dari jumlah itu. Isi jumlah yang "
    "tidak kurang dari itu."
)
SENTENCES = {
    "who_decides_stays": EXISTS,
    "who_decides_pays": NOT_PAID_BY_VILLAGES,
    "village_budget_holds": SPENT,
}


@transaction.atomic
def let_decide(programme: PremiumSubsidy, *, villages: bool, by: Office) -> None:
    """Let the villages decide on a wave, or the head of the regency. Refusal once a decree of it
    exists, or where it is not paid from villages' budgets."""
    access.permit(by, "programme.make")
    kept = DecidedByVillages.objects.filter(pk=programme.pk)
    with translating(SENTENCES), transaction.atomic():
        if not villages:
            kept.delete()
        elif not kept.exists():
            DecidedByVillages.objects.create(pk=programme.pk, regency_id=programme.regency_id)


@transaction.atomic
def set_budget(
    programme: PremiumSubsidy, *, ceiling: int, document: str, by: Office
) -> VillageBudget:
    """Keep what the village of `by` may spend on a wave, in rupiah, and the regulation that says
    so. Refusal where the regency decides, for a kelurahan, and below what its decrees cost."""
    access.permit(by, "village_decree.make")
    if by.area.kind == Area.Kind.URBAN_VILLAGE:
        raise Refusal(NO_BUDGET_OF_ITS_OWN)
    if not DecidedByVillages.objects.filter(pk=programme.pk).exists():
        raise Refusal(NOT_DECIDED_HERE)
    values = {"ceiling": ceiling, "document": document}
    with translating(SENTENCES), transaction.atomic():
        return VillageBudget.objects.update_or_create(
            programme=programme, area=by.area, defaults=values
        )[0]

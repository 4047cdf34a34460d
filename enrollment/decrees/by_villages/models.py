"""Which programmes are decided by their villages, and what each village may spend on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from enrollment.programmes.models import PremiumSubsidy
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["DecidedByVillages", "VillageBudget"]


class DecidedByVillagesQuerySet(ScopedQuerySet["DecidedByVillages"]):
    area_path = "regency_id"


@audited()
class DecidedByVillages(models.Model):
    """A wave whose recipients are named by decrees of their villages (Keputusan Kepala Desa, Wali
    Nagari), and paid from the villages' own budgets; without this row by the head of the regency.
    The database keeps it as it is once a decree of the wave exists."""

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, related_name="by_villages",
        verbose_name="program",
    )  # fmt: skip
    regency = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="kabupaten"
    )

    objects = DecidedByVillagesQuerySet.as_manager()

    class Meta:
        verbose_name = "ditetapkan desa"
        verbose_name_plural = "ditetapkan desa"

    def __str__(self) -> str:
        return f"{self.programme} ditetapkan desa"


@audited()
class VillageBudget(models.Model):
    """What a village may spend on a wave from its own budget (APBDes, APB Nagari), in rupiah, and
    the regulation that says so. Its decrees never name people for more: a trigger adds up what
    those cost whom they name, and holds this row meanwhile."""

    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.PROTECT, related_name="village_budgets",
        verbose_name="program",
    )  # fmt: skip
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="wilayah"
    )
    ceiling = models.PositiveBigIntegerField("pagu (rupiah)")
    document = models.CharField("peraturannya", max_length=200)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pagu desa"
        verbose_name_plural = "pagu desa"
        ordering = ["programme", "area"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "area"], name="village_budget_once"),
            models.CheckConstraint(condition=~Q(document=""), name="village_budget_has_a_document"),
        ]

    def __str__(self) -> str:
        return f"Pagu {self.area_id}"

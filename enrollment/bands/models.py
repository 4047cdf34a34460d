"""How many approvers a regency asks for, by the money of a wave."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from enrollment.bands.rules import MOST_APPROVERS
from villages import areas
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["ApprovalBand"]


class ApprovalBandQuerySet(ScopedQuerySet["ApprovalBand"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> Self:
        """Those of the regency in which an area lies."""
        return self.filter(regency=areas.at_level(area_code, areas.REGENCY))


@audited()
class ApprovalBand(models.Model):
    """From so many rupiah on, a wave needs so many approvers (jenjang persetujuan). What counts is
    the wave's ceiling. Without a row, and below the lowest, one approver is enough."""

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_from = models.PositiveBigIntegerField("mulai pagu")
    approvers = models.PositiveSmallIntegerField(
        "jumlah penyetuju", validators=[MinValueValidator(1), MaxValueValidator(MOST_APPROVERS)]
    )

    objects = ApprovalBandQuerySet.as_manager()

    class Meta:
        verbose_name = "jenjang persetujuan"
        verbose_name_plural = "jenjang persetujuan"
        ordering = ["amount_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "amount_from"],
                name="approval_band_once",
                violation_error_message="Pagu ini sudah ada di jenjang. Hapus yang lama.",
            ),
            models.CheckConstraint(
                condition=Q(approvers__range=(1, MOST_APPROVERS)), name="approval_band_approvers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_from}: {self.approvers}"

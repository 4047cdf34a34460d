"""How often villages look at their recipients again, and when each of them did."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from enrollment.programmes.models import PremiumSubsidy
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["Reverification", "ReverificationRule"]

LONGEST = 24
"""Months. No regulation names a number; Manggarai Barat looks at its recipients each month."""


class ReverificationRuleQuerySet(ScopedQuerySet["ReverificationRule"]):
    area_path = "regency_id"


@audited()
class ReverificationRule(models.Model):
    """Whoever stays a member goes on in this wave only if their village has looked at its
    recipients within so many months before (aturan verifikasi ulang). Without a row nothing is
    asked."""

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    months = models.PositiveSmallIntegerField(
        "tiap berapa bulan", validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )

    objects = ReverificationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan verifikasi ulang"
        verbose_name_plural = "aturan verifikasi ulang"
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, LONGEST)), name="reverification_rule_months"
            )
        ]

    def __str__(self) -> str:
        return f"Verifikasi ulang {self.programme}"


class ReverificationQuerySet(ScopedQuerySet["Reverification"]):
    pass


class Reverification(models.Model):
    """A village has looked at the recipients of a programme again (verifikasi ulang): its head says
    so on a day, by dated minutes. Rows are added and never changed.

    `on` and `document` are the date and the number or name of the minutes, `people` the recipients
    of that day, `name` who says so.
    """

    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField("tanggal berita acara")
    document = models.CharField("nomor atau nama berita acara", max_length=150)
    people = models.PositiveIntegerField("penerima")
    said_on = models.DateField("dinyatakan")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)

    objects = ReverificationQuerySet.as_manager()

    class Meta:
        verbose_name = "verifikasi ulang"
        verbose_name_plural = "verifikasi ulang"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "area", "on"], name="reverified_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(on__lte=F("said_on")), name="reverification_is_not_ahead"
            ),
            models.CheckConstraint(condition=~Q(document=""), name="reverification_has_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.on}"

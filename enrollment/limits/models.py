"""How much an office may ask of the portal, and how much it has asked today."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from villages import areas
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["Usage", "UsageLimit"]

AT_LEAST_ONE = [MinValueValidator(1)]


class UsageLimitQuerySet(ScopedQuerySet["UsageLimit"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> UsageLimit:
        """The limits of the regency in which an area lies; where nobody has set any, the usual
        ones, which are not stored."""
        found = self.filter(pk=areas.at_level(area_code, areas.REGENCY)).first()
        return found or UsageLimit()


@audited()
class UsageLimit(models.Model):
    """How much the offices of a regency may do, each of them by itself.

    The usual numbers lie far above honest use: the largest villages list some thousand people, the
    largest regency 157,058. Beyond them somebody may be trying out NIKs.
    """

    regency = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, verbose_name="kabupaten"
    )
    jobs = models.PositiveIntegerField(
        "pekerjaan yang belum selesai", default=3, validators=AT_LEAST_ONE,
        help_text="Unggahan dan pekerjaan lain yang boleh berjalan atau mengantre bersamaan.",
    )  # fmt: skip
    village_checks = models.PositiveIntegerField(
        "NIK diperiksa sehari, jabatan setingkat desa", default=20_000, validators=AT_LEAST_ONE
    )
    village_answers = models.PositiveIntegerField(
        "NIK ternyata terdaftar di tempat lain sehari, jabatan setingkat desa",
        default=300, validators=AT_LEAST_ONE, help_text="Sesudahnya daftar menunggu Dinas.",
    )  # fmt: skip
    regency_checks = models.PositiveIntegerField(
        "NIK diperiksa sehari, OPD atau admin", default=500_000, validators=AT_LEAST_ONE
    )
    regency_answers = models.PositiveIntegerField(
        "NIK ternyata terdaftar di tempat lain sehari, OPD atau admin",
        default=20_000, validators=AT_LEAST_ONE,
    )  # fmt: skip

    objects = UsageLimitQuerySet.as_manager()

    class Meta:
        verbose_name = "batas pemakaian"
        verbose_name_plural = "batas pemakaian"
        ordering = ["regency"]

    def __str__(self) -> str:
        return self.regency.name

    def a_day(self, area_code: str) -> tuple[int, int]:
        """(NIKs checked, answers that one is registered elsewhere) of an office of this area."""
        if areas.level(area_code) == areas.VILLAGE:
            return self.village_checks, self.village_answers
        return self.regency_checks, self.regency_answers


class Usage(models.Model):
    """How many NIKs an office had checked on a day, and how often it was told that one of them is
    registered outside of its area."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(default=timezone.localdate)
    checked = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pemakaian"
        verbose_name_plural = "pemakaian"
        ordering = ["-day", "office"]
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="usage_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}"

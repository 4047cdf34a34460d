"""Who is a member of BPJS and who is protected in which month: facts that later rooms write."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q

from enrollment.formats import tanggal
from enrollment.standing import Standing
from enrollment.workers.models import Worker
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["Cover", "CoverSource", "Membership"]

LONGEST_DOCUMENT = 120


@audited(by_month=True)
class Membership(models.Model):
    """A BPJS Ketenagakerjaan membership that was not paid by this portal (kepesertaan)."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="memberships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    kpj = models.CharField("nomor KPJ", max_length=20, blank=True)
    active_from = models.DateField("aktif sejak", null=True)
    active_until = models.DateField("aktif sampai", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kepesertaan"
        verbose_name_plural = "kepesertaan"
        ordering = ["worker", "-active_from", "pk"]
        indexes = [models.Index(fields=["area"], name="membership_area")]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="membership_until_after_from",
            )
        ]

    @property
    def standing(self) -> Standing:
        return Standing("moving", "Peserta BPJS")


class CoverSourceQuerySet(ScopedQuerySet["CoverSource"]):
    area_path = "regency_id"


class CoverSource(models.Model):
    """What pays for cover (penanggung iuran): its name and the document it is based on.

    Rooms that pay are built on this one, so their rows point here (`Decree.cover_source`): foreign
    keys connect a cover with the decree that pays it. Everybody who sees a cover may read its
    source, even where the decree is not visible: in the regency to which the person has moved.
    Rows are added and never changed.
    """

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("dibayar oleh", max_length=150)
    document = models.CharField("dasar", max_length=LONGEST_DOCUMENT)

    objects = CoverSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "penanggung iuran"
        verbose_name_plural = "penanggung iuran"
        ordering = ["regency", "name", "pk"]

    def __str__(self) -> str:
        return self.name


@audited(by_month=True)
class Cover(models.Model):
    """Months in which a fund pays a person's premium: no month is ever paid twice.

    `months` is a range of days, from the first day of the first month to the first day after
    the last one.
    """

    worker = models.ForeignKey(
        Worker, on_delete=models.PROTECT, related_name="covers", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    months = DateRangeField("bulan")
    source = models.ForeignKey(CoverSource, on_delete=models.PROTECT, related_name="covers")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "perlindungan"
        verbose_name_plural = "perlindungan"
        ordering = ["worker", "months", "pk"]
        indexes = [models.Index(fields=["area"], name="cover_area")]
        constraints = [
            ExclusionConstraint(
                name="cover_no_month_twice",
                expressions=[
                    (OpClass("worker", "gist_int8_ops"), RangeOperators.EQUAL),
                    ("months", RangeOperators.OVERLAPS),
                ],
            )
        ]

    @property
    def last_day(self) -> date | None:
        after = self.months.upper
        return after and after - timedelta(days=1)

    def standing_on(self, day: date, ended_on: date | None = None) -> Standing:
        """What the fund does on `day`; `ended_on` is when the person died or moved.

        No cover says that somebody is protected: that needs a registration and a payment.
        """
        first, after = self.months.lower or date.min, self.months.upper or date.max
        if ended_on and ended_on < after:
            return Standing("attention", "Berakhir", f"Orangnya berakhir {tanggal(ended_on)}")
        if day < first:
            return Standing("moving", "Belum mulai")
        if day >= after:
            return Standing("plain", "Selesai")
        return Standing("moving", "Masa iuran berjalan", "Belum ada kabar pembayaran dari BPJS")

"""Until when each move of a programme is due, more time for a village, and times in which nothing
moves."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enrollment.programmes.models import PremiumSubsidy
from enrollment.schedules.rules import Dates, Move, Stop
from enrollment.standing import Standing
from villages import areas
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["Extension", "Freeze", "Schedule"]


def _in_order(earlier: str, later: str) -> Q:
    return (
        Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)})
    )


class ScheduleQuerySet(ScopedQuerySet["Schedule"]):
    area_path = "regency_id"


@audited()
class Schedule(models.Model):
    """The dates of a wave (jadwal); days are included, an empty one is no limit.

    Lists are not handed in outside of theirs. Verifying and approving late is only told.
    """

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    submit_from = models.DateField("pengajuan dibuka", null=True, blank=True)
    submit_until = models.DateField("paling lambat diajukan", null=True, blank=True)
    verify_until = models.DateField("paling lambat diverifikasi", null=True, blank=True)
    approve_until = models.DateField("paling lambat disetujui", null=True, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "jadwal"
        verbose_name_plural = "jadwal"
        constraints = [
            models.CheckConstraint(
                condition=_in_order("submit_from", "submit_until")
                & _in_order("submit_until", "verify_until")
                & _in_order("verify_until", "approve_until")
                & _in_order("submit_until", "approve_until"),
                name="schedule_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"Jadwal {self.programme}"

    @property
    def dates(self) -> Dates:
        return Dates(self.submit_from, self.submit_until, self.verify_until, self.approve_until)


class Extension(models.Model):
    """More time for the list of one village (tambahan waktu). Rows are added and never changed; the
    latest day holds."""

    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateField("sampai")
    reason = models.CharField("alasan", max_length=300)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "tambahan waktu"
        verbose_name_plural = "tambahan waktu"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason")
        ]


class FreezeQuerySet(ScopedQuerySet["Freeze"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> Self:
        """Those of the regency in which an area lies."""
        return self.filter(regency=areas.at_level(area_code, areas.REGENCY))

    def holding(self, day: date) -> Self:
        """Those whose days have this one, without what has been lifted."""
        return self.filter(first__lte=day, last__gte=day, lifted_at=None)


@audited()
class Freeze(models.Model):
    """A time in which one kind of move, or all, rest in a regency (masa beku): an election, an
    audit, the closing of accounts. Both days are included; it is lifted, never deleted, and keeps
    the days that it had been given."""

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    move = models.CharField("yang berhenti", max_length=10, choices=Stop.choices)
    first = models.DateField("mulai")
    last = models.DateField("sampai")
    reason = models.CharField("alasan", max_length=200)
    lifted_at = models.DateTimeField("diakhiri", null=True, blank=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "masa beku"
        verbose_name_plural = "masa beku"
        ordering = ["-last", "-first", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="freeze_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="freeze_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason

    def stops(self, move: Move) -> bool:
        return self.move in (Stop.EVERYTHING, move)

    @property
    def has_begun(self) -> bool:
        return self.first <= timezone.localdate()

    @property
    def may_end(self) -> bool:
        return self.lifted_at is None and timezone.localdate() <= self.last

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if self.lifted_at is not None:
            begun = self.first <= timezone.localdate(self.lifted_at)
            return Standing("plain", "Diakhiri" if begun else "Dibatalkan")
        if today < self.first:
            return Standing("moving", "Akan datang")
        return (
            Standing("attention", "Berlaku") if today <= self.last else Standing("plain", "Lewat")
        )

"""Who signs decrees of a regency, and from when until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enrollment.decrees.signatories.rules import Capacity, outside_term, signed_as
from enrollment.standing import Standing
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["Signatory"]


class SignatoryQuerySet(ScopedQuerySet["Signatory"]):
    area_path = "regency_id"

    def holding(self, day: date) -> Self:
        """Those whose term has this day."""
        until = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(until, valid_from__lte=day)


@audited()
class Signatory(models.Model):
    """Who signs decrees of a regency (penandatangan), in which capacity, from when until when."""

    Capacity = Capacity

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(
        "jabatan", max_length=12, choices=Capacity.choices, default=Capacity.HEAD
    )
    name = models.CharField("nama dan gelar", max_length=150)
    rank = models.CharField("pangkat", max_length=100, blank=True)
    nip = models.CharField("NIP", max_length=30, blank=True)
    valid_from = models.DateField("menjabat sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = "penandatangan"
        verbose_name_plural = "penandatangan"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="signatory_term_in_order",
                violation_error_message="Masa jabatan berakhir sebelum mulai. Periksa tanggalnya.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="signatory_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_capacity_display()})"

    def lines(self, head_title: str, regency: str) -> list[str]:
        """The lines above the signature, of a regency whose head is called `head_title`."""
        return signed_as(self.capacity, head_title, regency)

    def outside_term(self, day: date) -> str:
        """Why a decree of this day cannot be signed by them; empty if it can."""
        return outside_term(self.name, self.valid_from, self.valid_until, day)

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if today < self.valid_from:
            return Standing("plain", "Belum menjabat")
        if self.valid_until and self.valid_until < today:
            return Standing("plain", "Sudah berakhir")
        return Standing("good", "Menjabat")

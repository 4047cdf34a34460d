"""Who signs decrees of a regency, and from when until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enrollment.decrees.signatories.rules import Capacity, outside_term, signed_as
from enrollment.standing import Standing
from villages import areas
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["Signatory"]


class SignatoryQuerySet(ScopedQuerySet["Signatory"]):
    area_path = "regency_id"

    def visible_to(self, office: Office) -> Self:
        """A village sees those of its own decrees, the regency those of its own."""
        return self.of(office.area_id)

    def of(self, owner: str) -> Self:
        """Those who sign for a regency, or for a village (their codes)."""
        if areas.level(owner) == areas.VILLAGE:
            return self.filter(village=owner)
        return self.filter(regency=owner, village=None)

    def holding(self, day: date) -> Self:
        """Those whose term has this day."""
        until = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(until, valid_from__lte=day)


@audited()
class Signatory(models.Model):
    """Who signs decrees of a regency or of a `village` (penandatangan), in which capacity, from
    when until when."""

    Capacity = Capacity

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name="wilayah", help_text="of a signatory of a village's own decrees",
    )  # fmt: skip
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
            models.CheckConstraint(
                condition=Q(village=None) | ~Q(capacity="on_behalf"),
                name="signatory_of_a_village_is_its_head",
                violation_error_message="Keputusan ini ditandatangani kepalanya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        if self.village_id and self.capacity == Capacity.HEAD:
            return self.name
        return f"{self.name} ({self.capacity_words})"

    @property
    def capacity_words(self) -> str:
        """In which capacity; of a village's head, whose title differs, without one."""
        if self.village_id and self.capacity == Capacity.HEAD:
            return "Kepala"
        return self.get_capacity_display()

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

"""How a regency arranges the annexes of its decrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from enrollment.decrees.arrangement.rules import (
    MOST_ANNEXES,
    MOST_COLUMNS,
    Grouping,
    KeptArrangement,
    Sums,
)
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = ["AnnexArrangement"]


class AnnexArrangementQuerySet(ScopedQuerySet["AnnexArrangement"]):
    area_path = "regency_id"

    def kept(self, regency_id: str) -> KeptArrangement | None:
        """What a list that is frozen now stores; None where the portal's own holds."""
        found = self.filter(regency=regency_id).first()
        return found.kept if found else None


@audited()
class AnnexArrangement(models.Model):
    """A regency's own arrangement of its annexes (susunan lampiran). A list that is frozen stores
    it, so that a later change touches none that went out."""

    regency = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    columns = ArrayField(models.CharField(max_length=20), verbose_name="kolom")
    titles: JSON[dict[str, str]] = models.JSONField("judul kolom", default=dict, blank=True)
    grouping = models.CharField(
        "pengelompokan", max_length=10, choices=Grouping.choices, default=Grouping.DISTRICT
    )
    sums = models.CharField("jumlah", max_length=10, choices=Sums.choices, default=Sums.EACH)
    headline = models.CharField("judul daftar", max_length=200, blank=True)
    opening = models.CharField("kalimat pembuka", max_length=600, blank=True)
    numeral = models.PositiveSmallIntegerField("lampiran ke-", default=0)
    second_title = models.CharField("jabatan penandatangan kedua", max_length=150, blank=True)
    second_name = models.CharField("namanya", max_length=150, blank=True)
    second_nip = models.CharField("NIP-nya", max_length=30, blank=True)

    objects = AnnexArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = "susunan lampiran"
        verbose_name_plural = "susunan lampiran"
        constraints = [
            models.CheckConstraint(
                condition=Q(columns__contains=["name"]) & Q(columns__len__lte=MOST_COLUMNS),
                name="arrangement_names_people",
            ),
            models.CheckConstraint(
                condition=Q(numeral__lte=MOST_ANNEXES), name="arrangement_numeral_is_small"
            ),
            models.CheckConstraint(
                condition=~Q(second_title="") | Q(second_name="", second_nip=""),
                name="arrangement_second_has_a_title",
            ),
        ]

    def __str__(self) -> str:
        return f"Susunan lampiran {self.regency_id}"

    @property
    def kept(self) -> KeptArrangement:
        return {
            "columns": list(self.columns),
            "titles": dict(self.titles),
            "grouping": str(self.grouping),
            "sums": str(self.sums),
            "headline": self.headline,
            "opening": self.opening,
            "numeral": self.numeral,
            "second_title": self.second_title,
            "second_name": self.second_name,
            "second_nip": self.second_nip,
        }

"""Reasons that a Dinas gives again and again."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from enrollment.proposals.verbs import VERBS, Verb
from villages import areas
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["UsualReason"]

MOST_OFFERED = 9
"""As many as there are digits to press."""


class UsualReasonQuerySet(ScopedQuerySet["UsualReason"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> Self:
        """Those that are offered in an area: its regency's own first, then the platform's."""
        regency = areas.at_level(area_code, areas.REGENCY)
        rows = self.filter(Q(regency=None) | Q(regency=regency))
        return rows.order_by("verb_name", F("regency").asc(nulls_last=True), "position", "pk")


@audited()
class UsualReason(models.Model):
    """A reason that is often given (alasan yang sering dipakai) for a verb that needs one: a
    regency's own, or without a regency the platform's, which all are offered."""

    regency = models.ForeignKey(
        Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verb_name = models.CharField("untuk", max_length=10)
    text = models.CharField("alasan", max_length=200)
    position = models.PositiveSmallIntegerField("urutan", default=100)

    objects = UsualReasonQuerySet.as_manager()

    class Meta:
        verbose_name = "alasan yang sering dipakai"
        verbose_name_plural = "alasan yang sering dipakai"
        ordering = ["verb_name", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "verb_name", "text"],
                nulls_distinct=False,
                name="usual_reason_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="usual_reason_says_something"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def verb(self) -> Verb | None:
        """None for a verb that is no longer in the table."""
        return VERBS.get(self.verb_name)

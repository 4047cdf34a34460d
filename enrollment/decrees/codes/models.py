"""The codes that were ever given."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from villages.models import Area, ScopedQuerySet

__all__ = ["DecreeCode"]


class DecreeCodeQuerySet(ScopedQuerySet["DecreeCode"]):
    area_path = "regency_id"


class DecreeCode(models.Model):
    """A code that was given to a list, for ever: a row is never deleted, so no code is given twice,
    not even one of a draft that was thrown away. The list itself says in its sealed header which
    code it bears: one that was opened and frozen again has a new one, and the old one confirms
    nothing any more.
    """

    code = models.CharField("kode", max_length=10, primary_key=True)
    decree = models.ForeignKey(
        "enrollment.Decree", null=True, on_delete=models.SET_NULL, related_name="codes"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField(default=timezone.now)

    objects = DecreeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "kode keputusan"
        verbose_name_plural = "kode keputusan"
        ordering = ["-given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[ACDEFGHJKMNPQRTVWXY34679]{10}$"),
                name="decree_code_is_readable",
            )
        ]

    def __str__(self) -> str:
        return self.code

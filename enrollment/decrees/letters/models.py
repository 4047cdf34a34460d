"""The Word template from which a regency's letters of decrees are made."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from enrollment.workbooks.private import PrivateFileField
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["LetterTemplate"]


class LetterTemplateQuerySet(ScopedQuerySet["LetterTemplate"]):
    area_path = "regency_id"

    def in_use(self, regency_id: str) -> LetterTemplate | None:
        """What a regency has chosen last, None if that is the portal's own template."""
        newest = self.filter(regency=regency_id).first()
        return newest if newest and newest.file else None


class LetterTemplate(models.Model):
    """A regency's own Word template of the letter (templat surat keputusan). Rows are added and
    never changed; the newest is in use, and one without a file means the portal's own template."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    file = PrivateFileField(upload_to="templates", blank=True)
    filename = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "templat surat keputusan"
        verbose_name_plural = "templat surat keputusan"
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["regency", "-at"], name="letter_template_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                name="letter_template_has_its_hash",
            )
        ]

    def __str__(self) -> str:
        return self.filename or "Templat bawaan"

"""Annexes as PDF: each is written once from the frozen rows, and then kept as it is."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from enrollment.decrees.annexes.choices import Paper, Signing
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.workbooks.private import PrivateFileField
from villages.access import allowed
from villages.models import Office

__all__ = ["AnnexPdf"]

Version = DecreeAnnex.Version
VERBS = {Version.FULL: "annex.full", Version.MASKED: "annex.masked"}
"""Version → the verb of `villages.permissions` that allows opening it."""
MAKES = VERBS[Version.FULL]
"""The verb that allows having one made, in either version."""


class AnnexPdfQuerySet(JobQuerySet["AnnexPdf"]):
    def visible_to(self, office: Office) -> Self:
        """Those of decrees that the office sees, in the versions that it may open."""
        versions = [version for version, verb in VERBS.items() if allowed(office, verb)]
        return self.filter(decree__in=Decree.objects.visible_to(office), version__in=versions)


class AnnexPdf(Job):
    """The annex of an issued decree as PDF, in one version on one paper for one way of signing.

    The file is stored, so that every download has the same bytes.
    """

    TASK = "enrollment.decrees.annexes.tasks.write"
    may_go_on = True
    """It prints what has been decided."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="pdfs")
    version = models.CharField("isi", max_length=10, choices=Version.choices)
    paper = models.CharField("kertas", max_length=12, choices=Paper.choices)
    signing = models.CharField("tanda tangan", max_length=12, choices=Signing.choices)
    file = PrivateFileField(upload_to="annexes", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file")

    objects: ClassVar = AnnexPdfQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "lampiran PDF"
        verbose_name_plural = "lampiran PDF"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decree", "version", "paper", "signing"], name="annex_pdf_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | (~models.Q(file="") & ~models.Q(sha256="")),
                name="annex_pdf_done_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_version_display()}, {self.get_paper_display()}"

"""Annexes as PDF: each is written once from the frozen rows, and then kept as it is."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.text import slugify

from enrollment.decrees.annexes.choices import IN_A_FILE, Paper, Signing
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.workbooks.private import PrivateFileField
from villages.access import allowed
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["AnnexLook", "AnnexPdf"]

Version = DecreeAnnex.Version
VERBS = {Version.FULL: "annex.full", Version.MASKED: "annex.masked"}
"""Version → the verb of `villages.permissions` that allows opening it."""
MAKES = VERBS[Version.FULL]
"""The verb that allows having one made, in either version."""


class AnnexPdfQuerySet(JobQuerySet["AnnexPdf"]):
    def visible_to(self, office: Office) -> Self:
        """Those of decrees that the office sees, in the versions that it may open."""
        versions = [version for version, verb in VERBS.items() if allowed(office, verb)]
        opened = models.Q(version__in=versions)
        if allowed(office, "village_decree.make"):
            opened |= models.Q(decree__village=office.area_id)
        return self.filter(opened, decree__in=Decree.objects.visible_to(office))

    def of(self, decree: Decree) -> Self:
        """Those of the list as it is now; after issuing, with number and date."""
        return self.filter(decree=decree, seal=decree.sha256, issued=decree.is_published)


class AnnexLookQuerySet(ScopedQuerySet["AnnexLook"]):
    area_path = "regency_id"


@audited()
class AnnexLook(models.Model):
    """The paper and the way of signing that a regency chose last for what it sends to be signed."""

    regency = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    paper = models.CharField(
        "kertas", max_length=12, choices=Paper.choices, default=Paper.F4_ACROSS
    )
    signing = models.CharField(
        "cara menandatangani", max_length=12, choices=Signing.choices, default=Signing.INK
    )

    objects = AnnexLookQuerySet.as_manager()

    class Meta:
        verbose_name = "bentuk lampiran PDF"
        verbose_name_plural = "bentuk lampiran PDF"

    def __str__(self) -> str:
        return f"{self.get_paper_display()}, {self.get_signing_display()}"


class AnnexPdf(Job):
    """The annex of a frozen list or an issued decree as PDF, in one version on one paper for one
    way of signing.

    The file is stored, so that every download has the same bytes. It belongs to the list with the
    seal `seal`, before the decree was `issued` (number and date may be lacking) or after. The
    database takes none of an older state: neither asked for nor finished.
    """

    TASK = "enrollment.decrees.annexes.tasks.write"
    may_go_on = True
    """It prints what has been decided."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="pdfs")
    version = models.CharField("isi", max_length=10, choices=Version.choices)
    paper = models.CharField("kertas", max_length=12, choices=Paper.choices)
    signing = models.CharField("tanda tangan", max_length=12, choices=Signing.choices)
    seal = models.CharField(max_length=64, help_text="of the frozen list that it is made from")
    issued = models.BooleanField(help_text="made after issuing, so with number and date")
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
                fields=["decree", "seal", "issued", "version", "paper", "signing"],
                name="annex_pdf_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | (~models.Q(file="") & ~models.Q(sha256="")),
                name="annex_pdf_done_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_version_display()}, {self.get_paper_display()}"

    @property
    def filename(self) -> str:
        """`lampiran-lengkap-f4-mendatar-tte-bsre.pdf`, with the decree's number if it has one."""
        number = self.decree.number.replace("/", "-")
        look = f"{self.get_paper_display()} {IN_A_FILE[Signing(self.signing)]}"
        return f"{slugify(f'{self.get_version_display()} {look} {number}')}.pdf"

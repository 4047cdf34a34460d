"""The village's papers (naskah pengajuan): a frozen copy of what is handed in, its signed scans,
and what a programme asks of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.papers.rules import Asked, Meeting, Nik, in_groups, short
from enrollment.workbooks.private import PrivateFileField
from enrollment.workbooks.scans import Kind
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from enrollment.proposals.papers.rules import About
    from villages.annotations import JSON

Row = TypeVar("Row", bound=models.Model, covariant=True)

__all__ = ["Paper", "PaperHandover", "PaperRow", "PaperRule", "PaperScan"]


class PaperRuleQuerySet(ScopedQuerySet["PaperRule"]):
    area_path = "regency_id"


@audited()
class PaperRule(models.Model):
    """What a programme asks of the papers of a village's list; without a row it asks for none."""

    Asked, Nik = Asked, Nik

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked = models.CharField(
        "naskah bertanda tangan", max_length=10, choices=Asked.choices, default=Asked.NO
    )
    niks = models.CharField("NIK di daftar", max_length=10, choices=Nik.choices, default=Nik.MASKED)
    returned_too = models.BooleanField(
        "juga untuk yang dikembalikan",
        default=False,
        help_text="people who were returned and mended need papers of their own",
    )

    objects = PaperRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan naskah"
        verbose_name_plural = "aturan naskah"

    def __str__(self) -> str:
        return f"Naskah {self.programme}"

    @property
    def is_asked(self) -> bool:
        return self.asked != Asked.NO

    @property
    def is_required(self) -> bool:
        return self.asked == Asked.REQUIRED


class OfVillages(ScopedQuerySet[Row]):
    """Papers are a village's: an agency sees none."""

    def visible_to(self, office: Office) -> Self:
        return self.none() if office.agency_id else super().visible_to(office)


class PaperQuerySet(OfVillages["Paper"]):
    def with_handover(self) -> Self:
        """Adds `handed_in_at`, of the latest time, `scan_version`, of the newest scan, and
        `changed_at`: when a scan last came after the first time that people were handed in."""
        first = PaperHandover.objects.filter(paper=OuterRef("paper")).order_by("at")
        late = PaperScan.objects.filter(
            paper=OuterRef("pk"), at__gt=Subquery(first.values("at")[:1])
        ).order_by("-at")
        handed = PaperHandover.objects.filter(paper=OuterRef("pk")).order_by("-at")
        scans = PaperScan.objects.filter(paper=OuterRef("pk")).order_by("-version")
        return self.annotate(
            handed_in_at=Subquery(handed.values("at")[:1]),
            scan_version=Subquery(scans.values("version")[:1]),
            changed_at=Subquery(late.values("at")[:1]),
        )


class Paper(models.Model):
    """The papers of exactly those people who were ready to be handed in when they were made.

    `number` counts the papers of a list. `sha256` seals the rows, and from then on the database
    refuses any change of the paper and of its rows. `about` has the words as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="papers", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField("nomor")
    niks = models.CharField("NIK di daftar", max_length=10, choices=Nik.choices)
    about: JSON[About] = models.JSONField()
    meeting_on = models.DateField("tanggal musyawarah", null=True)
    meeting_at = models.TimeField("jam musyawarah", null=True)
    meeting_place = models.CharField("tempat musyawarah", max_length=150, blank=True)
    attendance = models.TextField("yang hadir", blank=True)
    people = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField("jumlah (rupiah)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah pengajuan"
        verbose_name_plural = "naskah pengajuan"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="paper_number_once"),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(people__gt=0), name="paper_sealed_has_people"
            ),
        ]

    def __str__(self) -> str:
        return f"Naskah Nomor {self.number}"

    def is_of(self, office: Office) -> bool:
        """Whether it is this office's declaration: whoever made it signs it."""
        return self.office_id == office.pk

    @property
    def meeting(self) -> Meeting:
        return Meeting(
            on=self.meeting_on, at=self.meeting_at, place=self.meeting_place,
            attendance=self.attendance,
        )  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether its list writes NIKs in full."""
        return self.niks == Nik.WHOLE

    @property
    def short_seal(self) -> str:
        return short(self.sha256)

    @property
    def seal_in_groups(self) -> str:
        return in_groups(self.sha256)


class PaperRowQuerySet(OfVillages["PaperRow"]):
    pass


class PaperRow(models.Model):
    """A person as the papers name them: a copy that later changes do not affect.

    `entry` has no constraint: who is taken off a draft later stays in the papers that named them.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="rows", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(
        Entry, on_delete=models.DO_NOTHING, related_name="paper_rows", db_constraint=False
    )
    position = models.PositiveIntegerField("nomor urut")
    public_id = models.UUIDField(help_text="of the entry")
    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=150)
    birth_date = models.DateField(null=True)
    address = models.CharField(max_length=255, blank=True)
    hamlet = models.CharField(max_length=100, blank=True)
    rt = models.CharField(max_length=10, blank=True)
    rw = models.CharField(max_length=10, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    months = models.PositiveSmallIntegerField()
    cost = models.PositiveBigIntegerField(help_text="rupiah for all months")
    statement = models.CharField(
        max_length=600, blank=True, help_text="that the person still works, said by whom and when"
    )

    objects = PaperRowQuerySet.as_manager()

    class Meta:
        verbose_name = "orang dalam naskah"
        verbose_name_plural = "orang dalam naskah"
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="paper_row_position")
        ]

    def __str__(self) -> str:
        return self.name


class PaperScanQuerySet(OfVillages["PaperScan"]):
    def newest(self) -> Self:
        """The files of the newest version of each paper."""
        same = PaperScan.objects.filter(paper=OuterRef("paper")).order_by("-version")
        return self.annotate(latest=Subquery(same.values("version")[:1])).filter(
            version=F("latest")
        )


class PaperScan(models.Model):
    """A file of the signed papers: a PDF, or a photo of a page. A newer `version` replaces an older
    one, which stays. The file is only ever given as a download."""

    Kind = Kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="scans", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    file = PrivateFileField(upload_to="scans")
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, help_text="of the file")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = PaperScanQuerySet.as_manager()

    class Meta:
        verbose_name = "pindaian naskah"
        verbose_name_plural = "pindaian naskah"
        ordering = ["paper", "-version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "version", "position"], name="paper_scan_position"
            )
        ]

    def __str__(self) -> str:
        return self.filename


class PaperHandoverQuerySet(OfVillages["PaperHandover"]):
    pass


class PaperHandover(models.Model):
    """People were handed in with these papers, and with which version of the scan, if any. Rows are
    added and never changed."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="handovers")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    scan_version = models.PositiveSmallIntegerField(null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = PaperHandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "pengajuan dengan naskah"
        verbose_name_plural = "pengajuan dengan naskah"
        ordering = ["-at", "-pk"]

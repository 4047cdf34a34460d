"""What goes out to be signed and comes back: the files as they were."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from enrollment.decrees.models import Decree, DecreeJobQuerySet
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing.rules import (
    NEED_REASON,
    FileKind,
    Proof,
    Signature,
    proved,
    told_of,
)
from enrollment.jobs.models import Job
from enrollment.workbooks.private import PrivateFileField
from villages.models import Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from enrollment.decrees.signing.rules import Found
    from villages.annotations import JSON

__all__ = ["DecreeFile", "DecreeReceiving"]


class DecreeFileQuerySet(ScopedQuerySet["DecreeFile"]):
    area_path = "regency_id"

    def visible_to(self, office: Office) -> Self:
        """Whoever sees the decree; before it is issued, who may see drafts."""
        return self.filter(decree__in=Decree.objects.visible_to(office))


class DecreeFile(models.Model):
    """A file that went out to be signed, or came back signed: its bytes as they were, kept for ever
    and never made anew. `seal` says which frozen list it belongs to: a list that was opened and
    frozen again has another one. The newest signed file counts, older ones stay.

    Of a signed file: `proof` says what could be proved of it, `found` the details for the page.
    """

    Kind, Proof = FileKind, Proof

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decree = models.ForeignKey(
        Decree, on_delete=models.PROTECT, related_name="files", db_index=False
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    seal = models.CharField(max_length=64, help_text="of the frozen list that it was made from")
    people = models.PositiveIntegerField(help_text="of the list, whom the file names")
    file = PrivateFileField(upload_to="decrees")
    filename = models.CharField(max_length=255)
    ending = models.CharField(max_length=10, help_text="pdf, xlsx, jpg …, told by the content")
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, help_text="of the file")
    proof = models.CharField(max_length=12, choices=Proof.choices, blank=True)
    found: JSON[Found] = models.JSONField(default=dict)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = DecreeFileQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas keputusan"
        verbose_name_plural = "berkas keputusan"
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["decree", "-at"], name="decree_file_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="signed") | Q(proof=""), name="decree_file_proof_of_signed"
            ),
            models.UniqueConstraint(
                fields=["decree", "kind", "seal", "sha256"], name="decree_file_once"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_signed(self) -> bool:
        return self.kind == FileKind.SIGNED

    @property
    def proved(self) -> str:
        """What could be proved of a signed file, in words."""
        return proved(self.proof, self.found)

    @property
    def needs_reason(self) -> bool:
        """Whether the decree is issued with it only when somebody writes why."""
        return self.proof in NEED_REASON

    @property
    def mark(self) -> str:
        if self.needs_reason:
            return "triangle-alert"
        return "shield-check" if self.proof in (Proof.EXACT, Proof.SAME) else "info"

    @property
    def signatures(self) -> list[Signed]:
        """Who signed it electronically, in the order of the file."""
        return [Signed.of(one) for one in self.found.get("signatures", ())]


class DecreeReceiving(Job):
    """A large signed file that has come back and is examined before it is kept, with what was typed
    of it. Meanwhile nothing of the decree is held. Its file is that of the `DecreeFile` afterwards;
    if it is refused or stopped the file is nobody's, and is removed with other strays."""

    TASK = "enrollment.decrees.signing.tasks.receive"

    decree = models.ForeignKey(Decree, on_delete=models.CASCADE, related_name="receivings")
    file = PrivateFileField(upload_to="decrees", blank=True)
    filename = models.CharField(max_length=255)
    number = models.CharField("nomor", max_length=100)
    date = models.DateField("tanggal")
    signatory = models.ForeignKey(
        Signatory, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects: ClassVar = DecreeJobQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "pemeriksaan berkas"
        verbose_name_plural = "pemeriksaan berkas"
        constraints = [
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(state__in=Job.BUSY),
                name="decree_received_once_at_a_time",
            )
        ]

    def save(self, **options: Any) -> None:
        """One that is refused or stopped lets its file go, which is removed with other strays."""
        if self.refused:
            self.file.name = ""
        super().save(**options)


class Signed(NamedTuple):
    """An electronic signature as the page shows it."""

    who: str
    when: datetime | None
    told: str
    mark: str

    @classmethod
    def of(cls, read: Signature) -> Self:
        when = datetime.fromisoformat(read["when"]) if read["when"] else None
        mark = "shield-check" if read["intact"] and read["known"] else "info"
        if not read["intact"]:
            mark = "triangle-alert"
        return cls(read["who"] or "Tanpa nama", when, told_of(read), mark)

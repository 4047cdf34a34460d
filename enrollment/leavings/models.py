"""Leaving a programme: a request that the Dinas decides, and each step of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.leavings.rules import OPEN, Reason, Stage
from enrollment.proposals.models import Entry
from enrollment.standing import Standing
from enrollment.workbooks.private import PrivateFileField
from villages import areas
from villages.audit import audited
from villages.models import Area, Office, Role, ScopedQuerySet, User
from villages.permissions import VILLAGE

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["Leaving", "LeavingStep"]

STANDINGS = {
    Stage.PREPARED: Standing("attention", Stage.PREPARED.label, "Belum dikirim ke Dinas"),
    Stage.FILED: Standing("moving", Stage.FILED.label, "Penyetuju memutuskan"),
    Stage.APPROVED: Standing("good", Stage.APPROVED.label, "Tempat dan dananya bebas"),
    Stage.REFUSED: Standing("refused", Stage.REFUSED.label),
    Stage.TAKEN_BACK: Standing("plain", Stage.TAKEN_BACK.label),
}
LEAVERS_LEVELS = (areas.VILLAGE, areas.REGENCY)


class LeavingQuerySet(ScopedQuerySet["Leaving"]):
    def visible_to(self, office: Office) -> Self:
        """Only for the person's village and the regency: neither for what lies between or above
        them nor for agencies. The row policies say the same."""
        if office.agency_id or office.area.level not in LEAVERS_LEVELS:
            return self.none()
        return super().visible_to(office)

    def unfinished(self) -> Self:
        return self.filter(state__in=OPEN)

    def of_side(self, office: Office) -> Self:
        """Made by the side of this office: by the village, or by the Dinas."""
        if office.role in VILLAGE:
            return self.filter(role__in=sorted(VILLAGE))
        return self.exclude(role__in=sorted(VILLAGE))

    def current(self) -> Self:
        """Those that are open or approved: of an entry at most one."""
        return self.filter(state__in=[*OPEN, Stage.APPROVED])

    def of_decree(self, decree: UUID) -> Self:
        """Of people whom this decree names."""
        return self.filter(entry__decree_rows__decree=decree)


@audited()
class Leaving(models.Model):
    """Somebody who is approved leaves their programme (keluar): they died, moved, or BPJS refused
    them. A village or the Dinas files it, and another person of the Dinas decides.

    Once it is approved the months after `last_month` are free, `freed` in rupiah, and the row of
    the list is in state LEFT; the database lets a row get there in no other way, and keeps what was
    approved. `decree_row` is the person as the decree names them, which stays as it is.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="leavings", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField("alasan", max_length=10, choices=Reason.choices)
    on = models.DateField("tanggal")
    words = models.TextField("keterangan", blank=True, max_length=1000)
    document = PrivateFileField("dokumen", upload_to="leavings", blank=True)
    document_name = models.CharField(max_length=200, blank=True)
    document_kind = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PREPARED)
    role = models.CharField(max_length=20, choices=Role.choices, help_text="of who prepared it")
    prepared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    filed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decree_row = models.ForeignKey(
        DecreeEntry, null=True, on_delete=models.PROTECT, related_name="leavings", db_index=False
    )
    last_month = models.DateField("bulan terakhir", null=True)
    freed = models.PositiveBigIntegerField(default=0, help_text="rupiah")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        verbose_name = "keluar dari program"
        verbose_name_plural = "keluar dari program"
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["area", "state", "-changed_at"], name="leaving_listed"),
            models.Index(fields=["entry"], name="leaving_entry"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=sorted({*OPEN, Stage.APPROVED})),
                name="leaving_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("filed_by")) & ~Q(decided_by=F("prepared_by"))),
                name="leaving_decider_is_not_maker",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Stage.APPROVED, Stage.REFUSED])
                | Q(filed_by__isnull=False, decided_by__isnull=False),
                name="leaving_decided_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(document="", document_name="", document_kind="")
                | ~(Q(document="") | Q(document_name="") | Q(document_kind="")),
                name="leaving_document_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def standing(self) -> Standing:
        return STANDINGS[Stage(self.state)]

    @property
    def is_prepared(self) -> bool:
        return self.state == Stage.PREPARED

    @property
    def is_filed(self) -> bool:
        return self.state == Stage.FILED

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_approved(self) -> bool:
        return self.state == Stage.APPROVED

    @property
    def died(self) -> bool:
        return self.reason == Reason.DIED

    @property
    def decree(self) -> Decree | None:
        return self.decree_row.decree if self.decree_row else None


class LeavingStep(models.Model):
    """A step of a leaving: who, when, to what and why. Rows are added and never changed; `name` and
    `role` are copied, as in `proposals.Step`."""

    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="steps")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_state = models.CharField(max_length=10, choices=Stage.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=20, choices=Role.choices)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah keluar"
        verbose_name_plural = "langkah keluar"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_state__in=[Stage.REFUSED, Stage.TAKEN_BACK]) | ~Q(reason=""),
                name="leaving_refused_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.to_state

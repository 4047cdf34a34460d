"""A person entered by two villages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, TypedDict

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils import timezone

from enrollment.standing import Standing
from enrollment.workers.models import Worker
from villages.audit import audited
from villages.models import Agency, Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = ["DuplicateCase"]


class Person(TypedDict):
    """What a move writes of a person, and what undoing it writes back (`carrying`)."""

    kk: str
    address: str
    hamlet: str
    rt: str
    rw: str
    findings: list[str]
    agency: int | None
    ended_on: str | None
    ended_reason: str
    ended_document: str


class DuplicateCaseQuerySet(ScopedQuerySet["DuplicateCase"]):
    area_path = "regency_id"

    def open(self) -> Self:
        return self.filter(decision="")

    def untold(self) -> Self:
        """Decisions that ended an approval, and of which no approver has said that they know."""
        return self.filter(approvals_ended__gt=0, approver_told_at=None)


@audited()
class DuplicateCase(models.Model):
    """A person entered in one village while registered in another: the Dinas decides once.

    `claimed_by` is the village that entered the person again; `regency` is where the person is
    registered: its Dinas sees both entries side by side and decides.
    """

    class Decision(models.TextChoices):
        STAY = "stay", "Tetap di tempat terdaftar"
        MOVE = "move", "Pindah ke pengusul"
        OTHER = "other", "Bukan orang yang sama"

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    claimed_by = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    claimed_agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_values: JSON[dict[str, str | int | None]] = models.JSONField(
        help_text="what the other village typed, a field a key"
    )
    brought_by = models.UUIDField(
        null=True, editable=False,
        help_text="the import that claims them, while nobody claims them by hand",
    )  # fmt: skip
    created_at = models.DateTimeField(default=timezone.now)
    was_in = models.ForeignKey(
        Area, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="where the person was registered when it was decided",
    )  # fmt: skip
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    before: JSON[Person | dict[str, object]] = models.JSONField(
        default=dict, db_default={}, help_text="a move: the person as registered until then"
    )
    after: JSON[Person | dict[str, object]] = models.JSONField(
        default=dict, db_default={}, help_text="a move: the person from then on"
    )
    lists: JSON[dict[str, Any]] = models.JSONField(
        default=dict,
        db_default={},
        help_text="a move: ended entry → its state and waiting number until then",
    )
    kept_by = models.TextField(
        blank=True,
        db_default="",
        help_text="a move: decrees that name the person and cannot be changed",
    )
    approvals_ended = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="a move: approvals that somebody else than who decided had given",
    )
    approver_told_at = models.DateTimeField(null=True)
    claimant_told_at = models.DateTimeField(null=True)

    struck = 0
    """A decision just taken: rows of drafts that the person has left."""
    unchanged: Sequence[str] = ()
    """A decision just taken: labels of fields that stay as they were registered."""

    objects = DuplicateCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "data ganda"
        verbose_name_plural = "data ganda"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "claimed_by"],
                condition=Q(decision=""),
                name="duplicate_case_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} diajukan {self.claimed_by_id}"

    @property
    def standing(self) -> Standing:
        return Standing("good", self.get_decision_display())

    @property
    def has_moved(self) -> bool:
        return self.decision == self.Decision.MOVE

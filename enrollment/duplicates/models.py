"""A person entered by two villages."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

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


class DuplicateCaseQuerySet(ScopedQuerySet["DuplicateCase"]):
    area_path = "regency_id"

    def open(self) -> Self:
        return self.filter(decision="")


@audited()
class DuplicateCase(models.Model):
    """A person entered in one village while registered in another: the Dinas decides once.

    `claimed_by` is the village that entered the person again; `regency` is where the person is
    registered: its Dinas sees both entries side by side and decides.
    """

    class Decision(models.TextChoices):
        STAY = "stay", "Tetap di tempat terdaftar"
        MOVE = "move", "Pindah ke pengusul"

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

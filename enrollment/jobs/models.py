"""A long job is a row with a cursor. The row holds the state; the queue only carries its id."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

from enrollment.jobs.rules import time_left
from villages.models import Area, Office, ScopedQuerySet

AnyJob = TypeVar("AnyJob", bound="Job", covariant=True)


class JobQuerySet(ScopedQuerySet[AnyJob]):
    def unfinished(self) -> Self:
        """Jobs that a worker should be busy with."""
        return self.filter(state__in=Job.BUSY)

    def held(self) -> Self:
        """Jobs that wait until somebody lets them go on."""
        return self.filter(state=Job.State.HELD)

    def idle_since(self, moment: datetime) -> Self:
        """Unfinished jobs on which nothing has moved since `moment`."""
        return self.unfinished().filter(touched_at__lt=moment)


class Job(models.Model):
    """The fields of every long job; results and `cursor` are written in one transaction.

    `TASK` of each subclass is the dotted name of the task that goes on with the job, given its id.
    """

    TASK: str
    OFFICE_ENDED = (
        "Jabatan yang memulai pekerjaan ini sudah berakhir, jadi pekerjaan ini berhenti. Yang "
        "sudah diproses tetap. Mulai lagi dari jabatan yang sekarang untuk yang tersisa."
    )
    WAITS_WITHOUT_OFFICE = False
    """Whether it is held, and not refused, when whoever began it has left the office."""

    class State(models.TextChoices):
        QUEUED = "queued", "Menunggu giliran"
        RUNNING = "running", "Sedang diproses"
        WAITING = "waiting", "Menunggu keputusan Anda"
        HELD = "held", "Menunggu Dinas"
        DONE = "done", "Selesai"
        REFUSED = "refused", "Tidak dapat diproses"

    BUSY = [State.QUEUED, State.RUNNING]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    cursor = models.PositiveIntegerField(default=0, help_text="rows done")
    total = models.PositiveIntegerField(null=True, help_text="rows in all, once known")
    message = models.TextField(blank=True, help_text="why it was refused, for the user")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(
        null=True, help_text="when a worker first went on with the present phase"
    )
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="since something last moved")

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "pk"]

    @property
    def may_go_on(self) -> bool:
        """Whether what it does is done in somebody's name today: whoever began it still holds the
        office. A job that decides nothing may always go on."""
        return Office.objects.held_on(timezone.localdate()).filter(pk=self.office_id).exists()

    @property
    def busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def held(self) -> bool:
        """Whether it waits, where it stands, until somebody lets it go on."""
        return self.state == self.State.HELD

    @property
    def refused(self) -> bool:
        return self.state == self.State.REFUSED

    @property
    def percent(self) -> int | None:
        """Whole percent done, None while the number of rows is unknown."""
        return self.cursor * 100 // self.total if self.total else None

    @property
    def time_left(self) -> str:
        """ "sekitar 3 menit lagi", or "" while it cannot be estimated."""
        if not self.started_at:
            return ""
        return time_left(self.cursor, self.total, self.touched_at - self.started_at)

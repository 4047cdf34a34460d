"""The recheck: a job that checks registered people again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from enrollment.jobs.models import Job
from enrollment.standing import Standing
from villages.audit import audited

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = ["Recheck"]


@audited(exclude=["cursor", "started_at", "touched_at", "attempts", "last_id", "counts", "changed"])
class Recheck(Job):
    """A new check of registered people, after a rule or the regions have changed."""

    TASK = "enrollment.workers.rechecks.tasks.recheck"

    more: bool
    """While the job runs: whether there may be more people. Not stored."""

    last_id = models.PositiveBigIntegerField(default=0, help_text="the last person looked at")
    counts: JSON[dict[str, int]] = models.JSONField(default=dict, help_text="finding code → people")
    changed = models.PositiveIntegerField(default=0, help_text="people whose findings changed")

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "pemeriksaan ulang"
        verbose_name_plural = "pemeriksaan ulang"

    @property
    def standing(self) -> Standing:
        tone = "good" if self.done else "refused" if self.refused else "moving"
        return Standing(tone, self.get_state_display())

"""Discarding a list that was not taken: its rows go in batches, then its file; the job stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job

BATCH = 5000


def batches(job: Import) -> Iterator[int]:
    """Yield how many rows to delete next, as long as there are any."""
    job.more = True
    while job.more:
        yield BATCH


def discard(job: Import, size: int) -> None:
    """Delete the next rows: the work of one turn."""
    rows = job.rows.order_by("position").values("pk")[:size]
    deleted = job.rows.filter(pk__in=rows)._raw_delete("default")
    job.cursor += deleted
    job.more = deleted == size


def finish(job: Import) -> None:
    transaction.on_commit(lambda: job.file.delete(save=False))
    job.phase, job.tables, job.message = Import.Phase.DISCARDED, [], ""
    jobs.end(job, Job.State.DONE)

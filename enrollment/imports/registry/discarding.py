"""Deleting what a list has staged: its rows in batches, then its file; the job stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job

BATCH = 5000


def batches(job: Import) -> Iterator[None]:
    """Yield as long as there may be rows to delete; none can be seen between the turns."""
    job.more = True
    while job.more:
        yield


def discard(job: Import, _batch: None) -> None:
    """Delete the next rows of a list that was not taken: the work of one turn."""
    deleted = delete_rows(job)
    job.cursor += deleted
    job.more = deleted == BATCH


def finish(job: Import) -> None:
    delete_file(job)
    job.phase, job.message = Import.Phase.DISCARDED, ""
    job.tables, job.row_texts = [], []
    jobs.end(job, Job.State.DONE)


def delete_rows(job: Import) -> int:
    """Delete up to `BATCH` rows. Returns how many; 0 if none are left."""
    rows = job.rows.order_by("position").values("pk")[:BATCH]
    return job.rows.filter(pk__in=rows)._raw_delete("default")


def delete_file(job: Import) -> None:
    """Delete the file once the transaction is committed; the caller saves the job."""
    storage, name = job.file.storage, str(job.file)
    job.file = ""
    # A file that cannot be deleted now is found later, as one that belongs to no list.
    transaction.on_commit(lambda: storage.delete(name), robust=True)

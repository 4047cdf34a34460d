"""Writing the annex files of an issued decree: a job, because a large list takes a while.

The rows are frozen, so they can be read in turns: each turn records the progress and shows the
sweeper that the job is alive. Half a workbook is of no use, so a worker that takes over starts
again with the first row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from io import BufferedRandom
from tempfile import TemporaryFile
from uuid import UUID

from django.core.files import File

from enrollment.decrees import sections
from enrollment.decrees.annex import write_annex
from enrollment.decrees.header import annex_header
from enrollment.decrees.models import DecreeAnnex, DecreeEntry
from enrollment.decrees.rules import AnnexRow
from enrollment.jobs import actions as jobs

ROWS_A_TURN = 2000


def advance(pk: UUID | str) -> None:
    """Go on with one annex file until it is finished (the Celery task)."""
    jobs.advance(
        DecreeAnnex,
        pk,
        batches=_files,
        work=_keep,
        finish=lambda job: jobs.end(job, DecreeAnnex.State.DONE),
    )


def _files(job: DecreeAnnex) -> Iterator[BufferedRandom]:
    if job.file:
        return
    with jobs.turn(job):
        header = annex_header(job.decree)
        job.cursor = 0
    with TemporaryFile() as file:
        write_annex(file, header, _rows(job), masked=job.version == DecreeAnnex.Version.MASKED)
        yield file


def _rows(job: DecreeAnnex) -> Iterator[DecreeEntry | AnnexRow]:
    if job.decree.is_amendment:
        yield from sections.amendment_rows(job.decree, partial(jobs.turn, job))
        return
    while job.cursor < (job.total or 0):
        with jobs.turn(job):
            rows = list(
                DecreeEntry.objects.filter(decree=job.decree_id, position__gt=job.cursor).order_by(
                    "position"
                )[:ROWS_A_TURN]
            )
            job.cursor = rows[-1].position
        yield from rows


def _keep(job: DecreeAnnex, file: BufferedRandom) -> None:
    file.seek(0)
    job.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    job.file.save("annex.xlsx", File(file), save=False)

"""The verbs of an import: receive a workbook, go on with it, take it, throw it away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from enrollment.imports.columns import matching
from enrollment.imports.models import Import, ImportRow
from enrollment.imports.reading import staging
from enrollment.imports.registry import taking, undoing
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from villages import access, areas
from villages.models import Office
from villages.refusals import Refusal

_Step = tuple[
    Callable[[Import], Iterable[Any]], Callable[[Import, Any], None], Callable[[Import], None]
]
_STEPS: dict[str, _Step] = {
    Import.Phase.READ: (staging.batches, staging.stage, staging.finish),
    Import.Phase.CHECK: (lambda job: (), lambda job, batch: None, staging.check),
    Import.Phase.TAKE: (taking.batches, taking.take, taking.finish),
    Import.Phase.TAKE_MENDED: (taking.batches, taking.take_mended, taking.finish),
    Import.Phase.UNDO: (undoing.batches, undoing.undo, undoing.finish),
}
"""What `jobs.advance` is told of each phase: its batches, the work on one, how it ends."""
NOT_WAITING = "Daftar ini tidak sedang menunggu keputusan Anda. Muat ulang halamannya."
NOT_TAKEN = "Impor ini tidak sedang tersimpan, atau sudah dibatalkan. Muat ulang halamannya."
NOBODY = (
    "Tidak ada orang yang dapat disimpan dari daftar ini. Perbaiki berkasnya, lalu unggah lagi."
)
NOTHING_MENDED = "Belum ada baris yang diperbaiki sesudah daftar ini disimpan."


def receive(
    *,
    by: Office,
    file: IO[bytes] | File[bytes],
    filename: str,
    area: str | None = None,
    check_only: bool = False,
    asks: bool = True,
) -> Import:
    """Keep an uploaded workbook, privately and under a random name, as a job.

    `area` is the code of the village or wider area that the list is for, the office's own when
    not given; `filename` is what the user calls the file; `asks` says whether somebody can be asked
    what a doubtful column means. Ring for the job when it is to begin.
    """
    area = area or by.area_id
    if not areas.lies_in(area, by.area_id):
        raise Refusal("Wilayah itu di luar wilayah kerja Anda.")
    job = Import(
        office=by, area_id=area, agency_id=by.agency_id, check_only=check_only,
        asks=asks, filename=PurePath(filename).name[:255],
    )  # fmt: skip
    job.file.save("", file if isinstance(file, File) else File(file), save=False)
    job.save()
    return job


def advance(pk: UUID | str) -> None:
    """Go on with an import, in whichever phase it is."""
    jobs.advance(
        Import,
        pk,
        batches=lambda job: _STEPS[job.phase][0](job),
        work=lambda job, batch: _STEPS[job.phase][1](job, batch),
        finish=lambda job: _STEPS[job.phase][2](job),
    )


def match_columns(*, by: Office, job: Import, answers: matching.Answers) -> None:
    """Go on with the columns as the user matched them, and remember it for this office.

    `answers`: signature → column index → field, an empty one leaving that table out. The rows that
    are staged stay where nothing changed; else the workbook is read again.
    """
    job = Import.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not job.columns_open:
        raise Refusal(NOT_WAITING)
    matches = matching.checked(job.tables, answers)
    changed = matching.news(job.tables, matches)
    decided = matching.decided(job.tables, matches)
    if not decided:
        return
    matching.remember(by, decided)
    job.corrections |= decided
    job.asks, job.state, job.finished_at = False, Job.State.QUEUED, None
    job.phase = Import.Phase.READ if changed else Import.Phase.CHECK
    if changed:
        job.rows.all().delete()
        job.cursor = 0
    else:
        job.tables = matching.settled(job.tables, decided)
    _begin(job)


def take(*, by: Office, job: Import, update: bool = False) -> None:
    """Have the good rows taken into the registry.

    `update`: people who are registered already get what this list says; otherwise they stay.
    """
    access.permit(by, "import.make")
    job = _waiting(job)
    if job.phase != Import.Phase.PREVIEW:
        raise Refusal(NOT_WAITING)
    if not job.worth_taking:
        raise Refusal(NOBODY)
    job.update_existing = update
    job.phase, job.state, job.cursor = Import.Phase.TAKE, Job.State.QUEUED, 0
    _begin(job)


def take_mended(*, by: Office, job: Import) -> None:
    """Have those taken who were mended after the rest of their list was taken."""
    access.permit(by, "import.make")
    job = Import.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.phase != Import.Phase.TAKEN or job.state != Job.State.DONE:
        raise Refusal(NOT_WAITING)
    if not job.rows.filter(outcome=ImportRow.Outcome.WAITING).exists():
        raise Refusal(NOTHING_MENDED)
    job.phase, job.state, job.cursor = Import.Phase.TAKE_MENDED, Job.State.QUEUED, 0
    _begin(job)


def undo(*, by: Office, job: Import) -> None:
    """Take a taken import back (see `undoing`): until somebody of it is handed in on a list."""
    access.permit(by, "import.undo")
    job = Import.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.phase != Import.Phase.TAKEN or job.state != Job.State.DONE:
        raise Refusal(NOT_TAKEN)
    undoing.begin(job)
    _begin(job)


def discard(*, by: Office, job: Import) -> None:
    """Throw away a list that was not taken: its rows and its file go, the note of it stays."""
    access.permit(by, "import.make")
    job = _waiting(job)
    job.rows.all().delete()
    transaction.on_commit(lambda: job.file.delete(save=False))
    job.phase, job.tables = Import.Phase.DISCARDED, []
    jobs.end(job, Job.State.DONE)
    job.save()


def _waiting(job: Import) -> Import:
    held = Import.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if held.state != Job.State.WAITING:
        raise Refusal(NOT_WAITING)
    return held


def _begin(job: Import) -> None:
    job.attempts, job.started_at = 0, None
    job.save()
    jobs.enqueue(job)

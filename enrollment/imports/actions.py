"""The actions of an import: receive a workbook, correct how it is read, release it, take (save) it,
take corrected rows, undo, discard; and `advance`, which runs its jobs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import IO
from uuid import UUID

from django.core.files import File

from enrollment.imports.columns import accounts, matching, villages
from enrollment.imports.models import Import, ImportRow
from enrollment.imports.reading import staging
from enrollment.imports.registry import discarding, taking, undoing
from enrollment.jobs import actions as jobs
from enrollment.jobs import sharing
from enrollment.jobs.actions import Phase
from enrollment.jobs.models import Job
from villages import access, areas
from villages.models import Office
from villages.refusals import Refusal

_PHASES: Mapping[str, Phase] = {
    Import.Phase.READ: Phase(staging.batches, staging.stage, staging.finish),
    Import.Phase.CHECK: Phase(lambda job: (), lambda job, batch: None, staging.check),
    Import.Phase.TAKE: Phase(taking.batches, taking.take, taking.finish),
    Import.Phase.TAKE_CORRECTED: Phase(taking.batches, taking.take_corrected, taking.finish),
    Import.Phase.UNDO: Phase(undoing.batches, undoing.undo, undoing.finish),
    Import.Phase.DISCARD: Phase(discarding.batches, discarding.discard, discarding.finish),
}
NOT_WAITING = "Daftar ini tidak sedang menunggu keputusan Anda. Muat ulang halamannya."
NOT_TAKEN = "Impor ini tidak sedang tersimpan, atau sudah dibatalkan. Muat ulang halamannya."
NOBODY = (
    "Tidak ada orang yang dapat disimpan dari daftar ini. Perbaiki berkasnya, lalu unggah lagi."
)
NOT_HELD = "Daftar ini tidak sedang menunggu Dinas. Muat ulang halamannya."
OWN_LIST = "Daftar ini Anda unggah sendiri. Minta orang lain di Dinas memeriksanya."
NOTHING_CORRECTED = "Belum ada baris yang diperbaiki sesudah daftar ini disimpan."


def receive(
    *,
    by: Office,
    file: IO[bytes] | File[bytes],
    filename: str,
    area: str | None = None,
    check_only: bool = False,
    asks: bool = True,
) -> Import:
    """Store an uploaded workbook, privately and under a random name, as a job.

    `area` is the code of the village or wider area that the list is for, by default the office's
    own; `filename` is the user's name for the file; `asks` tells whether a user can be asked what
    a doubtful column means. The caller must enqueue the job. Raises `Refusal` where the office has
    too many unfinished jobs: the file can be sent again later.
    """
    area = area or by.area_id
    if not areas.lies_in(area, by.area_id):
        raise Refusal("Wilayah itu di luar wilayah kerja Anda.")
    sharing.admit(by)
    job = Import(
        office=by, area_id=area, agency_id=by.agency_id, check_only=check_only,
        asks=asks, filename=PurePath(filename).name[:255],
    )  # fmt: skip
    job.file.save("", file if isinstance(file, File) else File(file), save=False)
    job.save()
    return job


def advance(pk: UUID | str) -> None:
    """Continue an import, in whichever phase it is."""
    jobs.advance_in_phases(Import, pk, _PHASES)


def correct_reading(
    *,
    by: Office,
    job: Import,
    answers: matching.Answers,
    meant: Mapping[str, str] | None = None,
    people: Mapping[str, Collection[int]] | None = None,
) -> None:
    """Continue with the list as the user says it is to be read, and remember that for this office.

    `answers`: signature → column index → field; an empty answer leaves the table out. `meant`: a
    name as written (`columns.villages`) → the village; "" takes an answer back. `people`: sheet →
    rows that are people, whatever they look like; None leaves them as they are. If people are to be
    read differently, the workbook is read again; else the staged rows are kept.
    """
    job = _locked(job)
    if not job.columns_open:
        raise Refusal(NOT_WAITING)
    matches = matching.checked(job.tables, answers)
    changed = matching.changed(job.tables, matches)
    decisions = matching.decisions(job.tables, matches)
    villages.checked(job.area_id, meant or {})
    named = villages.changed(job.villages, meant or {})
    rows = job.said_people
    if people is not None:
        rows = accounts.checked(job, people)
    again = bool(changed or named or rows != job.said_people)
    if not (decisions or again):
        return
    matching.remember(by, decisions)
    villages.remember(by, named)
    job.corrections |= decisions
    job.villages, job.said_people = villages.with_answers(job.villages, named), rows
    job.asks, job.state, job.finished_at = False, Job.State.QUEUED, None
    job.phase = Import.Phase.READ if again else Import.Phase.CHECK
    if again:
        job.rows.all().delete()
        job.cursor = 0
    else:
        job.tables = matching.without_doubt(job.tables, decisions)
    _begin(job)


def take(*, by: Office, job: Import, update: bool = False) -> None:
    """Queue taking the good rows into the registry.

    `update`: people who are registered already get the values of this list; else they do not
    change.
    """
    access.permit(by, "import.make")
    job = _waiting(job)
    if job.phase != Import.Phase.PREVIEW:
        raise Refusal(NOT_WAITING)
    if not job.worth_taking:
        raise Refusal(NOBODY)
    sharing.admit(by)
    job.update_existing = update
    job.phase, job.state, job.cursor = Import.Phase.TAKE, Job.State.QUEUED, 0
    _begin(job)


def take_corrected(*, by: Office, job: Import) -> None:
    """Queue taking the rows that were corrected after the rest of their list was taken."""
    access.permit(by, "import.make")
    job = _locked(job)
    if job.phase != Import.Phase.TAKEN or job.state != Job.State.DONE:
        raise Refusal(NOT_WAITING)
    if not job.rows.filter(outcome=ImportRow.Outcome.WAITING).exists():
        raise Refusal(NOTHING_CORRECTED)
    job.phase, job.state, job.cursor = Import.Phase.TAKE_CORRECTED, Job.State.QUEUED, 0
    _begin(job)


def undo(*, by: Office, job: Import) -> None:
    """Queue undoing an import (see `undoing`). Refused once one of its people is on a submitted
    list."""
    access.permit(by, "import.undo")
    job = _locked(job)
    if job.phase != Import.Phase.TAKEN or job.state != Job.State.DONE:
        raise Refusal(NOT_TAKEN)
    undoing.begin(job)
    _begin(job)


def discard(*, by: Office, job: Import) -> None:
    """Discard a list that was not taken: its rows and its file are deleted by the queue, the job
    stays."""
    access.permit(by, "import.make")
    give_up(job)


def give_up(job: Import) -> None:
    """Discard a list that nobody wanted, whatever its office may do by now."""
    job = _locked(job)
    if not job.may_be_discarded:
        raise Refusal(NOT_WAITING)
    job.phase, job.state, job.cursor = Import.Phase.DISCARD, Job.State.QUEUED, 0
    _begin(job)


def release(*, by: Office, job: Import) -> None:
    """Let a list that waits for the Dinas go on where it stands, whatever the limits of the day."""
    access.permit(by, "import.release")
    job = _locked(job)
    if not job.held:
        raise Refusal(NOT_HELD)
    if Office.objects.filter(pk=job.office_id, user=by.user_id).exists():
        raise Refusal(OWN_LIST)
    job.released_by, job.state, job.message = by, Job.State.QUEUED, ""
    _begin(job)


def expire(job: Import) -> None:
    """The list is so old that its rows have been removed: its file goes too, the job stays.

    One that nobody has let go on ends with what was saved of it."""
    if job.held:
        jobs.end(job, Job.State.DONE)
    discarding.delete_file(job)
    job.phase, job.tables, job.row_texts = Import.Phase.EXPIRED, [], []
    job.save()


def _waiting(job: Import) -> Import:
    locked = _locked(job)
    if locked.state != Job.State.WAITING:
        raise Refusal(NOT_WAITING)
    return locked


def _locked(job: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).get(pk=job.pk)


def _begin(job: Import) -> None:
    job.attempts, job.started_at = 0, None
    job.save()
    jobs.enqueue(job)

"""Issuing a decree: a job, because the list of a whole regency takes a while.

The draft is frozen before the job begins (`actions.issue`). People are then protected batch by
batch, and each is compared with the register once more; finally the list is sealed. If the job
is refused before that, the decree becomes a draft again and all its protection is removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils import timezone

from enrollment.among import Among
from enrollment.coverage.models import Cover
from enrollment.decrees import selection
from enrollment.decrees.actions import STALE
from enrollment.decrees.models import Decree, DecreeAnnex, DecreeEntry, DecreeIssue
from enrollment.decrees.rules import snapshot_sha256
from enrollment.formats import angka
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.proposals.models import Entry
from villages import scope
from villages.refusals import Refusal, translating

if TYPE_CHECKING:
    from villages.annotations import SqlValues

ROWS_A_TURN = 2000
"""People protected in one turn. Not fewer, because each turn reads the whole programme."""
SENTENCES = {
    "cover_no_month_twice": "Ada orang yang baru saja dilindungi keputusan lain pada bulan yang "
    "sama. Segarkan daftarnya."
}
UNFIT = (
    "tidak memenuhi syarat lagi. Segarkan daftarnya: mereka ditinggalkan dengan alasannya, yang "
    "lain tetap ikut."
)

_PROTECT = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT w.id, w.area_id, daterange(coalesce(e.first_month, %(first)s), %(after)s), %(source)s
FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
WHERE e.id = ANY(%(entries)s)
"""


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(
        DecreeIssue, pk, batches=_batches, work=_protect, finish=_seal, abandon=_draft_again
    )


def _batches(job: DecreeIssue) -> Iterator[int]:
    """How many people to protect in each turn; after the last one it computes the seal."""
    while job.cursor < (job.total or 0):
        yield ROWS_A_TURN
    with jobs.turn(job):
        header = job.decree.header
    job.seal = snapshot_sha256(_all_rows(job), header)


@planning.reading_whole_tables()
def _protect(job: DecreeIssue, size: int) -> None:
    decree = job.decree
    entries = [row.entry_id for row in _rows_after(job, job.cursor, size)]
    selection.hold_people(entries)
    if selection.stale(decree, entries):
        raise Refusal(STALE)
    if unfit := selection.unfit(decree.programme, Entry.objects.filter(Among("pk", entries))):
        raise Refusal(f"{angka(len(unfit))} orang {UNFIT}")
    values: SqlValues = {
        **selection.bounds_of(decree.programme),
        "source": decree.cover_source_id,
        "entries": entries,
    }
    with translating(SENTENCES), connection.cursor() as cursor:
        cursor.execute(_PROTECT, values)
    job.cursor += len(entries)


def _seal(job: DecreeIssue) -> None:
    decree = _held(job)
    decree.sha256 = job.seal
    decree.state = Decree.State.ISSUED
    decree.issued_by, decree.issued_at = job.office, timezone.now()
    decree.save()
    for version in DecreeAnnex.Version:
        jobs.enqueue(
            DecreeAnnex.objects.create(
                decree=decree,
                version=version,
                office=job.office,
                area_id=decree.regency_id,
                total=decree.people,
            )
        )
    planning.refresh(decree.people, Cover)
    jobs.end(job, DecreeIssue.State.DONE)


def _draft_again(job: DecreeIssue) -> None:
    decree = _held(job)
    with scope.whole_country("decree_not_issued"):  # somebody may have moved away meanwhile
        Cover.objects.filter(source=decree.cover_source_id).delete()
    decree.state, decree.cover_source = Decree.State.DRAFT, None
    decree.save()


def _held(job: DecreeIssue) -> Decree:
    return Decree.objects.select_for_update(of=("self",)).get(pk=job.decree_id)


def _rows_after(job: DecreeIssue, position: int, size: int) -> list[DecreeEntry]:
    rows = DecreeEntry.objects.filter(decree=job.decree_id, position__gt=position)
    return list(rows.order_by("position")[:size])


def _all_rows(job: DecreeIssue) -> Iterator[DecreeEntry]:
    """The rows in order, read in turns: each turn shows the sweeper that the job is alive."""
    position = 0
    while position < (job.total or 0):
        with jobs.turn(job):
            rows = _rows_after(job, position, ROWS_A_TURN)
        position = rows[-1].position
        yield from rows

"""The job that makes a file for BPJS: lines for a few thousand people a turn, with its cursor."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.matching import batches
from enrollment.registrations import selection
from enrollment.registrations.models import Registering
from villages.refusals import translating

PEOPLE_A_TURN = 2000
SENT_ALREADY = "Ada orang yang baru saja dikirim dengan berkas lain. Buat berkasnya lagi."


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(Registering, pk, batches=_batches, work=_add, finish=_seal, abandon=_withdraw)


def _batches(job: Registering) -> Iterator[int]:
    return jobs.turns_of(job, PEOPLE_A_TURN, "last")


@planning.reading_whole_tables()
def _add(job: Registering, size: int) -> None:
    waiting = selection.waiting(job.decree, job.kind).filter(pk__gt=job.last)
    rows = list(waiting.select_related("entry").order_by("pk")[:size])
    if not rows:
        return
    with translating({"line_sent_once": SENT_ALREADY}):
        batches.add(job.batch, selection.people(job.decree, rows, job.kind))
    job.batch.save(update_fields=["people", "incomplete"])
    job.last = rows[-1].pk
    job.cursor += len(rows)


def _seal(job: Registering) -> None:
    batches.seal(job.batch)
    job.batch.save(update_fields=["sha256"])
    jobs.end(job, Registering.State.DONE)


def _withdraw(job: Registering) -> None:
    batches.withdraw(job.batch)

"""Freezing a list so that it can be signed: a job, because everybody is examined once more.

From the press of the button on neither words nor people can change (`actions.freeze`). At the end
the list is sealed and its annex ordered. Nobody is paid for: that begins when the decree is issued.
If somebody may no longer be named, or it is stopped, the decree becomes a draft again.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from enrollment.decrees import issuing
from enrollment.decrees.models import Decree, DecreeAnnex, DecreeFreezing
from enrollment.decrees.moving import move
from enrollment.decrees.states import State
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning

ROWS_A_TURN = 2000


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(
        DecreeFreezing, pk, batches=_batches, work=_examine, finish=_seal, abandon=_draft_again
    )


def _batches(job: DecreeFreezing) -> Iterator[int]:
    while job.cursor < (job.total or 0):
        yield ROWS_A_TURN
    job.seal = issuing.seal(job)


@planning.reading_whole_tables()
def _examine(job: DecreeFreezing, size: int) -> None:
    job.cursor += len(issuing.examined(job, size))


def _seal(job: DecreeFreezing) -> None:
    decree = _held(job)
    decree.sha256 = job.seal
    move(decree, State.READY, by=job.office)
    issuing.order_annex(decree, DecreeAnnex.Version.FULL, by=job.office)
    jobs.end(job, DecreeFreezing.State.DONE)


def _draft_again(job: DecreeFreezing) -> None:
    move(_held(job), State.DRAFT, by=job.office)


def _held(job: DecreeFreezing) -> Decree:
    return Decree.objects.select_for_update(of=("self",)).get(pk=job.decree_id)

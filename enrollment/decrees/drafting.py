"""Copying a long list into a draft: a job that examines everybody in turns, and then copies all of
them at once. Until then the draft keeps the people it had."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from enrollment.decrees import actions, selection
from enrollment.decrees.models import DecreeDrafting
from enrollment.jobs import actions as jobs

PEOPLE_A_TURN = 2000


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(DecreeDrafting, pk, batches=_batches, work=_examine, finish=_copy)


def _batches(job: DecreeDrafting) -> Iterator[int]:
    return jobs.turns_of(job, PEOPLE_A_TURN)


def _examine(job: DecreeDrafting, size: int) -> None:
    decree = job.decree
    entries = list(selection.open_to(decree).filter(pk__gt=job.last).order_by("pk")[:size])
    if entries:
        found = selection.unfit_of(decree.programme, entries)
        job.left_out |= {str(pk): codes for pk, codes in found.items()}
        job.last = entries[-1].pk
        job.cursor += len(entries)


def _copy(job: DecreeDrafting) -> None:
    actions.copy_drafted(job)
    jobs.end(job, DecreeDrafting.State.DONE)

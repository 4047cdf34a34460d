"""The job that examines a large signed file and then keeps it, as its page would at once.

While the file is examined no row is held: neither the decree's nor the job's own. Only then the
decree is taken, and refused if what went out has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from enrollment.decrees.signing import actions
from enrollment.decrees.signing.actions import Examination
from enrollment.decrees.signing.models import DecreeReceiving
from enrollment.jobs import actions as jobs


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` (the Celery task). Its file is kept in the turn that ends it: a
    worker that is killed before has kept nothing, and the file is examined once more."""
    examined: list[Examination] = []
    jobs.advance(
        DecreeReceiving, pk, batches=_examine,
        work=lambda _, examination: examined.append(examination),
        finish=lambda job: _keep(job, examined[0]),
    )  # fmt: skip


def _examine(job: DecreeReceiving) -> Iterator[Examination]:
    with jobs.turn(job):
        decree = job.decree
        ours = actions.that_went_out(decree)
    with job.file.open("rb") as file:
        yield actions.examine_against(ours, decree.sha256, file, called=job.filename)


def _keep(job: DecreeReceiving, examination: Examination) -> None:
    with job.file.open("rb") as file:
        actions.receive(
            job.decree, file, number=job.number, day=job.date, signatory=job.signatory,
            by=job.office, examination=examination, called=job.filename,
        )  # fmt: skip
    jobs.end(job, DecreeReceiving.State.DONE)

"""The job that lets the people of a revoked decree leave, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from enrollment.among import Among
from enrollment.coverage.rules import month_after
from enrollment.decrees import amending
from enrollment.decrees.models import Decree, DecreeEntry, DecreeRevocation
from enrollment.decrees.moving import move
from enrollment.decrees.revoking.actions import used_until
from enrollment.decrees.states import State
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.programmes import budget, quotas
from enrollment.proposals import steps
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import DEPART
from enrollment.workers.models import Worker
from villages import scope
from villages.refusals import translating

if TYPE_CHECKING:
    from villages.annotations import SqlValues

PEOPLE_A_TURN = 1000
OUT = "Keputusan dicabut"
_PAID = """
SELECT worker_id FROM enrollment_cover
WHERE worker_id = ANY(%(people)s) AND source_id = ANY(%(sources)s)
"""
_FREE = """
DELETE FROM enrollment_cover
WHERE worker_id = ANY(%(people)s) AND source_id = ANY(%(sources)s) AND lower(months) >= %(after)s
"""
_CUT = """
UPDATE enrollment_cover SET months = daterange(lower(months), %(after)s)
WHERE worker_id = ANY(%(people)s) AND source_id = ANY(%(sources)s) AND upper(months) > %(after)s
"""


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(DecreeRevocation, pk, batches=_batches, work=_leave, finish=_revoke)


def _batches(job: DecreeRevocation) -> Iterator[int]:
    return jobs.turns_of(job, PEOPLE_A_TURN, "last")


@planning.reading_whole_tables()
def _leave(job: DecreeRevocation, size: int) -> None:
    decree = job.decree
    with steps.deciding(), translating(steps.SENTENCES):
        following = _following(job, size)
        if not following:
            return
        job.last = following[-1]
        entries = _held(following)
        if not entries:
            return
        paid = _end_months(job, entries)
        used = {
            entry.pk: used_until(
                job.last_month, decree, entry.first_month, entry.sector_id, entry.cost
            )
            if entry.worker_id in paid
            else 0
            for entry in entries
        }
        before = sum(entry.cost for entry in entries)
        steps.move(entries, DEPART, by=job.office, reason=OUT, price=lambda one: used[one.pk])
        quotas.give_back(decree.programme, Counter(entry.area_id for entry in entries))
        # Of a village's decree, too: its head may not write what the programme has spent.
        with scope.whole_country("decree_revoked"):
            budget.settle(decree.programme, sum(used.values()) - before)
    job.cursor += len(entries)


def _following(job: DecreeRevocation, size: int) -> list[int]:
    """The next rows of lists (ids) that the decree or its amendments name, also of who has left:
    read by an index, since each turn would otherwise look at everybody once more."""
    chain = amending.chain_of(job.decree).order_by().values_list("pk", flat=True)
    rows = DecreeEntry.objects.filter(decree__in=list(chain), entry_id__gt=job.last)
    return list(rows.order_by("entry_id").values_list("entry_id", flat=True)[:size])


def _held(pks: list[int]) -> list[Entry]:
    """Those of them who have not left: the people, then their rows, locked in the order of
    everybody who does so."""
    rows = Entry.objects.filter(Among("pk", pks), state=Entry.State.APPROVED).order_by("pk")
    people = Worker.objects.filter(Among("pk", list(rows.values_list("worker_id", flat=True))))
    list(people.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(rows.select_for_update(of=("self",)))


def _end_months(job: DecreeRevocation, entries: list[Entry]) -> set[int]:
    """Cut what the decree and its amendments pay after the last month. Returns who was paid at
    all. The months are where a person is now, which may be out of sight."""
    sources = amending.chain_of(job.decree).order_by().values_list("cover_source", flat=True)
    values: SqlValues = {
        "people": [entry.worker_id for entry in entries],
        "sources": list(sources),
        "after": month_after(job.last_month),
    }
    with scope.whole_country("decree_revoked"), connection.cursor() as cursor:
        cursor.execute(_PAID, values)
        paid = {worker for (worker,) in cursor.fetchall()}
        cursor.execute(_FREE, values)
        cursor.execute(_CUT, values)
    return paid


def _revoke(job: DecreeRevocation) -> None:
    decree = Decree.objects.select_for_update(of=("self",)).get(pk=job.decree_id)
    move(decree, State.REVOKED, by=job.office)
    jobs.end(job, DecreeRevocation.State.DONE)

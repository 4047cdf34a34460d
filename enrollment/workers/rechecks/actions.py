"""Checking registered people again, after a rule or the regions have changed.

The rules are those for new people. The job works through the people in batches, in the order of
their ids; each batch and the job's cursor are saved in one transaction (`enrollment.jobs`). Only
the people's findings change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Upper

from enrollment.jobs import actions as jobs
from enrollment.jobs import sharing
from enrollment.workers import checking, twins
from enrollment.workers.models import Worker
from enrollment.workers.rechecks.models import Recheck
from enrollment.workers.writing import write
from villages.models import Office

BATCH = 5000


def start(*, by: Office, area: str) -> Recheck:
    """Start a job that checks the active people of `area` (code) again, or return the unfinished
    one for the same area. `Refusal` where the office has too many unfinished jobs."""
    running = Recheck.objects.unfinished().filter(area=area).first()
    if running:
        return running
    sharing.admit(by)
    total = Worker.objects.visible_to(by).within(area).active().count()
    job = Recheck.objects.create(office=by, area_id=area, total=total)
    jobs.enqueue(job)
    return job


def proceed(pk: UUID | str) -> None:
    """Continue the job `pk` from its cursor (called by the Celery task)."""
    jobs.advance(Recheck, pk, batches=_batches, work=_work, finish=_finish)


def _batches(job: Recheck) -> Iterator[int]:
    job.more = True
    while job.more:
        yield BATCH


def _work(job: Recheck, size: int) -> None:
    people = _people_after(job, size)
    basis, groups = checking.basis(), _groups_of(people)
    apart = twins.told_apart(worker.pk for worker in people)
    changed: list[Worker] = []
    counts = Counter(job.counts)
    for worker in people:
        others = groups.get(_twin_key(worker), 1) - 1
        has_twin = others > apart.get(worker.pk, 0)
        codes = checking.codes_now(worker, basis, has_twin=has_twin)
        counts.update(codes)
        if sorted(codes) != sorted(worker.findings):
            worker.findings = codes
            changed.append(worker)
    write(changed, ["findings"])
    job.counts, job.changed = dict(counts), job.changed + len(changed)
    job.cursor += len(people)
    job.last_id = people[-1].pk if people else job.last_id
    job.more = len(people) == size


def _people_after(job: Recheck, size: int) -> list[Worker]:
    """The next people, locked until their findings are written, so that nobody edits them in
    between."""
    return list(
        Worker.objects.within(job.area_id)
        .active()
        .filter(pk__gt=job.last_id)
        .annotate(upper_name=Upper("name"))
        .select_related("occupation")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")[:size]
    )


def _groups_of(people: Iterable[Worker]) -> dict[tuple[date | None, str], int]:
    """Those of the people's birth dates and names that the registry has more than once, with the
    number of people who have them.

    One query for the whole batch: under row security, a query for each person would read the whole
    index of the area every time.
    """
    same = (
        Worker.objects.active()
        .filter(birth_date__in={worker.birth_date for worker in people if worker.birth_date})
        .annotate(upper_name=Upper("name"))
        .values_list("birth_date", "upper_name")
        .annotate(people=Count("pk"))
        .filter(people__gt=1)
        .order_by()
    )
    return {(born, name): number for born, name, number in same}


def _twin_key(worker: Any) -> tuple[date | None, str]:
    """Birth date and name of a person from `_people_after` (`Any`, as types do not know the
    annotation)."""
    return worker.birth_date, worker.upper_name


def _finish(job: Recheck) -> None:
    job.total = job.cursor
    jobs.end(job, Recheck.State.DONE)

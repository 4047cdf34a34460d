"""Whose turn it is: offices take turns, and small jobs pass large ones.

A message of the queue does not say which job to go on with: whoever receives it takes the job that
is due. So it does not matter who has put how many jobs into the queue.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from enrollment.jobs.models import Job
from enrollment.jobs.rules import Waiting, due
from enrollment.limits.models import UsageLimit
from villages import scope
from villages.models import Office
from villages.refusals import Refusal

ASKED = ("state", "office", "total", "cursor", "created_at")
MOST = 1000
"""Jobs that are looked at when the next one is chosen."""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('jobs of ' || %s, 0))"
A_DAY = timedelta(days=1)
TOO_MANY = (
    "Masih ada {} pekerjaan dari jabatan Anda yang belum selesai. Tunggu salah satunya selesai, "
    "lalu kirim lagi."
)


def admit(office: Office) -> None:
    """Refuse another job to an office that has as many unfinished ones as it may have.

    Of two requests at the same moment the second waits until the first has stored its job.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [str(office.pk)])
    unfinished = unfinished_of(office)
    if unfinished >= UsageLimit.objects.of(office.area_id).jobs:
        raise Refusal(TOO_MANY.format(unfinished))


def unfinished_of(office: Office) -> int:
    """How many unfinished jobs an office has."""
    return sum(
        model.objects.unfinished().filter(office=office).count() for model in Job.__subclasses__()
    )


def in_order() -> list[Job]:
    """All unfinished jobs, the one that is due first at the beginning."""
    with scope.whole_country("queue"):
        jobs = [
            job for model in Job.__subclasses__()
            for job in model.objects.unfinished().only(*ASKED).order_by("created_at")[:MOST]
        ]  # fmt: skip
        served = _served({job.office_id for job in jobs})
    now = timezone.now()
    return sorted(jobs, key=lambda job: due(_waiting(job, served), now))


def another_is_due(job: Job) -> bool:
    """Whether a job that no worker is busy with comes before `job`."""
    for first in in_order():
        if first.pk == job.pk:
            return False
        if first.state == Job.State.QUEUED:
            return True
    return False


def _waiting(job: Job, served: dict[int, datetime]) -> Waiting:
    left = job.total - job.cursor if job.total else 0
    return Waiting(job.created_at, served.get(job.office_id), left)


def _served(offices: Iterable[int]) -> dict[int, datetime]:
    """Office → the end of its last turn, of any of its jobs."""
    last: dict[int, datetime] = {}
    for model in Job.__subclasses__():
        begun = model.objects.filter(office__in=offices, started_at__isnull=False)
        recent = begun.filter(touched_at__gt=timezone.now() - A_DAY).order_by()
        for office, at in recent.values_list("office").annotate(at=Max("touched_at")):
            last[office] = max(at, last.get(office, at))
    return last

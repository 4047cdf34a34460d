"""Undoing an import: people that it added are removed, people that it changed are restored.

People whom somebody has changed since are left as they are, and their row stores the reason. The
history of people who are removed is kept; its last entry is the removal. People on drafts of lists
are removed from the drafts. Once one of the people is on a submitted list, the import can no longer
be undone; people on lists that are submitted during the undoing are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils import timezone

from enrollment.among import Among
from enrollment.formats import angka
from enrollment.illness import actions as illness
from enrollment.imports.models import Import, ImportRow
from enrollment.imports.registry import comparing
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from enrollment.workers import checking
from enrollment.workers.models import ToldApart, Worker, WorkerSource
from enrollment.workers.writing import write
from villages import audit
from villages.refusals import Refusal

if TYPE_CHECKING:
    from villages.annotations import SqlValues

BATCH = 2000
Stays = ImportRow.Stays
HANDED_IN = (
    "Impor ini tidak dapat dibatalkan: {} orang di antaranya sudah ada di usulan yang diajukan."
)

# Another list that was taken names the same person, and relies on the person being registered.
_NAMED_SINCE = """
SELECT r.nik FROM enrollment_importrow r
WHERE r.job_id = %(job)s AND r.nik = ANY (%(niks)s) AND EXISTS (
    SELECT FROM enrollment_import i JOIN enrollment_importrow o ON o.job_id = i.id
    WHERE i.id <> r.job_id AND i.area_id >= %(low)s AND i.area_id < %(high)s
        AND i.phase IN ('take', 'taken', 'mended')
        AND o.nik = r.nik AND o.severity <> 'error' AND o.village_id = r.village_id
)
"""
_BY_JOB = """
SELECT pgh_obj_id FROM {events}
WHERE pgh_obj_id = ANY (%(ids)s) AND pgh_label = %(label)s AND pgh_context ->> 'job' = %(job)s
    AND pgh_created_at >= %(since)s
"""
_LAST_CHANGE = """
SELECT DISTINCT e.pgh_obj_id FROM enrollment_workerevent e
JOIN enrollment_worker w ON w.id = e.pgh_obj_id AND w.updated_at = e.updated_at
WHERE e.pgh_obj_id = ANY (%(ids)s) AND e.pgh_label = 'update' AND e.pgh_context ->> 'job' = %(job)s
    AND e.pgh_created_at >= %(since)s
"""
_DECILES_BACK = """
UPDATE enrollment_workersource s SET decile = earlier.decile
FROM enrollment_workersourceevent e CROSS JOIN LATERAL (
    SELECT b.decile FROM enrollment_workersourceevent b
    WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id ORDER BY b.pgh_id DESC LIMIT 1
) earlier
WHERE s.id = e.pgh_obj_id AND s.id = ANY (%(ids)s) AND s.decile IS NOT DISTINCT FROM e.decile
    AND e.pgh_label = 'update' AND e.pgh_context ->> 'job' = %(job)s
    AND e.pgh_created_at >= %(since)s
"""


def on_lists(job: Import) -> tuple[int, int]:
    """How many of its people are on lists: (on submitted ones, on drafts)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handed_in, drafts FROM people_on_lists(%s)", [job.pk])
        handed_in, drafts = cursor.fetchone()
    return handed_in, drafts


def begin(job: Import) -> None:
    """Prepare undoing an import; the caller has locked it, saves it and enqueues it."""
    handed_in, _ = on_lists(job)
    if handed_in:
        raise Refusal(HANDED_IN.format(angka(handed_in)))
    job.phase, job.state, job.cursor, job.undone = Import.Phase.UNDO, Job.State.QUEUED, 0, 0


def batches(job: Import) -> Iterator[int]:
    """Yield the last position of each range that is left to undo."""
    while job.cursor < job.people:
        yield min(job.cursor + BATCH, job.people)


class _Row(NamedTuple):
    """What is read of a row: plain values, as a model of all columns takes five times as long."""

    pk: int
    nik: str
    worker: int | None
    became: str
    before: dict[str, Any] | None


def undo(job: Import, last: int) -> None:
    """Undo the rows from the cursor to position `last`: the work of one turn."""
    comparing.lock_registry(job, exclusive=True)
    span = job.rows.filter(position__range=(job.cursor + 1, last)).with_outcome(job)
    named = span.exclude(became__in=["refused", "waiting"])  # type: ignore[misc]  # see with_outcome
    rows = [_Row(*row) for row in named.order_by("position").values_list(*_Row._fields)]
    new = [row for row in rows if row.became == "new"]
    removed = _remove(job, new)
    old = [row for row in rows if row.became in ("same", "changed", "kept")]
    restored = _restore(job, [row for row in old if row.became == "changed"])
    _remove_sources(job, old)
    job.undone += removed + restored
    job.cursor = last


def _remove(job: Import, rows: Sequence[_Row]) -> int:
    """Remove the people whom `rows` added, unless something keeps them. Returns how many."""
    people = _hold_added(job, [row.nik for row in rows])
    named = _named_since(job, list(people))
    why: dict[int, Stays] = {}
    free: dict[int, int] = {}
    for row in rows:
        worker, untouched = people.get(row.nik, (None, False))
        if worker is None:
            why[row.pk] = Stays.GONE
        elif not untouched:
            why[row.pk] = Stays.CHANGED
        elif row.nik in named:
            why[row.pk] = Stays.NAMED
        else:
            free[worker] = row.pk
    why |= _take_out_held(job, free)
    comparing.run("SELECT drop_from_drafts(%(job)s, %(ids)s)", job=job.pk, ids=list(free))
    why |= _take_out_held(job, free)  # people on a list that was submitted at this very moment
    WorkerSource.objects.filter(Among("worker", free)).delete()
    ToldApart.objects.of(free).delete()
    Worker.objects.filter(Among("pk", free))._raw_delete("default")
    _store_reasons(why)
    return len(free)


def _hold_added(job: Import, niks: list[str]) -> dict[str, tuple[int, bool]]:
    """Lock the people whom the import added: NIK → their id, and whether nobody changed them."""
    added = Worker.objects.filter(Among("nik", niks), brought_by=job.pk)
    locked = added.select_for_update(of=("self",)).order_by("name", "pk")
    return {
        nik: (pk, created == updated)
        for pk, nik, created, updated in locked.values_list("pk", "nik", "created_at", "updated_at")
    }


def _take_out_held(job: Import, free: dict[int, int]) -> dict[int, Stays]:
    """Take people out of `free` who must be kept, e.g. for a submitted list; returns row → why."""
    with connection.cursor() as cursor:
        query = "SELECT worker, holder FROM what_holds_people(%s, %s)"
        cursor.execute(query, [job.pk, list(free)])
        return {free.pop(worker): Stays(holder) for worker, holder in cursor.fetchall()}


def _named_since(job: Import, niks: list[str]) -> set[str]:
    low, high = job.area_id[:5], f"{job.area_id[:5]}/"
    values: SqlValues = {"job": job.pk, "niks": niks, "low": low, "high": high}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_SINCE, values)
        return {nik for (nik,) in cursor.fetchall()}


def _restore(job: Import, rows: Sequence[_Row]) -> int:
    """Restore the values that this import overwrote in people who have not been changed since.
    Returns how many people."""
    if not rows:
        return 0
    ids = [row.worker for row in rows if row.worker]
    locked = Worker.objects.select_for_update(of=("self",)).select_related("occupation").order_by()
    workers = {worker.pk: worker for worker in locked.filter(Among("pk", ids))}
    last_changed_here = _ids(_LAST_CHANGE, job, ids)
    basis, now = checking.basis(), timezone.now()
    why: dict[int, Stays] = {}
    restored: list[Worker] = []
    for row in rows:
        worker = workers.get(row.worker) if row.worker else None
        if worker is None:
            why[row.pk] = Stays.GONE
        elif worker.pk not in last_changed_here:
            why[row.pk] = Stays.CHANGED
        else:
            restored.append(_as_before(worker, row, basis, now))
    write(restored, [*comparing.COMPARED, "occupation", "findings", "updated_at"])
    _store_reasons(why)
    return len(restored)


def _as_before(worker: Worker, row: _Row, basis: checking.Basis, now: datetime) -> Worker:
    fields = {field.attname: field for field in Worker._meta.concrete_fields}
    for name, value in (row.before or {}).items():
        setattr(worker, name, fields[name].to_python(value))
    twin = "duplicate.similar" in worker.findings
    worker.findings = checking.codes_now(worker, basis, has_twin=twin)
    worker.updated_at = now
    return worker


def _remove_sources(job: Import, rows: Sequence[_Row]) -> None:
    """For people who were registered before: remove the sources that this import added, and restore
    the deciles that it changed."""
    named = WorkerSource.objects.filter(Among("worker", [row.worker for row in rows if row.worker]))
    ids = list(named.values_list("pk", flat=True))
    events = _BY_JOB.format(events="enrollment_workersourceevent")
    added = _ids(events, job, ids, label="insert")
    comparing.run(_DECILES_BACK, **_of(job, list(set(ids) - added)))
    WorkerSource.objects.filter(pk__in=added).delete()


def _ids(statement: str, job: Import, ids: list[int], **values: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_of(job, ids), **values})
        return {pk for (pk,) in cursor.fetchall()}


def _of(job: Import, ids: list[int]) -> SqlValues:
    """What a statement needs to find the job's events of these rows in the history."""
    return {"job": str(job.pk), "ids": ids, "since": audit.since(job.created_at)}


def _store_reasons(why: Mapping[int, Stays]) -> None:
    """Store in the rows (row → reason) why their people were left as they are."""
    for reason in set(why.values()):
        rows = [row for row, its_reason in why.items() if its_reason == reason]
        ImportRow.objects.filter(Among("pk", rows)).update(stays=reason)


def finish(job: Import) -> None:
    """Withdraw the import's duplicate cases, unless another list names the person too or the Dinas
    has decided."""
    if job.elsewhere:
        comparing.run("SELECT withdraw_duplicate_cases(%(job)s)", job=job.pk)
    illness.forget(job.pk)
    job.phase = Import.Phase.UNDONE
    jobs.end(job, Job.State.DONE)

"""Taking an import back: who came with it goes, who was changed by it gets back what was.

Whoever somebody has worked on since stays as they are, and their row says why. The history of
those who go stays, with their going as its last entry. Being on a draft does not hold anybody:
they leave the draft. Once somebody is handed in on a list, the import can no longer be taken back;
what is handed in while it is being taken back stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from enrollment.imports.models import Import, ImportRow
from enrollment.imports.registry import comparing
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from enrollment.workers import checking
from enrollment.workers.models import Worker, WorkerSource
from enrollment.workers.writing import write
from villages.refusals import Refusal

if TYPE_CHECKING:
    from villages.annotations import SqlValues

BATCH = 1000
Stays = ImportRow.Stays
HANDED_IN = (
    "Impor ini tidak dapat dibatalkan: {} orang di antaranya sudah ada di usulan yang diajukan."
)

# Another list that was taken and names the same person: it counts on their being registered.
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
"""
_LAST_CHANGE = """
SELECT DISTINCT e.pgh_obj_id FROM enrollment_workerevent e
JOIN enrollment_worker w ON w.id = e.pgh_obj_id AND w.updated_at = e.updated_at
WHERE e.pgh_obj_id = ANY (%(ids)s) AND e.pgh_label = 'update' AND e.pgh_context ->> 'job' = %(job)s
"""
_DECILES_BACK = """
UPDATE enrollment_workersource s SET decile = earlier.decile
FROM enrollment_workersourceevent e CROSS JOIN LATERAL (
    SELECT b.decile FROM enrollment_workersourceevent b
    WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id ORDER BY b.pgh_id DESC LIMIT 1
) earlier
WHERE s.id = e.pgh_obj_id AND s.id = ANY (%(ids)s) AND s.decile IS NOT DISTINCT FROM e.decile
    AND e.pgh_label = 'update' AND e.pgh_context ->> 'job' = %(job)s
"""


def on_lists(job: Import) -> tuple[int, int]:
    """How many of its people are on lists: (handed in, on drafts alone or as well)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handed_in, drafts FROM people_on_lists(%s)", [job.pk])
        handed_in, drafts = cursor.fetchone()
    return handed_in, drafts


def begin(job: Import) -> None:
    """Have a held import taken back; the caller saves and queues it."""
    handed_in, _ = on_lists(job)
    if handed_in:
        raise Refusal(HANDED_IN.format(handed_in))
    job.phase, job.state, job.cursor, job.undone = Import.Phase.UNDO, Job.State.QUEUED, 0, 0


def batches(job: Import) -> Iterator[int]:
    """Yield the last position of each range that is left to take back."""
    while job.cursor < job.people:
        yield min(job.cursor + BATCH, job.people)


def undo(job: Import, last: int) -> None:
    """Take back the rows from the cursor to position `last`: one turn's work."""
    comparing.keep_apart(job, alone=True)
    span = job.rows.filter(position__range=(job.cursor + 1, last)).with_outcome(job)
    named = span.exclude(became__in=["refused", "waiting"])  # type: ignore[misc]  # see with_outcome
    rows = list(named.order_by("position"))
    new = [row for row in rows if row.became == "new"]
    gone = _remove(job, new)
    old = [row for row in rows if row.became in ("same", "changed", "kept")]
    changed = _restore(job, [row for row in old if row.became == "changed"])
    _forget_sources(job, old)
    job.undone += gone + changed
    job.cursor = last


def _remove(job: Import, rows: Sequence[ImportRow]) -> int:
    """Remove the people who came with `rows` and on whom nobody has worked. Returns how many."""
    held = Worker.objects.filter(nik__in=[row.nik for row in rows], brought_by=job.pk)
    people = {one.nik: one for one in held.select_for_update(of=("self",)).order_by("name", "pk")}
    named = _named_since(job, list(people))
    why: dict[int, Stays] = {}
    free: dict[int, int] = {}
    for row in rows:
        worker = people.get(row.nik)
        if worker is None:
            why[row.pk] = Stays.GONE
        elif worker.updated_at != worker.created_at:
            why[row.pk] = Stays.CHANGED
        elif row.nik in named:
            why[row.pk] = Stays.NAMED
        else:
            free[worker.pk] = row.pk
    why |= _held(job, free)
    comparing.run("SELECT drop_from_drafts(%(job)s, %(ids)s)", job=job.pk, ids=list(free))
    why |= _held(job, free)  # handed in at this very moment
    WorkerSource.objects.filter(worker__in=free).delete()
    Worker.objects.filter(pk__in=free)._raw_delete("default")
    _note(rows, why)
    return len(free)


def _held(job: Import, free: dict[int, int]) -> dict[int, Stays]:
    """Take those out of `free` whom something holds; returns row → why."""
    with connection.cursor() as cursor:
        ask = "SELECT worker, holder FROM what_holds_people(%s, %s)"
        cursor.execute(ask, [job.pk, list(free)])
        return {free.pop(worker): Stays(holder) for worker, holder in cursor.fetchall()}


def _named_since(job: Import, niks: list[str]) -> set[str]:
    low, high = job.area_id[:5], f"{job.area_id[:5]}/"
    ask: SqlValues = {"job": job.pk, "niks": niks, "low": low, "high": high}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_SINCE, ask)
        return {nik for (nik,) in cursor.fetchall()}


def _restore(job: Import, rows: Sequence[ImportRow]) -> int:
    """Give people back what this import overwrote, unless they were changed since."""
    ids = [row.worker_id for row in rows if row.worker_id]
    held = Worker.objects.select_for_update(of=("self",)).select_related("occupation").order_by()
    workers = held.in_bulk(ids)
    ours = _ids(_LAST_CHANGE, job, ids)
    basis, now = checking.basis(), timezone.now()
    why: dict[int, Stays] = {}
    back: list[Worker] = []
    for row in rows:
        worker = workers.get(row.worker_id)
        if worker is None:
            why[row.pk] = Stays.GONE
        elif worker.pk not in ours:
            why[row.pk] = Stays.CHANGED
        else:
            back.append(_as_before(worker, row, basis, now))
    write(back, [*comparing.COMPARED, "occupation", "findings", "updated_at"])
    _note(rows, why)
    return len(back)


def _as_before(worker: Worker, row: ImportRow, basis: checking.Basis, now: datetime) -> Worker:
    fields = {field.attname: field for field in Worker._meta.concrete_fields}
    for name, value in (row.before or {}).items():
        setattr(worker, name, fields[name].to_python(value))
    twin = "duplicate.similar" in worker.findings
    worker.findings = checking.codes_now(worker, basis, has_twin=twin)
    worker.updated_at = now
    return worker


def _forget_sources(job: Import, rows: Sequence[ImportRow]) -> None:
    """Of people who stay: the sources that this import named go, deciles become what they were."""
    named = WorkerSource.objects.filter(worker__in=[row.worker_id for row in rows])
    ids = list(named.values_list("pk", flat=True))
    events = _BY_JOB.format(events="enrollment_workersourceevent")
    added = _ids(events, job, ids, label="insert")
    comparing.run(_DECILES_BACK, job=str(job.pk), ids=list(set(ids) - added))
    WorkerSource.objects.filter(pk__in=added).delete()


def _ids(statement: str, job: Import, ids: list[int], **values: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"job": str(job.pk), "ids": ids, **values})
        return {pk for (pk,) in cursor.fetchall()}


def _note(rows: Sequence[ImportRow], why: Mapping[int, Stays]) -> None:
    """Write on the rows whose people stay why they do."""
    for row in rows:
        row.stays = why.get(row.pk, "")
    ImportRow.objects.bulk_update([row for row in rows if row.stays], ["stays"], batch_size=500)


def finish(job: Import) -> None:
    """Take back what the Dinas was told as well, where nobody else says it or has decided."""
    if job.elsewhere:
        comparing.run("SELECT withdraw_duplicate_cases(%(job)s)", job=job.pk)
    job.phase = Import.Phase.UNDONE
    jobs.end(job, Job.State.DONE)

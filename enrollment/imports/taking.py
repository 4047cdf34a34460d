"""Taking the good rows into the registry: the second half of an import.

A range of positions is one turn: insert who is new, compare again who is not (others have worked
meanwhile), update those the user asked to update, and write on each row what became of it.
"""

from enrollment.imports import comparing
from enrollment.imports.models import Import, ImportRow
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from enrollment.workers import checks
from enrollment.workers.models import Worker

BATCH = 5000
Outcome = ImportRow.Outcome

_COPIED = (
    "nik, kk, name, birth_place, birth_date, sex, address, hamlet, rt, rw, occupation_id,"
    " occupation_text, income, phone, mother_name, term_start"
)
_RANGE = "r.job_id = %(job)s AND r.position BETWEEN %(first)s AND %(last)s AND r.outcome = ''"
_INSERT = f"""
WITH added AS (
    INSERT INTO enrollment_worker (area_id, agency_id, position, findings, {_COPIED})
    SELECT r.village_id, %(agency)s, r.position_held, r.codes, {_COPIED}
    FROM enrollment_importrow r
    WHERE {_RANGE} AND r.severity <> 'error' AND r.worker_id IS NULL
    ORDER BY r.position
    ON CONFLICT (nik) DO NOTHING
    RETURNING id, nik
)
UPDATE enrollment_importrow r SET worker_id = added.id, outcome = 'new'
FROM added WHERE {_RANGE} AND r.severity <> 'error' AND r.nik = added.nik
"""  # noqa: S608, our own column names
_SETTLE = f"""
UPDATE enrollment_importrow r
SET outcome = CASE
    WHEN r.severity = 'error' THEN 'refused'
    WHEN r.changes = '{{}}' THEN 'same'
    WHEN %(update)s THEN 'changed'
    ELSE 'kept' END
WHERE {_RANGE} AND (r.severity = 'error' OR r.worker_id IS NOT NULL)
"""  # noqa: S608
_SOURCES = """
INSERT INTO enrollment_workersource (worker_id, area_id, registry, period, decile)
SELECT r.worker_id, r.village_id, r.source, r.source_period, r.decile
FROM enrollment_importrow r
WHERE r.job_id = %(job)s AND r.position BETWEEN %(first)s AND %(last)s
    AND r.source <> '' AND r.outcome IN ('new', 'same', 'kept', 'changed')
ORDER BY r.position
ON CONFLICT (worker_id, registry, period) DO UPDATE SET decile = excluded.decile
WHERE %(update)s AND excluded.decile IS NOT NULL
    AND enrollment_workersource.decile IS DISTINCT FROM excluded.decile
"""


def batches(job):
    """Yield the last position of each range that is left to take."""
    while job.cursor < job.people:
        yield min(job.cursor + BATCH, job.people)


def take(job, last):
    """Take the rows from the cursor to position `last`: one turn's work."""
    first = job.cursor + 1
    bounds = {"job": job.pk, "first": first, "last": last}
    comparing.expect_many()
    comparing.run(_INSERT, agency=job.agency_id, **bounds)
    if _left(job, first, last).exists():
        comparing.find_registered(job, first, last)
    comparing.run(_SETTLE, update=job.update_existing, **bounds)
    if job.update_existing:
        _update(job.rows.filter(position__range=(first, last), outcome=Outcome.CHANGED))
    comparing.run(_SOURCES, update=job.update_existing, **bounds)
    job.cursor = last


def _left(job, first, last):
    """Good rows that were not new after all."""
    pending = job.rows.filter(position__range=(first, last), outcome=Outcome.PENDING)
    return pending.exclude(severity=ImportRow.Severity.ERROR)


def _update(rows):
    """Write what the list says into people already registered, and check them anew."""
    rows = list(rows.select_related("worker__occupation"))
    basis = checks.basis()
    for row in rows:
        worker = row.worker
        for field in row.changes:
            setattr(worker, field, getattr(row, comparing.STAGED_AS.get(field, field)))
        if "occupation_text" in row.changes:
            worker.occupation_id = row.occupation_id
        worker.findings = checks.codes_now(worker, basis, has_twin="duplicate.similar" in row.codes)
    Worker.objects.bulk_update(
        [row.worker for row in rows],
        [*comparing.COMPARED, "occupation", "findings"],
        batch_size=500,
    )


def finish(job):
    """Count what was taken, and hand those registered elsewhere to the Dinas."""
    comparing.count(job)
    job.taken = job.rows.exclude(outcome__in=[Outcome.REFUSED, Outcome.PENDING]).count()
    if job.elsewhere:
        comparing.run("SELECT open_duplicate_cases(%(job)s)", job=job.pk)
    job.phase = Import.Phase.TAKEN
    jobs.end(job, Job.State.DONE)

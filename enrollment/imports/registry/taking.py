"""Taking the good rows into the registry: the second half of an import.

Each turn takes a range of positions: it inserts new people, compares again the rows whose people
were registered meanwhile, and updates the people that the user chose to update. What became of a
row follows from its other columns (`outcomes.became`), so a row is written only in exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.illness import actions as illness
from enrollment.imports import outcomes
from enrollment.imports.models import Import, ImportRow, ImportRowQuerySet
from enrollment.imports.registry import comparing
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.jobs.models import Job
from enrollment.limits import actions as limits
from enrollment.workers import checking
from enrollment.workers.models import Worker, WorkerSource
from enrollment.workers.writing import write

if TYPE_CHECKING:
    from villages.annotations import SqlValues

BATCH = 5000
Outcome = ImportRow.Outcome
Span = tuple[int, int]
"""The first and the last position of a range."""

_COLUMNS = ", ".join(field.column for field in KEPT)
_STAGED = ", ".join(f"r.{field.staged}" for field in KEPT)
_GOOD = (
    "r.job_id = %(job)s AND r.position BETWEEN %(first)s AND %(last)s"
    " AND r.outcome = ANY (%(outcomes)s) AND r.severity <> 'error'"
)
_GONE = f"""
UPDATE enrollment_importrow r SET worker_id = NULL, changes = '{{}}', before = NULL
WHERE {_GOOD} AND r.worker_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM enrollment_worker w
    WHERE w.id = r.worker_id AND w.nik = r.nik AND w.area_id = r.village_id OFFSET 0
)
"""  # noqa: S608, our own column names; for OFFSET 0 see `comparing`
_EXPECTED = f"""
SELECT count(*), count(*) FILTER (WHERE worker_id IS NULL) FROM enrollment_importrow r WHERE {_GOOD}
"""  # noqa: S608
_INSERT = f"""
WITH added AS (
    INSERT INTO enrollment_worker (
        area_id, agency_id, brought_by, findings, occupation_id, {_COLUMNS}
    )
    SELECT r.village_id, %(agency)s, r.job_id, r.codes, r.occupation_id, {_STAGED}
    FROM enrollment_importrow r
    WHERE {_GOOD} AND r.worker_id IS NULL
    ORDER BY r.nik
    ON CONFLICT (nik) DO NOTHING
    RETURNING id
)
SELECT count(*), min(id) FROM added
"""  # noqa: S608
_SOURCES = f"""
INSERT INTO enrollment_workersource (worker_id, area_id, registry, period, decile)
SELECT person, village_id, source, source_period, decile
FROM (
    SELECT r.*, coalesce(added.id, (
        SELECT w.id FROM enrollment_worker w WHERE w.id = r.worker_id AND w.area_id = r.village_id
    )) AS person
    FROM enrollment_importrow r LEFT JOIN enrollment_worker added
        ON added.nik = r.nik AND added.id >= %(first_new)s AND added.brought_by = r.job_id
    WHERE {_GOOD} AND r.source <> ''
) named
WHERE person IS NOT NULL
ORDER BY nik
ON CONFLICT (worker_id, registry, period) DO NOTHING
"""  # noqa: S608
_DECILES = f"""
UPDATE enrollment_workersource s SET decile = r.decile
FROM enrollment_importrow r
WHERE {_GOOD} AND r.source <> '' AND r.decile IS NOT NULL AND coalesce(r.overwrite, %(update)s)
    AND s.worker_id = r.worker_id AND s.registry = r.source AND s.period = r.source_period
    AND s.decile IS DISTINCT FROM r.decile
"""  # noqa: S608


def batches(job: Import) -> Iterator[Span]:
    """Yield the first and last position of each range that is left to take."""
    for done in range(job.cursor, job.people, BATCH):
        yield done + 1, min(done + BATCH, job.people)


def take(job: Import, span: Span) -> None:
    """Take the rows of a range of positions: the work of one turn."""
    _take(job, span, Outcome.PENDING)


def take_corrected(job: Import, span: Span) -> None:
    """Take those rows of a range that were corrected after the import was taken.

    Rows corrected later ignore the list-wide choice, which was made before their differences could
    be seen; only an individual choice overwrites them.
    """
    waiting = _range(job, span).filter(outcome=Outcome.WAITING)
    waiting.filter(overwrite=None).update(overwrite=False)
    _take(job, span, Outcome.WAITING)
    waiting.update(outcome=Outcome.PENDING)


def _take(job: Import, span: Span, outcome: str) -> None:
    bounds: SqlValues = {"job": job.pk, "first": span[0], "last": span[1], "outcomes": [outcome]}
    comparing.lock_registry(job, exclusive=False)
    comparing.run(_GONE, **bounds)
    good, new = _first(_EXPECTED, **bounds)
    added, first_new = _first(_INSERT, agency=job.agency_id, **bounds)
    if added < new:
        comparing.find_registered_since(job, *span, outcome)
    if new or job.elsewhere:
        good -= _claim(job, span, outcome, asks=added < new or bool(job.elsewhere))
    rows = _range(job, span).filter(outcomes.STANDINGS["berubah"], outcome=outcome)
    _update(rows.alias(chosen=outcomes.overwriting(job)).filter(chosen=True))
    comparing.run(_DECILES, update=job.update_existing, **bounds)
    if outcome == Outcome.PENDING:  # the source is stored of people who are not updated, too
        bounds["outcomes"] = [outcome, Outcome.KEPT]
    with planning.reading_whole_tables():
        comparing.run(_SOURCES, first_new=first_new, **bounds)
    illness.take(job.pk, *span, outcome, update=job.update_existing)
    job.taken += good
    job.cursor = span[1]


def _first(statement: str, **values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _range(job: Import, span: Span) -> ImportRowQuerySet:
    return job.rows.filter(position__range=span).order_by("position")


def _claim(job: Import, span: Span, outcome: str, *, asks: bool) -> int:
    """Open duplicate cases for people registered elsewhere: the Dinas decides them. Returns how
    many of the rows are found to be elsewhere only now, and so are not taken.

    Counted also if nobody is (`asks` is false): with no answers left today both kinds of list wait.
    """
    elsewhere, told = comparing.claim_registered(job, *span, outcome) if asks else (0, 0)
    limits.count(job.office, told=told, limited=job.is_limited)
    if elsewhere:
        job.good -= elsewhere
        code = "duplicate.elsewhere"
        job.counts = {**job.counts, code: job.counts.get(code, 0) + elsewhere}
    return elsewhere


def _update(rows: Iterable[ImportRow]) -> None:
    """Update registered people with the values of the list, and check them again.

    Only differences that the user saw are written: people who have since ended, or changed in one
    of the fields that differed, are not updated, and their rows get the outcome KEPT.
    """
    rows = list(rows)
    locked = Worker.objects.select_for_update(of=("self",)).select_related("occupation").order_by()
    workers = locked.in_bulk([row.worker_id for row in rows])
    seen = [row for row in rows if _as_seen(row, workers.get(row.worker_id))]
    kept = {row.pk for row in rows} - {row.pk for row in seen}
    ImportRow.objects.filter(pk__in=kept).update(outcome=Outcome.KEPT)
    basis, now = checking.basis(), timezone.now()
    for row in seen:
        worker = workers[row.worker_id]
        for field in row.changes:
            setattr(worker, field, getattr(row, comparing.STAGED_AS[field]))
        if "occupation_text" in row.changes:
            worker.occupation_id = row.occupation_id
        worker.findings = checking.codes_now(
            worker, basis, has_twin="duplicate.similar" in row.codes
        )
        worker.updated_at = now
    fields = [*comparing.COMPARED, "occupation", "findings", "updated_at"]
    write([workers[row.worker_id] for row in seen], fields)


def _as_seen(row: ImportRow, worker: Worker | None) -> bool:
    """Whether a person still has the values that the preview showed in the differing fields."""
    if worker is None or worker.ended_on or row.before is None:
        return False
    return all(_plain(getattr(worker, name)) == old for name, old in row.before.items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def finish(job: Import) -> None:
    planning.refresh(job.people, Worker, WorkerSource, ImportRow)
    job.phase = Import.Phase.TAKEN
    jobs.end(job, Job.State.DONE)

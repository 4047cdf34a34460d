"""Taking the good rows into the registry: the second half of an import.

A range of positions is one turn: insert who is new, compare again who was registered meanwhile,
update those the user asked to update. What became of a row follows from the rest of it
(`outcomes.became`), so that a row is written only where it met something unforeseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.imports import outcomes
from enrollment.imports.models import Import, ImportRow, ImportRowQuerySet
from enrollment.imports.registry import comparing
from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from enrollment.workers import checking
from enrollment.workers.models import Worker
from enrollment.workers.writing import write

if TYPE_CHECKING:
    from villages.annotations import SqlValues

BATCH = 5000
Outcome = ImportRow.Outcome
Span = tuple[int, int]
"""The first and the last of some positions."""

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
"""  # noqa: S608, our own column names; OFFSET 0 has each row look up its person by the index
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
    for begun in range(job.cursor, job.people, BATCH):
        yield begun + 1, min(begun + BATCH, job.people)


def take(job: Import, span: Span) -> None:
    """Take the rows of a range of positions: one turn's work."""
    _take(job, span, Outcome.PENDING)


def take_mended(job: Import, span: Span) -> None:
    """The same for the rows alone that were mended after the import was taken.

    The choice for the list was made before they could be seen: only one's own choice overwrites.
    """
    waiting = _range(job, span).filter(outcome=Outcome.WAITING)
    waiting.filter(overwrite=None).update(overwrite=False)
    _take(job, span, Outcome.WAITING)
    waiting.update(outcome=Outcome.PENDING)


def _take(job: Import, span: Span, outcome: str) -> None:
    bounds: SqlValues = {"job": job.pk, "first": span[0], "last": span[1], "outcomes": [outcome]}
    comparing.keep_apart(job, alone=False)
    comparing.run(_GONE, **bounds)
    good, new = _first(_EXPECTED, **bounds)
    added, first_new = _first(_INSERT, agency=job.agency_id, **bounds)
    if added < new:
        good -= _registered_meanwhile(job, span, outcome)
    rows = _range(job, span).filter(outcomes.STANDINGS["berubah"], outcome=outcome)
    _update(rows.alias(chosen=outcomes.overwriting(job)).filter(chosen=True))
    comparing.run(_DECILES, update=job.update_existing, **bounds)
    if outcome == Outcome.PENDING:  # who stays as they are is named by this list all the same
        bounds["outcomes"] = [outcome, Outcome.KEPT]
    comparing.expect_many()
    comparing.run(_SOURCES, first_new=first_new, **bounds)
    job.taken += good
    job.cursor = span[1]


def _first(statement: str, **values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _range(job: Import, span: Span) -> ImportRowQuerySet:
    return job.rows.filter(position__range=span).order_by("position")


def _registered_meanwhile(job: Import, span: Span, outcome: str) -> int:
    """Who was registered between the preview and now. Returns how many of them elsewhere.

    Nobody has seen in what they differ, so they stay as they are, whatever was chosen.
    """
    elsewhere = comparing.find_late(job, *span, outcome)
    job.good -= elsewhere
    if elsewhere:
        code = "duplicate.elsewhere"
        job.counts = {**job.counts, code: job.counts.get(code, 0) + elsewhere}
    return elsewhere


def _update(rows: Iterable[ImportRow]) -> None:
    """Write what the list says into people already registered, and check them anew.

    Only what the user saw is written: whoever has ended or changed since in one of the fields
    that differed is left alone, and the row says so.
    """
    rows = list(rows)
    held = Worker.objects.select_for_update(of=("self",)).select_related("occupation").order_by()
    workers = held.in_bulk([row.worker_id for row in rows])
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
    """Whether a person has still what the preview showed in the fields that differ."""
    if worker is None or worker.ended_on or row.before is None:
        return False
    return all(_plain(getattr(worker, name)) == old for name, old in row.before.items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def finish(job: Import) -> None:
    """Hand those registered elsewhere to the Dinas."""
    if job.elsewhere:
        comparing.run("SELECT open_duplicate_cases(%(job)s)", job=job.pk)
    job.phase = Import.Phase.TAKEN
    jobs.end(job, Job.State.DONE)

"""Staging: reading a workbook into rows that wait for a decision, the first half of an import.

A batch is read and checked outside of any transaction. Then one transaction copies it into the
database, compares it with the registry and moves the cursor, while the next batch is being checked.
A worker that takes over the job reads the file again and skips the rows that are staged. Findings
that depend on all rows (similar people) are found by the database at the end.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from django.db import connection

from enrollment.illness import actions as illness
from enrollment.imports.columns import accounts, matching, villages
from enrollment.imports.models import Import
from enrollment.imports.reading.checking import COLUMNS, Checker, Staged, cells_of, repeated
from enrollment.imports.reading.copying import FORMAT, as_text
from enrollment.imports.registry import comparing
from enrollment.imports.shapes import ReadHeading
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.jobs.models import Job
from enrollment.limits import actions as limits
from enrollment.sheets.headings import Heading
from enrollment.sheets.reading import Reading, Unmatched
from enrollment.workbooks.opening import UnreadableWorkbook, read
from enrollment.workbooks.storing import files
from enrollment.workers.checks.values import tidy
from villages import scope
from villages.refusals import Refusal

BATCH = 4000
CHUNK = 1 << 20  # characters; few chunks, as each interrupts the thread that checks rows

_COLUMNS = ", ".join(COLUMNS)
_INCOMING = f"""
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT {_COLUMNS} FROM enrollment_importrow WITH NO DATA
"""  # noqa: S608, our own column names
_COPY = f"COPY incoming FROM STDIN ({FORMAT})"
_STAGE = f"""
INSERT INTO enrollment_importrow (job_id, area_id, outcome, changes, {_COLUMNS})
SELECT %s, %s, '', '{{}}', {_COLUMNS} FROM incoming
"""  # noqa: S608


T = TypeVar("T")
Place = tuple[str, int]
"""A sheet and a row of it."""


class Batch(NamedTuple):
    """Rows that are read and checked, in the format of COPY."""

    rows: int
    text: io.StringIO
    answers: list[tuple[int, bool]]
    """What they say of an illness, by position."""


def batches(job: Import) -> Iterator[Batch]:
    """Yield one `Batch` after the other from the job's cursor on. Raises `Refusal` for a bad
    workbook.

    What the office remembers of columns and villages is stored in the job with the first rows, so
    that all rows are read by the same.
    """
    with scope.enter(job.office, job=str(job.pk)):
        if not job.cursor:
            job.corrections = matching.remembered(job.office) | job.corrections
            job.villages = villages.remembered(job.office, job.area_id) | job.villages
        checker = Checker(job.area_id, job.villages, illness.question(job.area_id))
        seen = _seen(job)
    with files().on_disk(str(job.file)) as path:
        sheets = read(path, name=job.filename)
        job.reading = Reading(sheets, job.corrections, checker.knowledge, job.said_people)
        try:
            yield from _ahead(_checked(checker, job.reading, job.cursor, seen))
        except UnreadableWorkbook as error:
            if job.asks and isinstance(error, Unmatched):
                return
            with jobs.turn(job):
                job.rows.all().delete()
            raise Refusal(str(error)) from error


def _seen(job: Import) -> dict[str, Place]:
    """NIK → its first place (sheet, row) among the rows that are staged."""
    staged = job.rows.exclude(nik="").order_by("-position")
    return {
        nik: (sheet, row)
        for nik, sheet, row in staged.values_list("nik", "sheet", "row").iterator()
    }


def _checked(
    checker: Checker, reading: Reading, done: int, seen: dict[str, Place]
) -> Iterator[Batch]:
    people = itertools.islice(enumerate(reading, start=1), done, None)
    while batch := list(itertools.islice(people, BATCH)):
        rows = [_mark_repeated(checker.stage(at, person), seen) for at, person in batch]
        answers, checker.answers = checker.answers, []
        yield Batch(len(rows), as_text(map(cells_of, rows)), answers)


def _mark_repeated(row: Staged, seen: dict[str, Place]) -> Staged:
    here = (row.sheet, row.row)
    nik = row.person.nik
    if not nik or seen.setdefault(nik, here) is here:
        return row
    return repeated(row, *seen[nik])


def _ahead(batches: Iterator[T]) -> Iterator[T]:
    """Yield from `batches`; a thread prepares the next one while PostgreSQL works on the last."""
    with ThreadPoolExecutor(1) as pool:
        upcoming = pool.submit(next, batches, None)
        while batch := upcoming.result():
            upcoming = pool.submit(next, batches, None)
            yield batch


def stage(job: Import, batch: Batch) -> None:
    """Copy a `Batch` into the database, compare it and move the cursor: the work of one turn."""
    with connection.cursor() as cursor:
        # ON COMMIT DROP is not enough: in tests and dry runs many turns share a transaction.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming")
        cursor.execute(_INCOMING)
        cursor.copy_expert(_COPY, batch.text, CHUNK)
        cursor.execute(_STAGE, [job.pk, job.area_id])
    if not job.check_only:
        illness.stage(job.pk, batch.answers)
    first, job.cursor = job.cursor + 1, job.cursor + batch.rows
    told = comparing.find_registered(job, job.office, first, job.cursor)
    limits.count(job.office, checked=batch.rows, told=told, limited=job.is_limited)
    job.total = max(job.cursor, job.reading.expected)


def finish(job: Import) -> None:
    """Store the account of the workbook; then ask about its columns, or go on with the check."""
    reports = job.reading.reports
    job.sheets = [accounts.of(report) for report in reports]
    job.row_texts = accounts.texts_of(reports)
    job.columns = [
        _match_of(heading, report.name) for report in reports for heading in report.headings
    ]
    job.tables = matching.tables_of(reports)
    used = {table["signature"] for table in job.tables} & job.corrections.keys()
    job.corrections = {signature: job.corrections[signature] for signature in used}
    if job.asks and any(table["doubt"] for table in job.tables):
        job.phase, job.state = Import.Phase.MATCH, Job.State.WAITING
    else:
        check(job)


def check(job: Import) -> None:
    """Find what depends on all rows, count the findings, and open the preview."""
    with planning.reading_whole_tables():  # rows staged a moment ago have no statistics yet
        comparing.find_similar(job)
    comparing.count(job)
    job.total, job.phase = job.people, Import.Phase.PREVIEW
    if job.check_only:
        jobs.end(job, Job.State.DONE)
    else:
        job.state = Job.State.WAITING


def _match_of(heading: Heading, sheet: str) -> ReadHeading:
    columns = [(column.index, tidy(column.heading), column.field) for column in heading.columns]
    row = heading.last_row
    return {"sheet": sheet, "row": row, "signature": heading.signature, "columns": columns}

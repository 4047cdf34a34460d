"""Comparing rows with each other and with the registry, by SQL for many rows at once.

Every statement is limited to one job (and to a range of its positions), and runs in the scope of
the job's office. About people outside of that scope it learns only that their NIK is registered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Func, Q

from enrollment.fields import person
from enrollment.fields.definitions import Field, Kind

if TYPE_CHECKING:
    from enrollment.imports.models import Import
    from villages.annotations import SqlValues

STAGED_AS = {field.column: field.staged for field in person.COMPARED}
"""A worker's columns that a list may change → the columns of `ImportRow` with the new values."""
COMPARED = tuple(STAGED_AS)

_ADD = """
codes = r.codes || %(code)s::varchar,
severity = CASE WHEN %(error)s THEN 'error' WHEN r.severity = 'clean' THEN 'warning'
    ELSE r.severity END
"""
_THESE = "(%(positions)s::int[] IS NULL OR r.position = ANY (%(positions)s::int[]))"
_IN_FILE = f"""
UPDATE enrollment_importrow r
SET details = r.details || jsonb_build_object(
        'duplicate.in_file', jsonb_build_object('sheet', first.sheet, 'row', first.row)),
    {_ADD}
FROM (
    SELECT id, first_value(sheet) OVER same AS sheet, first_value(row) OVER same AS row,
        row_number() OVER same AS number
    FROM enrollment_importrow
    WHERE job_id = %(job)s AND nik <> '' AND nik = ANY (%(niks)s)
    WINDOW same AS (PARTITION BY nik ORDER BY (
        %(taken)s AND severity <> 'error' AND outcome <> 'waiting'
        AND position <> ALL (%(positions)s::int[])
    ) DESC, position)
) first
WHERE r.id = first.id AND first.number > 1 AND {_THESE}
"""  # noqa: S608
_SIMILAR = f"""
WITH twins AS (
    SELECT upper(name) AS name, birth_date FROM enrollment_importrow
    WHERE job_id = %(job)s AND nik <> '' AND name <> '' AND birth_date IS NOT NULL
        AND (%(births)s::date[] IS NULL OR birth_date = ANY (%(births)s::date[]))
    GROUP BY 1, 2 HAVING min(nik) <> max(nik)
)
UPDATE enrollment_importrow r SET {_ADD}
WHERE r.job_id = %(job)s AND r.nik <> '' AND r.severity <> 'error' AND r.name <> ''
    AND {_THESE} AND (
    EXISTS (SELECT FROM twins t WHERE t.name = upper(r.name) AND t.birth_date = r.birth_date)
    OR r.id IN (
        SELECT r.id FROM enrollment_importrow r JOIN enrollment_worker w
            ON w.birth_date = r.birth_date AND upper(w.name) = upper(r.name) AND w.nik <> r.nik
        WHERE r.job_id = %(job)s AND r.nik <> '' AND w.ended_on IS NULL AND {_THESE}
    )
)
"""  # noqa: S608
_ASKED = f"""
SELECT r.nik FROM enrollment_importrow r
WHERE r.job_id = %(job)s AND r.position BETWEEN %(first)s AND %(last)s AND {_THESE}
    AND r.severity <> 'error'
"""  # noqa: S608
_ELSEWHERE = f"""
UPDATE enrollment_importrow r SET {_ADD}
WHERE r.job_id = %(job)s AND r.nik = ANY (%(taken)s)
    AND r.position BETWEEN %(first)s AND %(last)s AND {_THESE}
    AND r.severity <> 'error' AND r.worker_id IS NULL AND NOT (%(late)s AND EXISTS (
        SELECT FROM enrollment_worker w WHERE w.nik = r.nik AND w.brought_by = r.job_id
    ))
"""  # noqa: S608


def _differs(field: Field) -> str:
    """SQL: the list has a value for `field`, and it differs from that of the registry."""
    listed, registered = f"o.{field.staged}", f"w.{field.column}"
    differs = f"{listed} IS NOT NULL AND {listed} IS DISTINCT FROM {registered}"
    if field.kind is Kind.TEXT:
        differs = f"{listed} <> '' AND upper({listed}) <> upper({registered})"
    return f"CASE WHEN {differs} THEN '{field.column}' END"


# `before` stores what the person has in the fields that differ: the page shows it, an update makes
# sure that it has not changed, and undoing the import restores it. OFFSET 0 makes PostgreSQL find
# each row's person by an index: without statistics of these new rows the planner would scan the
# whole registry.
_REGISTERED = f"""
UPDATE enrollment_importrow r SET worker_id = w.id, changes = differing.fields,
    outcome = CASE WHEN %(late)s AND differing.fields <> '{{}}' THEN 'kept' ELSE r.outcome END,
    before = CASE WHEN differing.fields <> '{{}}' THEN (
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(w))
        WHERE key = ANY (differing.fields || 'occupation_id'::text)
    ) END
FROM enrollment_importrow o
CROSS JOIN LATERAL (SELECT * FROM enrollment_worker w WHERE w.nik = o.nik OFFSET 0) w
CROSS JOIN LATERAL (
    SELECT array_remove(ARRAY[{", ".join(map(_differs, person.COMPARED))}], NULL) AS fields
) differing
WHERE r.id = o.id AND o.job_id = %(job)s AND o.nik = ANY (%(taken)s) AND w.area_id = o.village_id
    AND o.position BETWEEN %(first)s AND %(last)s
    AND o.severity <> 'error' AND {_THESE.replace("r.", "o.")} AND o.outcome = %(outcome)s
    AND NOT (%(late)s AND (
        o.worker_id IS NOT NULL
        OR (w.brought_by IS NOT DISTINCT FROM o.job_id AND w.created_at >= now())
    ))
"""  # noqa: S608, our own column names


def run(statement: str, **values: Any) -> int:
    """Execute the statement and return the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        touched: int = cursor.rowcount
    return touched


def lock_registry(job: Import, *, exclusive: bool) -> None:
    """Lock the regency's registry until the transaction ends: shared for taking a list, so that
    several can be taken at once, `exclusive` for undoing one.

    Without the lock, undoing could remove a person whom another list has just found registered and
    therefore does not register again.
    """
    shared = "" if exclusive else "_shared"
    lock = f"pg_advisory_xact_lock{shared}(hashtextextended('registry ' || %(regency)s, 0))"
    run(f"SELECT {lock}", regency=job.area_id[:5])


def avoid_nested_loops() -> None:
    """Make PostgreSQL use hash joins for the rest of the transaction.

    Rows staged a moment ago have no statistics yet. The planner would assume that there are few of
    them and compare each with each.
    """
    run("SET LOCAL enable_nestloop = off")


def find_duplicates(
    job: Import,
    positions: Sequence[int],
    *,
    niks: Collection[str],
    births: Collection[date],
    taken: bool,
) -> None:
    """The same NIK twice in the file, and other NIKs with the same name and birth date.

    `positions`: the rows to be checked; `niks` and `births`: all NIKs and birth dates of these
    rows, so that not every row of the list must be read. `taken`: the good rows have been taken,
    so of two rows with one NIK the one that was taken counts as the first, wherever it is.
    """
    these: SqlValues = {"job": job.pk, "positions": positions, "niks": niks, "births": births}
    run(_IN_FILE, **these, taken=taken, code="duplicate.in_file", error=True)
    run(_SIMILAR, **these, code="duplicate.similar", error=False)


def find_similar(job: Import) -> None:
    """Other NIKs with the same name and birth date, for the whole list."""
    avoid_nested_loops()
    these: SqlValues = {"job": job.pk, "positions": None, "births": None}
    run(_SIMILAR, **these, code="duplicate.similar", error=False)


def find_registered(
    job: Import, first: int = 1, last: int = 2**31 - 1, positions: Sequence[int] | None = None
) -> int:
    """Find rows of people who are registered already: here (sets `worker` and `changes`) or
    elsewhere (adds a finding). Returns how many are elsewhere."""
    return _find_registered(job, first, last, positions, late=False, outcome="")


def find_registered_since(job: Import, first: int, last: int, outcome: str) -> int:
    """Find rows with this `outcome` whose people were registered after the preview, while the list
    is taken. Differences that no user has seen are not written. Returns how many are elsewhere."""
    return _find_registered(job, first, last, None, late=True, outcome=outcome)


def _find_registered(
    job: Import, first: int, last: int, positions: Sequence[int] | None, **how: bool | str
) -> int:
    bounds: SqlValues = {"job": job.pk, "first": first, "last": last, "positions": positions}
    bounds["taken"] = _registered_anywhere(bounds)
    if not bounds["taken"]:
        return 0
    run(_REGISTERED, **bounds, **how)
    bounds["late"] = how["late"]
    return run(_ELSEWHERE, **bounds, code="duplicate.elsewhere", error=True)


def _registered_anywhere(bounds: SqlValues) -> list[str]:
    """NIKs of these rows that are registered anywhere: usually few, which keeps the statements
    that follow small."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT niks_registered(ARRAY({_ASKED}))", bounds)
        return [nik for (nik,) in cursor.fetchall()]


def count(job: Import) -> None:
    """Count the job's rows and findings anew."""
    rows = job.rows.order_by()
    sums = rows.aggregate(people=Count("pk"), good=Count("pk", filter=~Q(severity="error")))
    job.people, job.good = sums["people"], sums["good"]
    codes = rows.values_list(Func(F("codes"), function="unnest"))
    job.counts = dict(codes.annotate(number=Count("pk")))

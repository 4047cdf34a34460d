"""Comparing rows with each other and with the registry, by SQL for many rows at once.

Every statement is limited to one job (and to a range of its positions), and runs in the scope of
the job's office. Of people outside of that scope two functions of the database tell whether their
NIK is registered: before the list is saved only where it has their name and birth date, and
afterwards with a case for the Dinas that keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Func, Q

from enrollment.fields import person
from enrollment.fields.definitions import Field, Kind
from villages import scope

if TYPE_CHECKING:
    from enrollment.imports.models import Import
    from villages.annotations import SqlValues
    from villages.models import Office

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
            AND NOT EXISTS (
                SELECT FROM enrollment_worker own JOIN enrollment_toldapart apart
                    ON apart.first_id = least(own.id, w.id)
                    AND apart.second_id = greatest(own.id, w.id)
                WHERE own.nik = r.nik
            )
    )
)
"""  # noqa: S608
_ASKED = f"""
SELECT r.nik FROM enrollment_importrow r
WHERE r.job_id = %(job)s AND r.position BETWEEN %(first)s AND %(last)s AND {_THESE}
    AND r.severity <> 'error'
"""  # noqa: S608
_HERE = f"SELECT nik FROM enrollment_worker WHERE nik = ANY (ARRAY({_ASKED}))"  # noqa: S608
_TOLD = """
SELECT * FROM niks_told(
    %(job)s, %(first)s, %(last)s, %(positions)s::int[], %(office)s, %(place)s, %(network)s::inet
)
"""
_CLAIMED = """
SELECT * FROM open_duplicate_cases(
    %(job)s, %(first)s, %(last)s, %(outcome)s, %(office)s, %(place)s, %(network)s::inet
)
"""
_FINDING: SqlValues = {"code": "duplicate.elsewhere", "error": True}
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


def find_repeated(
    job: Import, positions: Sequence[int], *, niks: Collection[str], taken: bool
) -> None:
    """The same NIK twice in the file.

    `positions`: the rows to be checked; `niks`: all NIKs of these rows, so that not every row of
    the list must be read. `taken`: the good rows have been taken, so of two rows with one NIK the
    one that was taken counts as the first, wherever it is.
    """
    these: SqlValues = {"job": job.pk, "positions": positions, "niks": niks}
    run(_IN_FILE, **these, taken=taken, code="duplicate.in_file", error=True)


def find_similar(
    job: Import, positions: Sequence[int] | None = None, births: Collection[date] | None = None
) -> None:
    """Other NIKs with the same name and birth date, for the whole list or for the rows at
    `positions`, whose birth dates are `births`."""
    these: SqlValues = {"job": job.pk, "positions": positions, "births": births}
    run(_SIMILAR, **these, code="duplicate.similar", error=False)


def find_registered(
    job: Import,
    by: Office,
    first: int = 1,
    last: int = 2**31 - 1,
    positions: Sequence[int] | None = None,
) -> int:
    """Find rows of people who are registered already: here (sets `worker` and `changes`) or, as far
    as office `by` may be told, elsewhere (adds a finding). Returns of how many people whom the
    office does not see it is told now."""
    bounds: SqlValues = {"job": job.pk, "first": first, "last": last, "positions": positions}
    taken, newly = _told(_TOLD, by, bounds)
    if taken:
        run(_REGISTERED, **bounds, taken=taken, late=False, outcome="")
        run(_ELSEWHERE, **bounds, taken=taken, late=False, **_FINDING)
    return newly


def find_registered_since(job: Import, first: int, last: int, outcome: str) -> None:
    """Find rows with this `outcome` whose people were registered here after the preview, while the
    list is taken. Differences that no user has seen are not written."""
    bounds: SqlValues = {"job": job.pk, "first": first, "last": last, "positions": None}
    with connection.cursor() as cursor:
        cursor.execute(_HERE, bounds)
        taken = [nik for (nik,) in cursor.fetchall()]
    run(_REGISTERED, **bounds, taken=taken, late=True, outcome=outcome)


def claim_registered(job: Import, first: int, last: int, outcome: str) -> tuple[int, int]:
    """Open a case for each person of rows with this `outcome` who is registered elsewhere, while
    the list is taken. Returns how many rows are found to be elsewhere only now, and of how many
    people whom the office does not see it is told thereby."""
    bounds: SqlValues = {"job": job.pk, "first": first, "last": last, "positions": None}
    taken, newly = _told(_CLAIMED, job.office, bounds | {"outcome": outcome})
    found = run(_ELSEWHERE, **bounds, taken=taken, late=True, **_FINDING) if taken else 0
    return found, newly


def _told(question: str, by: Office, bounds: SqlValues) -> tuple[list[str], int]:
    """The NIKs that the database tells office `by`, and how many of them count as told to it."""
    place, network = scope.origin()
    asked = {**bounds, "office": by.pk, "place": place[:200], "network": network}
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        answers = cursor.fetchall()
    return [nik for nik, _ in answers], sum(newly for _, newly in answers)


def count(job: Import) -> None:
    """Count the job's rows and findings anew."""
    rows = job.rows.order_by()
    sums = rows.aggregate(people=Count("pk"), good=Count("pk", filter=~Q(severity="error")))
    job.people, job.good = sums["people"], sums["good"]
    codes = rows.values_list(Func(F("codes"), function="unnest"))
    job.counts = dict(codes.annotate(number=Count("pk")))

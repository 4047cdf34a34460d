"""What takes sight of all rows at once, asked of the database in whole sets.

Every statement is bounded to one job (and to a range of its positions), and runs in the scope of
the job's office. Of people outside of that scope it learns only that their NIK is taken.
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
"""A worker's columns that a list may change → the columns of `ImportRow` in which it says so."""
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
    """SQL: the list says something about `field`, and not what the registry has."""
    ours, theirs = f"o.{field.staged}", f"w.{field.column}"
    said = f"{ours} IS NOT NULL AND {ours} IS DISTINCT FROM {theirs}"
    if field.kind is Kind.TEXT:
        said = f"{ours} <> '' AND upper({ours}) <> upper({theirs})"
    return f"CASE WHEN {said} THEN '{field.column}' END"


# What the person has in the fields that differ is kept beside them: the page shows it, an update
# makes sure that it is still so, and taking the import back restores it. OFFSET 0 has each row look
# up its person by an index; the planner, which has no statistics of rows that came a moment ago,
# would walk through the registry.
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
    """Execute and return the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        touched: int = cursor.rowcount
    return touched


def keep_apart(job: Import, *, alone: bool) -> None:
    """Taking a list and taking one back exclude each other in a regency until the transaction ends.

    Else whoever is found registered here, and so not registered again, could go at that moment.
    Any number of lists are taken at once; `alone` is for taking one back.
    """
    shared = "" if alone else "_shared"
    lock = f"pg_advisory_xact_lock{shared}(hashtextextended('registry ' || %(regency)s, 0))"
    run(f"SELECT {lock}", regency=job.area_id[:5])


def expect_many() -> None:
    """Rows staged a moment ago have no statistics yet: the planner takes them for a handful and
    would compare each with each. For the rest of the transaction it hashes instead."""
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

    `positions`: the rows that are asked about; `niks` and `births`: all that these rows hold,
    which spares looking at every row of the list. `taken`: the others who are good have been
    taken, so that of two with one NIK theirs is the first wherever it stands.
    """
    these: SqlValues = {"job": job.pk, "positions": positions, "niks": niks, "births": births}
    run(_IN_FILE, **these, taken=taken, code="duplicate.in_file", error=True)
    run(_SIMILAR, **these, code="duplicate.similar", error=False)


def find_similar(job: Import) -> None:
    """Other NIKs with the same name and birth date, for the whole list."""
    expect_many()
    these: SqlValues = {"job": job.pk, "positions": None, "births": None}
    run(_SIMILAR, **these, code="duplicate.similar", error=False)


def find_registered(
    job: Import, first: int = 1, last: int = 2**31 - 1, positions: Sequence[int] | None = None
) -> int:
    """Who is registered already: here (then `worker` and `changes` are set) or elsewhere."""
    return _find_registered(job, first, last, positions, late=False, outcome="")


def find_late(job: Import, first: int, last: int, outcome: str) -> int:
    """Who was registered since the preview, while the good rows of `outcome` are being taken:
    a difference that nobody has seen is never written. Returns how many are elsewhere."""
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
    """NIKs of these rows that are taken, wherever: mostly few, so that little is left to ask."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT niks_registered(ARRAY({_ASKED}))", bounds)
        return [nik for (nik,) in cursor.fetchall()]


def count(job: Import) -> None:
    """Bring the job's sums up to date with its rows."""
    rows = job.rows.order_by()
    sums = rows.aggregate(people=Count("pk"), good=Count("pk", filter=~Q(severity="error")))
    job.people, job.good = sums["people"], sums["good"]
    codes = rows.values_list(Func(F("codes"), function="unnest"))
    job.counts = dict(codes.annotate(number=Count("pk")))

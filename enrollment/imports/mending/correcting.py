"""Mending one row of a list: its cells are typed again and checked as the import checked them.

What takes sight of other rows (the same NIK twice, similar people) is asked again for every row
that the change may touch, and the list's sums follow by the difference: a list of 157,058 people
is not counted for one cell.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from enrollment.imports.models import Import, ImportRow, ImportRowQuerySet
from enrollment.imports.reading.checking import COLUMNS, Checker, cells_of
from enrollment.imports.registry import comparing
from enrollment.imports.shapes import TypedRow
from enrollment.imports.typed import as_read, shown
from enrollment.jobs.models import Job
from enrollment.workers.checks.findings import CODES, Severity
from enrollment.workers.checks.rules import Checked
from villages import access
from villages.models import Office
from villages.refusals import Refusal

if TYPE_CHECKING:
    from villages.annotations import SqlValues

Standing = dict[int, tuple[list[str], str]]
"""Position of a row → its codes and severity."""

ERROR = ImportRow.Severity.ERROR
Phase, Outcome = Import.Phase, ImportRow.Outcome
CLOSED = (
    "Daftar ini sudah disimpan, dibuang, atau sedang diproses, jadi baris ini tidak diperbaiki. "
    "Yang Anda ketik masih tertulis di bawah."
)
GONE = "Baris ini sudah disimpan atau dibuang. Yang Anda ketik masih tertulis di bawah."
CHANGED = (
    "Baris ini baru saja diperbaiki orang lain. Yang Anda ketik masih tertulis di bawah; "
    "bila itu yang benar, tekan “Periksa baris ini” sekali lagi."
)
LONGEST = 1000

_OF_ALL = ("duplicate.in_file", "duplicate.similar", "duplicate.elsewhere")
"""Findings that take sight of more than the row."""
_TOUCHED = """
SELECT position FROM enrollment_importrow
WHERE job_id = %(job)s
    AND (NOT %(taken)s OR severity = 'error' OR outcome = 'waiting') AND (
    position = %(position)s OR nik = ANY (%(niks)s) OR (
        birth_date = ANY (%(births)s::date[])
        AND upper(name) IN (SELECT upper(unnest(%(names)s::text[])))
    )
)
"""
_MEND = f"""
UPDATE enrollment_importrow SET {", ".join(f"{name} = %({name})s" for name in COLUMNS)}
WHERE job_id = %(job)s AND position = %(position)s
"""  # noqa: S608, our own column names
_FORGET = """
UPDATE enrollment_importrow r
SET codes = own.codes, details = details - 'duplicate.in_file', worker_id = NULL, changes = '{}',
    before = NULL, overwrite = NULL, outcome = '',
    severity = CASE WHEN own.codes && %(error)s::varchar[] THEN 'error'
        WHEN own.codes && %(gap)s::varchar[] THEN 'gap'
        WHEN own.codes <> '{}' THEN 'warning' ELSE 'clean' END
FROM (
    SELECT id, ARRAY(
        SELECT code FROM unnest(codes) WITH ORDINALITY AS said (code, number)
        WHERE code <> ALL (%(of_all)s) ORDER BY number
    ) AS codes
    FROM enrollment_importrow WHERE job_id = %(job)s AND position = ANY (%(positions)s)
) own
WHERE r.id = own.id
"""
# Who is registered elsewhere waits too: the Dinas learns of them with the next taking.
_WAIT = """
UPDATE enrollment_importrow SET outcome = 'waiting'
WHERE job_id = %(job)s AND position = ANY (%(positions)s)
    AND (severity <> 'error' OR codes @> '{duplicate.elsewhere}'::varchar[])
"""
_GRAVE = {
    str(severity): [
        code for code, it in CODES.items() if it.severity is severity and code not in _OF_ALL
    ]
    for severity in (Severity.ERROR, Severity.GAP)
}


class Mended(NamedTuple):
    """The row as it stands now, and others that its mending freed of an error or gave one."""

    row: ImportRow
    others: list[ImportRow]


def version(row: ImportRow) -> str:
    """Tells one typed state of a row from another."""
    return hashlib.sha256(json.dumps(row.typed, sort_keys=True).encode()).hexdigest()[:16]


def mend(*, by: Office, job: Import, position: int, cells: Mapping[str, str], seen: str) -> Mended:
    """Type cells of the row at `position` anew, keep them and check the row.

    `cells`: field → text as the page gave it; a cell that says what it said stays as it was
    read. `seen`: the `version` of the row that the user had before them. Raises `Refusal` when
    the list or the row is no longer open, or somebody else has changed it: then nothing changes.
    """
    access.permit(by, "import.make")
    with transaction.atomic():  # a refusal lets go of the job, on which a worker may be waiting
        held = open_job(job)
        row = open_rows(held).filter(position=position).first()
        if row is None:
            raise Refusal(GONE)
        if seen != version(row):
            raise Refusal(CHANGED)
        typed = retyped(row.typed, cells)
        if typed == row.typed:
            return Mended(row, [])
        return _mend(held, row, typed)


def open_job(job: Import) -> Import:
    """The list, held, with rows that may be mended. Taking it waits until it is let go."""
    held = Import.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
    if held is None or not is_open(held):
        raise Refusal(CLOSED)
    return held


def is_open(job: Import) -> bool:
    """Whether rows of the list may be mended: before it is taken, and those left over after."""
    if job.phase == Phase.TAKEN:
        return job.state == Job.State.DONE
    return job.phase == Phase.PREVIEW and job.state == Job.State.WAITING


def open_rows(job: Import) -> ImportRowQuerySet:
    """The rows that may be mended: all, and of a list that was taken those that were not."""
    if job.phase == Phase.TAKEN:
        return job.rows.filter(Q(severity=ERROR) | Q(outcome=Outcome.WAITING))
    return job.rows.all()


def ready(job: Import) -> int:
    """How many rows the next taking would take."""
    if job.phase == Phase.TAKEN:
        return job.rows.filter(outcome=Outcome.WAITING).exclude(severity=ERROR).count()
    return job.good


def retyped(typed: TypedRow, cells: Mapping[str, str]) -> TypedRow:
    """`typed` with the cells whose text is another than the one shown; an emptied one is gone."""
    new = dict(typed)
    for field, text in cells.items():
        text = as_read(text)[:LONGEST]
        if text != as_read(shown(field, typed.get(field))):
            new[field] = text
    return {field: cell for field, cell in new.items() if cell != ""}


def _mend(job: Import, row: ImportRow, typed: TypedRow) -> Mended:
    staged = Checker(job.area_id).staged(row.position, row.sheet, row.row, typed)
    touched = _touched(job, row, staged.person)
    before = _standing(job, touched)
    comparing.run(_MEND, job=job.pk, **dict(zip(COLUMNS, cells_of(staged), strict=True)))
    _compare(job, touched)
    if job.phase == Phase.TAKEN:
        comparing.run(_WAIT, job=job.pk, positions=touched)
    after = _standing(job, touched)
    _adjust(job, before, after)
    changed = [
        at for at in touched
        if at != row.position and (before[at][1] == ERROR) != (after[at][1] == ERROR)
    ]  # fmt: skip
    rows = job.rows.filter(position__in=[row.position, *changed])
    by_position = {one.position: one for one in rows}
    return Mended(by_position.pop(row.position), list(by_position.values()))


def _touched(job: Import, row: ImportRow, now: Checked) -> list[int]:
    """Positions of the row and of those that share a NIK, or name and birth, before or after."""
    ask: SqlValues = {
        "job": job.pk,
        "taken": job.phase == Phase.TAKEN,
        "position": row.position,
        "niks": [nik for nik in {row.nik, now.nik} if nik],
        "births": [day for day in {row.birth_date, now.birth_date} if day],
        "names": [row.name, now.name],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, ask)
        return sorted(position for (position,) in cursor.fetchall())


def _standing(job: Import, positions: Sequence[int]) -> Standing:
    rows = job.rows.filter(position__in=positions).order_by()
    return {
        at: (codes, worst) for at, codes, worst in rows.values_list("position", "codes", "severity")
    }


def _compare(job: Import, positions: Sequence[int]) -> None:
    """Ask again what takes sight of all rows, for these."""
    comparing.run(_FORGET, job=job.pk, positions=positions, of_all=list(_OF_ALL), **_GRAVE)
    rows = job.rows.filter(position__in=positions).order_by()
    niks, births = (
        list(rows.values_list(name, flat=True).distinct()) for name in ("nik", "birth_date")
    )
    births = [day for day in births if day]
    taken = job.phase == Phase.TAKEN
    comparing.find_duplicates(job, positions, niks=niks, births=births, taken=taken)
    comparing.find_registered(job, positions=positions)


def _adjust(job: Import, before: Standing, after: Standing) -> None:
    """Move the list's sums by the difference."""
    counts = Counter(job.counts)
    for standing, sign in ((before, -1), (after, 1)):
        for codes, worst in standing.values():
            job.good += sign * (worst != ERROR)
            for code in codes:
                counts[code] += sign
    job.counts = {code: number for code, number in counts.items() if number}
    job.save(update_fields=["good", "counts"])

"""Correcting one row of a list: its cells are typed again and checked like those of the workbook.

Findings that depend on other rows (the same NIK twice, similar people) are found again for every
row that the correction may affect. The list's totals are adjusted by the difference: counting a
list of 157,058 people for one cell would take too long.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from enrollment.illness import rules as illness
from enrollment.imports.models import Import, ImportRow, ImportRowQuerySet
from enrollment.imports.reading.checking import COLUMNS, Checker, cells_of, with_code
from enrollment.imports.registry import comparing
from enrollment.imports.shapes import TypedRow
from enrollment.imports.typed import as_read, shown
from enrollment.jobs.models import Job
from enrollment.limits import actions as limits
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
"""Findings that depend on more than the row itself."""
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
_CORRECT = f"""
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
        SELECT code FROM unnest(codes) WITH ORDINALITY AS stored (code, number)
        WHERE code <> ALL (%(of_all)s) ORDER BY number
    ) AS codes
    FROM enrollment_importrow WHERE job_id = %(job)s AND position = ANY (%(positions)s)
) own
WHERE r.id = own.id
"""
# Rows of people registered elsewhere wait too: the next taking reports them to the Dinas.
_WAIT = """
UPDATE enrollment_importrow SET outcome = 'waiting'
WHERE job_id = %(job)s AND position = ANY (%(positions)s)
    AND (severity <> 'error' OR codes @> '{duplicate.elsewhere}'::varchar[])
"""
_CODES_BY_SEVERITY = {
    str(severity): [
        name for name, code in CODES.items() if code.severity is severity and name not in _OF_ALL
    ]
    for severity in (Severity.ERROR, Severity.GAP)
}


class Corrected(NamedTuple):
    """The row after its correction, and other rows that thereby got or lost an error."""

    row: ImportRow
    others: list[ImportRow]


def version(row: ImportRow) -> str:
    """A text that changes when the row's cells are changed."""
    return hashlib.sha256(json.dumps(row.typed, sort_keys=True).encode()).hexdigest()[:16]


def correct(
    *, by: Office, job: Import, position: int, cells: Mapping[str, str], seen: str
) -> Corrected:
    """Store new text for cells of the row at `position`, and check the row.

    `cells`: field → text from the page; a cell whose text is unchanged stays as it was read.
    `seen`: the `version` of the row that the user saw. Raises `Refusal`, and changes nothing, when
    the list or the row can no longer be corrected or somebody else has changed it.
    """
    access.permit(by, "import.make")
    with transaction.atomic():  # a refusal releases the lock on the job: a worker may wait for it
        locked = open_job(job)
        row = open_rows(locked).filter(position=position).first()
        if row is None:
            raise Refusal(GONE)
        if seen != version(row):
            raise Refusal(CHANGED)
        typed = retyped(row.typed, cells)
        if typed == row.typed:
            return Corrected(row, [])
        return _correct(by, locked, row, typed)


def open_job(job: Import) -> Import:
    """The list, locked, if its rows may be corrected. Taking it must wait for the lock."""
    locked = Import.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
    if locked is None or not is_open(locked):
        raise Refusal(CLOSED)
    return locked


def is_open(job: Import) -> bool:
    """Whether rows of the list may be corrected: in its preview, and after it was taken."""
    if job.phase == Phase.TAKEN:
        return job.state == Job.State.DONE
    return job.phase == Phase.PREVIEW and job.state == Job.State.WAITING


def open_rows(job: Import) -> ImportRowQuerySet:
    """The rows that may be corrected: all, or only those left over if the list was taken."""
    if job.phase == Phase.TAKEN:
        return job.rows.filter(Q(severity=ERROR) | Q(outcome=Outcome.WAITING))
    return job.rows.all()


def ready(job: Import) -> int:
    """How many rows would be taken next."""
    if job.phase == Phase.TAKEN:
        return job.rows.filter(outcome=Outcome.WAITING).exclude(severity=ERROR).count()
    return job.good


def retyped(typed: TypedRow, cells: Mapping[str, str]) -> TypedRow:
    """`typed` with those cells replaced whose text differs from the one shown; emptied cells are
    removed."""
    new = dict(typed)
    for field, text in cells.items():
        text = as_read(text)[:LONGEST]
        if text != as_read(shown(field, typed.get(field))):
            new[field] = text
    return {field: cell for field, cell in new.items() if cell != ""}


def _correct(by: Office, job: Import, row: ImportRow, typed: TypedRow) -> Corrected:
    staged = Checker(job.area_id, job.villages).staged(row.position, row.sheet, row.row, typed)
    if illness.UNREAD in row.codes:  # the answer is not kept with the row, so it is not read again
        staged = with_code(staged, illness.UNREAD)
    touched = _touched(job, row, staged.person)
    before = _standing(job, touched)
    comparing.run(_CORRECT, job=job.pk, **dict(zip(COLUMNS, cells_of(staged), strict=True)))
    _compare(by, job, touched)
    if job.phase == Phase.TAKEN:
        comparing.run(_WAIT, job=job.pk, positions=touched)
    after = _standing(job, touched)
    _adjust(job, before, after)
    changed = [
        at for at in touched
        if at != row.position and (before[at][1] == ERROR) != (after[at][1] == ERROR)
    ]  # fmt: skip
    rows = job.rows.filter(position__in=[row.position, *changed])
    by_position = {row.position: row for row in rows}
    return Corrected(by_position.pop(row.position), list(by_position.values()))


def _touched(job: Import, row: ImportRow, now: Checked) -> list[int]:
    """Positions of the row, and of rows with the same NIK or the same name and birth date, before
    or after the correction."""
    values: SqlValues = {
        "job": job.pk,
        "taken": job.phase == Phase.TAKEN,
        "position": row.position,
        "niks": [nik for nik in {row.nik, now.nik} if nik],
        "births": [day for day in {row.birth_date, now.birth_date} if day],
        "names": [row.name, now.name],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, values)
        return sorted(position for (position,) in cursor.fetchall())


def _standing(job: Import, positions: Sequence[int]) -> Standing:
    rows = job.rows.filter(position__in=positions).order_by()
    return {
        at: (codes, worst) for at, codes, worst in rows.values_list("position", "codes", "severity")
    }


def _compare(by: Office, job: Import, positions: Sequence[int]) -> None:
    """Find again the findings of these rows that depend on other rows. Each row counts as a check:
    else one name after the other could be tried with a NIK."""
    comparing.run(
        _FORGET, job=job.pk, positions=positions, of_all=list(_OF_ALL), **_CODES_BY_SEVERITY
    )
    rows = job.rows.filter(position__in=positions).order_by()
    niks, births = (
        list(rows.values_list(name, flat=True).distinct()) for name in ("nik", "birth_date")
    )
    births = [day for day in births if day]
    taken = job.phase == Phase.TAKEN
    comparing.find_repeated(job, positions, niks=niks, taken=taken)
    told = comparing.find_registered(job, by, positions=positions)
    limits.count(by, checked=len(positions), told=told)
    comparing.find_similar(job, positions, births)


def _adjust(job: Import, before: Standing, after: Standing) -> None:
    """Adjust the list's totals by the difference."""
    counts = Counter(job.counts)
    for standing, sign in ((before, -1), (after, 1)):
        for codes, worst in standing.values():
            job.good += sign * (worst != ERROR)
            for code in codes:
                counts[code] += sign
    job.counts = {code: number for code, number in counts.items() if number}
    job.save(update_fields=["good", "counts"])

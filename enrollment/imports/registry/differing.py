"""Registered people for whom a list has other data: the differences, and the choice for each."""

from __future__ import annotations

from typing import Any, NamedTuple

from enrollment.imports.models import Import, ImportRow, ImportRowQuerySet
from enrollment.imports.registry import comparing
from enrollment.jobs.models import Job
from enrollment.workers.models import Worker
from enrollment.workers.showing import Show, label
from villages import access
from villages.models import Office
from villages.refusals import Refusal

_FIELDS = {field.attname: field for field in Worker._meta.concrete_fields}
CHOICES = {"list": None, "keep": False, "update": True}
"""The choice on the page → `ImportRow.overwrite`."""
Outcome = ImportRow.Outcome
NOT_TAKEN = (Outcome.PENDING, Outcome.WAITING)
CLOSED = "Daftar ini sudah disimpan atau dibuang, jadi pilihannya tidak dapat diubah lagi."
IF_NOT_CHOSEN = "Dibiarkan bila tidak dipilih"
LIKE_THE_LIST = "Ikut pilihan untuk seluruh daftar"
UNKNOWN = "Pilih salah satu: biarkan, perbarui, atau ikuti pilihan seluruh daftar."


def rows_of(job: Import) -> ImportRowQuerySet:
    """The rows of an import whose people are registered with other data."""
    return job.rows.standing("berubah").with_outcome(job)


def describe(row: Any, show: Show) -> None:
    """Give a row what its page shows: the `differences`, written by `show`; the heading of the old
    values (`stood`); what was chosen for it, and what happens `otherwise`."""
    row.differences = changes_of(row, show)
    row.stood = "Sebelum impor ini" if row.became == Outcome.CHANGED else "Di daftar pekerja"
    row.closed = row.became not in NOT_TAKEN
    row.keeps, row.updates = row.overwrite is False, row.overwrite is True
    row.otherwise = IF_NOT_CHOSEN if row.job.is_taken else LIKE_THE_LIST


class Difference(NamedTuple):
    """One field of a person. Only different fields are shown, so none is `marked`."""

    label: str
    registered: str
    listed: str
    marked: bool = False


def changes_of(row: ImportRow, show: Show) -> list[Difference]:
    return [_change(row, name, show) for name in row.changes]


def _change(row: ImportRow, name: str, show: Show) -> Difference:
    old = _FIELDS[name].to_python((row.before or {}).get(name))
    new = getattr(row, comparing.STAGED_AS[name])
    return Difference(label(name), show(name, old), show(name, new))


def is_open(job: Import) -> bool:
    """Whether there may be a choice: in the preview, and later for rows corrected after taking."""
    if job.phase == Import.Phase.TAKEN:
        return job.state == Job.State.DONE
    return job.phase == Import.Phase.PREVIEW and job.state == Job.State.WAITING


def choose(*, by: Office, job: Import, position: int, choice: str) -> ImportRow:
    """Store the user's choice for the person of the row at `position`, and return the row.

    `choice`: a key of `CHOICES`. Raises `Refusal` when it can no longer be changed.
    """
    access.permit(by, "import.make")
    if choice not in CHOICES:
        raise Refusal(UNKNOWN)
    locked = Import.objects.select_for_update(of=("self",)).get(pk=job.pk)
    row = rows_of(locked).filter(position=position).first()
    if row is None or not is_open(locked) or row.became not in NOT_TAKEN:
        raise Refusal(CLOSED)
    row.overwrite = CHOICES[choice]
    row.save(update_fields=["overwrite"])
    return row

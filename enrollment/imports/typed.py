"""Cells as they were typed, as text that people can read and correct."""

import re
from collections.abc import Container

from enrollment.fields.definitions import Kind
from enrollment.fields.person import FIELDS
from enrollment.imports.shapes import TypedCell
from enrollment.workers.checks.findings import Finding
from enrollment.workers.checks.nik import LENGTH, check_kk, check_nik

DATES = ("birth", *(field.name for field in FIELDS if field.kind is Kind.DATE))
CELL_OF = {"birth_date": ("birth_date", "birth"), "rt": ("rt", "rt_rw", "rw_rt")}
HEALTH_NOT_KEPT = "(isi kolom kesehatan tidak disimpan)"
"""Stands where a list said something of somebody's health."""
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def cell_of(finding: Finding, present: Container[str]) -> str | None:
    """The field whose cell the finding is about, among those that are present, or None."""
    names = CELL_OF.get(finding.field, (finding.field,))
    return next((name for name in names if name in present), None)


def shown(field: str, cell: TypedCell) -> str:
    """A typed cell as text: dates are day-month-year, a number damaged by Excel ends in "?"."""
    if cell is None or cell == "":
        return ""
    if field in ("nik", "kk") and not isinstance(cell, str):
        check = check_nik if field == "nik" else check_kk
        digits = plain(cell)
        damaged = check(cell)[1] == f"{field}.excel_damaged"
        # With its wrong last digit it would look like a number that somebody typed.
        return f"{digits[: LENGTH - 1]}?" if damaged else digits
    if field in DATES and isinstance(cell, str):
        return _ISO_DATE.sub(r"\3-\2-\1", cell)
    return plain(cell)


def plain(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)


def as_read(text: str) -> str:
    """A text in one line, as an input of a page sends it back."""
    return " ".join(text.split())

"""The result of checking a list as plain JSON types, for scripts that use the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from enrollment.fields.person import FIELDS
from enrollment.imports.columns import matching
from enrollment.workers.checks.findings import PlainFinding

if TYPE_CHECKING:
    from enrollment.imports.models import Import, ImportRow


class RowFinding(PlainFinding):
    """A finding with the sheet and the number of its row."""

    sheet: str
    row: int


class Report(TypedDict):
    rows: int
    taken: int
    summary: dict[str, int]
    findings: list[RowFinding]
    doubts: list[matching.Doubt]


def of(job: Import) -> Report:
    """The report of an import; to be called in a scope. `summary` is code → rows.

    `taken` is the number of people in the registry after the import; before it is saved, the
    number that there would be. `doubts`: columns of which it is not clear what they mean; the list
    was read by the best guess.
    """
    rows = job.rows.exclude(codes=[]).only("sheet", "row", "codes", "details")
    return {
        "rows": job.people,
        "taken": job.taken if job.phase == job.Phase.TAKEN else job.good,
        "summary": job.counts,
        "findings": [
            {"sheet": row.sheet, "row": row.row, **finding.as_dict()}
            for row in rows.iterator(chunk_size=2000)
            for finding in row.findings
        ],
        "doubts": matching.doubts(job.tables),
    }


def people(job: Import) -> list[dict[str, object]]:
    """Each row as read and kept, NIK included; to be called in a scope.

    `sheet`, `row`, `village` (its code), and each field by its name and by the name of its column
    in `ImportRow` where that differs. Dates are ISO.
    """
    return [_kept(row) for row in job.rows.iterator(chunk_size=2000)]


def _kept(row: ImportRow) -> dict[str, object]:
    values: dict[str, object] = {"sheet": row.sheet, "row": row.row}
    for field in FIELDS:
        if field.name == "status":
            continue  # it is not kept: `person.ended` says what it means
        value = getattr(row, field.staged)
        values[field.name] = values[field.staged] = (
            value.isoformat() if isinstance(value, date) else value
        )
    values["village"] = values["village_id"] = row.village_id
    return values

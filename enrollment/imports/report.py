"""What a list's check has found, as plain JSON types: for whoever scripts the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from enrollment.workers.checks.findings import PlainFinding

if TYPE_CHECKING:
    from enrollment.imports.models import Import


class RowFinding(PlainFinding):
    """A finding and where its row stands."""

    sheet: str
    row: int


class Report(TypedDict):
    rows: int
    taken: int
    summary: dict[str, int]
    findings: list[RowFinding]


def of(job: Import) -> Report:
    """`rows`, `taken`, `summary` (code → rows) and `findings`, to be called in a scope.

    `taken` counts those in the registry after the import, or who would be if it were taken.
    """
    rows = job.rows.exclude(codes=[]).only("sheet", "row", "codes", "details")
    return {
        "rows": job.people,
        "taken": job.taken if job.phase == job.Phase.TAKEN else job.good,
        "summary": job.counts,
        "findings": [
            {"sheet": row.sheet, "row": row.row, **one.as_dict()}
            for row in rows.iterator(chunk_size=2000)
            for one in row.findings
        ],
    }

"""The account of the sheets of a workbook, as an import keeps it: what was done with every row.

The rows that are no people are kept with what they say, so that a user can see that nobody was
lost, or say that one of them is a person after all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from enrollment.imports.columns import matching
from enrollment.imports.models import Import
from enrollment.imports.shapes import RowsBySheet, RowTexts, SheetAccount
from enrollment.sheets.reading import KINDS, SheetReport, Skipped
from enrollment.workers.checks.masking import mask_date
from enrollment.workers.checks.values import tidy
from villages.refusals import Refusal

NAMED, NAMED_UNCOMPUTED = 40, 200
MOST_TEXTS = 600
"""Rows of a workbook of which the words are kept; of the others only number and kind."""
LONGEST = 80
MAYBE_PEOPLE = (
    "group", "total", "signature", "note", "recap", "example", "format", "continued", "unfilled",
)  # fmt: skip
"""Kinds of rows below a heading: somebody may say that one is a person. The others are headings,
rows above them, and tables that are read only when their columns are matched."""
UNKNOWN = "Baris yang Anda centang sudah berubah. Muat ulang halamannya, lalu pilih lagi."
_SEPARATOR = " · "
_OF_OTHER_TABLES = ("no_heading", "left_out")
"""Their rows may be whole people of whom no column is known, so only the first cells are kept."""
_FEW_CELLS = 3
_DAY_FIRST = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d\d)\b")
_YEAR_FIRST = re.compile(r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?\b")


def of(report: SheetReport) -> SheetAccount:
    """The account of a sheet."""
    return {
        "name": report.name,
        "village": tidy(report.village, 100),
        "district": tidy(report.district, 100),
        "visible": report.visible,
        "rows": report.rows,
        "people": report.people,
        "sentence": report.sentence,
        "skipped": {kind: (rows.count, rows.rows[:NAMED]) for kind, rows in _skipped(report)},
        "blank": report.blank,
        "untold": report.untold[:NAMED_UNCOMPUTED],
        "noted": report.noted[:NAMED_UNCOMPUTED],
        "carried": report.carried[:NAMED_UNCOMPUTED],
        "uncomputed": report.uncomputed[:NAMED_UNCOMPUTED],
    }


def texts_of(reports: Iterable[SheetReport]) -> list[RowTexts]:
    """What the rows say that the accounts name, sheet by sheet. They may name somebody, so they
    are kept only as long as the list itself."""
    found: list[RowTexts] = []
    left = MOST_TEXTS
    for report in reports:
        found.append({})
        for kind, rows in _skipped(report):
            if kind != "heading":
                found[-1][kind] = [_shown(kind, text) for text in rows.texts[: min(NAMED, left)]]
                left -= len(found[-1][kind])
    return found


def _skipped(report: SheetReport) -> list[tuple[str, Skipped]]:
    """The skipped rows in the order of `KINDS`."""
    return [(kind, report.skipped[kind]) for kind in KINDS if kind in report.skipped]


def _shown(kind: str, text: str) -> str:
    """What a row says, as anybody may see it who may see the list: of a birth date the year, and
    what stands behind a number as long as a NIK not at all."""
    text = tidy(text)
    if kind in _OF_OTHER_TABLES:
        text = _SEPARATOR.join(text.split(_SEPARATOR)[:_FEW_CELLS])
    text = _YEAR_FIRST.sub(lambda found: mask_date(found[0]), _DAY_FIRST.sub(r"\1", text))
    if number := matching.MANY_DIGITS.search(text):
        behind = "…" if text[number.end() :].strip() else ""
        text = matching.masked(text[: number.end()]) + behind
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def may_be_people(account: SheetAccount, texts: RowTexts) -> dict[int, tuple[str, str]]:
    """Row number → (kind, text) of the rows that somebody may say are people."""
    found = {
        row: (kind, text)
        for kind, (_, rows) in account["skipped"].items() if kind in MAYBE_PEOPLE
        for row, text in zip(rows, texts.get(kind, ()), strict=False)
    }  # fmt: skip
    return dict(sorted(found.items()))


def checked(job: Import, people: Mapping[str, Collection[int]]) -> RowsBySheet:
    """`people` (sheet → rows) as it is kept; refuses rows that were not to be chosen."""
    offered = {sheet: set(rows) for sheet, rows in job.said_people.items()}
    for account, texts in zip(job.sheets, job.row_texts, strict=False):
        offered.setdefault(account["name"], set()).update(may_be_people(account, texts))
    if not all(set(rows) <= offered.get(sheet, set()) for sheet, rows in people.items()):
        raise Refusal(UNKNOWN)
    return {sheet: sorted(rows) for sheet, rows in people.items() if rows}

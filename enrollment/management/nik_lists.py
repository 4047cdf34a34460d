"""The NIKs of any list that somebody has them in: with people, in one column, one a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from enrollment.sheets.headings import describe
from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import Cell, Row, Sheet, UnreadableWorkbook, read
from enrollment.workers.checks.nik import LENGTH, check_nik

SAMPLE = 50
LONG = 10
"""Digits from which on a number may have been meant as a NIK. Phones and family cards are as long,
so without a heading the column with the most good NIKs is taken."""
NOTHING_FOUND = (
    "Tidak ada NIK di berkas ini. Tulis satu NIK di setiap baris, atau beri kolomnya judul “NIK”, "
    "lalu coba lagi."
)
_ALONE = re.compile(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)")
_NUMBERING = re.compile(r"\s*(?:\(?\d{1,6}\s*[.)]|[•*–—-])\s+(?=\S*\d)")
_DAMAGED = re.compile(r"\s*'?\d[.,]\d+e\+?\d+\s*", re.I)


class Entry(NamedTuple):
    """Where a NIK stands, and its cell as read."""

    sheet: str
    row: int
    cell: Cell


def niks_in(path: Path) -> Iterator[Entry]:
    """Yield every NIK in the file: those of its people, or of a sheet that has only numbers.

    Raises `UnreadableWorkbook` with what to do if the file cannot be read or has none.
    """
    reading = Reading(read(path))
    nobody = None
    try:
        for person in reading:
            yield Entry(person.sheet, person.row, person.cells["nik"])
    except UnreadableWorkbook as error:
        nobody = error  # raised again below if the file itself is at fault
    peopled = {report.name for report in reading.reports if report.people}
    found = bool(peopled)
    for sheet in read(path):
        if sheet.visible and sheet.name not in peopled:
            for entry in _in_sheet(sheet, surely=bool(peopled)):
                found = True
                yield entry
    if not found:
        raise UnreadableWorkbook(NOTHING_FOUND) from nobody


def _in_sheet(sheet: Sheet, *, surely: bool) -> Iterator[Entry]:
    """The NIKs of a sheet without names; `surely`: only if half of its numbers are good ones."""
    rows = iter(sheet.rows)
    sample = list(itertools.islice(rows, SAMPLE))
    below, columns = _columns(sample)
    numbers = [cell for _, cells in sample[below:] for cell in _numbers(cells, columns)]
    if surely and 2 * sum(map(_is_good, numbers)) < len(numbers):
        return
    for number, cells in itertools.chain(sample[below:], rows):
        for cell in _numbers(cells, columns):
            yield Entry(sheet.name, number, cell)


def _columns(sample: Sequence[Row]) -> tuple[int, Sequence[int]]:
    """How many rows the heading ends below, and the columns with NIKs: one, or all of them."""
    rows = [cells for _, cells in sample]
    for at, (number, cells) in enumerate(sample):
        if any(map(_is_long, cells)):
            break
        column = describe(number, [cells], rows[at + 1 :]).fields.get("nik")
        if column is not None and any(map(_is_long, _column(rows[at + 1 :], column))):
            return at + 1, [column]
    width = max(map(len, rows), default=0)
    if width > 1 and all(_is_long(cell) for cells in rows for cell in cells if cell != ""):
        return 0, range(width) if width > 2 or len(rows) == 1 else [_best(rows, width)]
    best = _best(rows, width)
    if width == 1 or any(map(_is_long, _column(rows, best))):
        return 0, [best]
    return 0, []


def _best(rows: Sequence[Sequence[Cell]], width: int) -> int:
    """The column with the most different NIKs: those of a family have one family card."""

    def worth(at: int) -> tuple[int, int]:
        cells = _column(rows, at)
        return len(set(filter(_is_good, cells))), sum(map(_is_long, cells))

    return max(range(width), key=worth, default=0)


def _column(rows: Sequence[Sequence[Cell]], at: int) -> list[Cell]:
    return [number for cells in rows for number in _numbers(cells, [at])]


def _numbers(cells: Sequence[Cell], columns: Iterable[int]) -> Iterator[Cell]:
    """What was meant as a NIK in these columns, without numbering, label or name around it."""
    for at in columns:
        cell = cells[at] if at < len(cells) else ""
        if not isinstance(cell, str):
            yield cell
        elif alone := _ALONE.findall(cell):
            yield from alone
        elif _is_number(cell):
            yield _NUMBERING.sub("", cell, count=1)


def _is_number(text: str) -> bool:
    """Whether a text is rather a number than words; a hyphen stands for a NIK that is missing."""
    digits = sum(map(str.isdigit, text))
    return (digits > 0 and digits >= sum(map(str.isalpha, text))) or text.strip() == "-"


def _is_long(cell: Cell) -> bool:
    if isinstance(cell, str):
        long = sum(map(str.isdigit, cell)) >= LONG and _is_number(cell)
        return long or bool(_DAMAGED.fullmatch(_NUMBERING.sub("", cell, count=1)))
    return isinstance(cell, int | float) and abs(cell) >= 10 ** (LONG - 1)


def _is_good(cell: Cell) -> bool:
    return check_nik(cell)[1] is None

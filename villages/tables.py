"""A workbook uploaded to /pengaturan/ as a table: one heading, below it one row of values each.

It is read like any other upload, in a child process with limits (`enrollment.workbooks.opening`),
so that a hostile or broken file costs that child and not the web server.
"""

from pathlib import Path
from typing import Any

from tablib import Dataset

from enrollment.workbooks.inspection import MEGABYTE, UnreadableWorkbook
from enrollment.workbooks.opening import Row, read

LARGEST_FILE = 5 * MEGABYTE
MOST_ROWS = 10_000
"""Rows that one request can check and save; a regency has some 150 to 700 villages."""

TOO_LARGE = "Berkas ini lebih besar daripada 5 MB. Bagi menjadi beberapa berkas, lalu unggah lagi."
TOO_MANY = (
    "Berkas ini berisi lebih dari 10.000 baris. Bagi menjadi beberapa berkas, lalu unggah lagi."
)
EMPTY = (
    "Berkas ini tidak berisi baris di bawah judul kolomnya. Isi tabelnya di lembar pertama, "
    "simpan, lalu unggah lagi."
)


def read_table(path: Path) -> Dataset:
    """The first visible sheet of the workbook at `path`.

    Raises `UnreadableWorkbook` with what to do if the file cannot be read, is empty or too long.
    """
    rows = _first_visible_sheet(path)
    if len(rows) < 2:
        raise UnreadableWorkbook(EMPTY)
    (_, head), *rest = rows
    table = Dataset(headers=[_value(cell) for cell in head])
    for _, cells in rest:
        table.append([_value(cell) for cell in (*cells, *[""] * len(head))[: len(head)]])
    return table


def _first_visible_sheet(path: Path) -> list[Row]:
    for sheet in read(path):
        if not sheet.visible:
            continue
        rows = []
        for row in sheet.rows:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise UnreadableWorkbook(TOO_MANY)
        return rows
    return []


def _value(cell: Any) -> Any:
    """Empty as None; a whole number without the `.0` that spreadsheets store it with."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell

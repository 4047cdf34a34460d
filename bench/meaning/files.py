"""A list as a file, read as an upload is: by the reader's child process."""

from __future__ import annotations

import csv
import html
import io
import tempfile
from datetime import date, datetime
from pathlib import Path

import openpyxl

from bench.meaning.judging import Verdict, verdict
from bench.meaning.model import LaidOut, List, Written, laid_out
from enrollment.workbooks.opening import Cell, read

FORMS = ("xlsx", "csv ;", "csv ,", "csv tab", "csv utf-16", "csv cp1252", "html")


def judged(made: List, number: int) -> tuple[str, Verdict | None]:
    """The list in one of the forms, which follows from its number; None where it has no such "
    "form."""
    form = FORMS[number // 20 % len(FORMS)]
    laid = laid_out(made, fill_merged=False)
    if form != "xlsx" and len(laid.sheets) > 1:
        form = "xlsx"
    with tempfile.TemporaryDirectory() as folder:
        name = laid.sheets[0].name
        path = Path(folder) / f"{name.replace('/', '-')}.{_ending(form)}"
        if form == "xlsx":
            _xlsx(laid, path)
        elif form == "html":
            path.write_text(_html(laid_out(made).sheets[0]), encoding="utf-8")
        else:
            laid = laid_out(made)
            content = _csv(laid.sheets[0], form)
            if content is None:
                return form, None
            path.write_bytes(content)
        return form, verdict(made, laid, read(path))


def _ending(form: str) -> str:
    return {"xlsx": "xlsx", "html": "xls"}.get(form, "csv")


def _xlsx(laid: LaidOut, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for written in laid.sheets:
        sheet = book.create_sheet(written.name)
        sheet.sheet_state = "visible" if written.visible else "hidden"
        for number, cells in written.rows:
            for at, cell in enumerate(cells, 1):
                if cell != "":
                    target = sheet.cell(number, at)
                    target.value = cell
                    if isinstance(cell, str):
                        target.data_type = "s"  # ="3503…" is a text here
        for row, column, height, width in written.merged:
            sheet.merge_cells(
                start_row=row,
                start_column=column + 1,
                end_row=row + height - 1,
                end_column=column + width,
            )
    book.save(path)


def _csv(written: Written, form: str) -> bytes | None:
    """The sheet as CSV, or None if its letters do not exist in the encoding."""
    out = io.StringIO()
    delimiter = {"csv ,": ",", "csv tab": "\t"}.get(form, ";")
    writer = csv.writer(out, delimiter=delimiter)
    row = 0
    for number, cells in written.rows:
        for _ in range(number - row - 1):
            writer.writerow([""] * len(cells))
        writer.writerow([_text(cell) for cell in cells])
        row = number
    encoding = {"csv utf-16": "utf-16", "csv cp1252": "cp1252"}.get(form, "utf-8")
    try:
        return out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return None


def _html(written: Written) -> str:
    """As programs write a table and call it .xls."""
    lines = ["<html><head><meta charset='utf-8'></head><body><table border='1'>"]
    row = 0
    for number, cells in written.rows:
        lines += ["<tr><td></td></tr>"] * (number - row - 1)
        lines.append("<tr>" + "".join(f"<td>{html.escape(_text(c))}</td>" for c in cells) + "</tr>")
        row = number
    return "\n".join([*lines, "</table></body></html>"])


def _text(cell: Cell) -> str:
    """A cell as a spreadsheet shows it in a CSV."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

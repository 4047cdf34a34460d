"""A list as a file: read as an upload is, by the reader's child process, or imported as a whole."""

from __future__ import annotations

import csv
import html
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import openpyxl
from django.core.management import CommandError, call_command

from bench.meaning.judging import Kept, Understood, Verdict, compared, verdict
from bench.meaning.model import LaidOut, List, Written, laid_out
from enrollment.workbooks.opening import Cell, read

FORMS = ("xlsx", "csv ;", "csv ,", "csv tab", "csv utf-16", "csv cp1252", "html")


def judged(made: List, form: str) -> Verdict | None:
    """The list in this form, read; None where it has no such form."""
    with _written(made, form) as written:
        return written and verdict(made, written[0], read(written[1]))


def imported(made: List) -> Verdict:
    """The list as a workbook, through `import_workers --dry-run`."""
    with _written(made, "xlsx") as written:
        assert written
        return compared(made, written[0], lambda: _import(written[1], made.area))


def _import(path: Path, area: str) -> Understood:
    out = io.StringIO()
    options = {"area": area, "dry_run": True, "json": True, "people": True}
    try:
        call_command("import_workers", path, stdout=out, **options)
    except CommandError as error:
        return Understood(refused=str(error))
    found = json.loads(out.getvalue())
    codes = defaultdict(list)
    for each in found["findings"]:
        codes[each["sheet"], each["row"]].append(each["code"])
    people = {}
    for person in found["people"]:
        place = person["sheet"], person["row"]
        ended = "person.ended" in codes[place]
        people[place] = Kept({**person, "ended": ended}, tuple(codes[place]))
    return Understood(people)


@contextmanager
def _written(made: List, form: str) -> Iterator[tuple[LaidOut, Path] | None]:
    """The list as a file in this form, and how it stands there; None where it has no such form."""
    laid = laid_out(made, fill_merged=form != "xlsx")
    content = _xlsx(laid) if form == "xlsx" else None
    if form != "xlsx" and len(laid.sheets) == 1:
        content = _html(laid.sheets[0]) if form == "html" else _csv(laid.sheets[0], form)
    if content is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        name = laid.sheets[0].name.replace("/", "-")
        path = Path(folder) / f"{name}.{_ending(form)}"
        path.write_bytes(content)
        yield laid, path


def _ending(form: str) -> str:
    return {"xlsx": "xlsx", "html": "xls"}.get(form, "csv")


def _xlsx(laid: LaidOut) -> bytes:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
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
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


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


def _html(written: Written) -> bytes:
    """As programs write a table and call it .xls."""
    lines = ["<html><head><meta charset='utf-8'></head><body><table border='1'>"]
    row = 0
    for number, cells in written.rows:
        lines += ["<tr><td></td></tr>"] * (number - row - 1)
        lines.append("<tr>" + "".join(f"<td>{html.escape(_text(c))}</td>" for c in cells) + "</tr>")
        row = number
    return "\n".join([*lines, "</table></body></html>"]).encode()


def _text(cell: Cell) -> str:
    """A cell as a spreadsheet writes it to a CSV: a NIK that has lost its last digit loses more."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.5E}" if cell >= 1e15 and cell % 10 == 0 else str(int(cell))
    return str(cell)

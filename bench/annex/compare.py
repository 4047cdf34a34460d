"""The annex of a decree about a whole regency: seconds and memory of its writer, beside peers.

    bench/annex/run [--people 157058] [--times 3] [--grow 1000,10000]

Each writes the same cells in a process of its own, in turn: ours and openpyxl the whole annex,
XlsxWriter and rustpy-xlsxwriter the rows alone, with one look for all or with none. Then ours with
fewer people. Printed: the medians, the most memory that a process had, the ratio, and whether the
sheets are the same to the last byte.
"""

import argparse
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
SHEET = "xl/worksheets/sheet1.xml"
WRITERS = {
    "ours": "the portal's rows",
    "openpyxl": "openpyxl, write-only",
    "xlsxwriter": "XlsxWriter, constant memory",
    "rustpy": "rustpy-xlsxwriter",
}
WHOLE = ("ours", "openpyxl")
"""They write all of the annex; the others do less."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=157_058)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--grow", default="1000,10000")
    parser.add_argument("--writer", choices=WRITERS)
    asked = parser.parse_args()
    if asked.writer:
        print(json.dumps(measured(asked.writer, asked.people)))
    else:
        compare(asked.people, asked.times)
        for people in map(int, filter(None, asked.grow.split(","))):
            show(f"ours, {people:,} people", [in_a_child("ours", people)])


def compare(people, times):
    print(f"{people:,} people, {times} times each, load {os.getloadavg()[0]:.1f}")
    runs = {writer: [] for writer in WRITERS}
    for _ in range(times):
        for writer in WRITERS:
            runs[writer].append(in_a_child(writer, people))
    for writer, name in WRITERS.items():
        show(name, runs[writer], beside=runs["ours"])
    whole = {run["whole"] for run in runs["ours"]}
    sheets = {run["sheet"] for writer in WHOLE for run in runs[writer]}
    print("the same bytes each time:", len(whole) == 1)
    print("the same sheet as openpyxl's:", len(sheets) == 1)


def show(name, runs, beside=None):
    seconds, memory, size = (middle(runs, what) for what in ("s", "MB", "file"))
    ratio = f"   {seconds / middle(beside, 's'):4.1f} x ours" if beside else ""
    print(f"{name:28} {seconds:6.1f} s {memory:5.0f} MB at most, a file of {size:5.1f} MB{ratio}")


def middle(runs, what):
    return statistics.median(run[what] for run in runs)


def in_a_child(writer, people):
    command = [sys.executable, __file__, "--writer", writer, "--people", str(people)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{os.environ.get('PEERS', '')}"}
    return json.loads(subprocess.check_output(command, cwd=ROOT, env=environment))


def measured(writer, people):
    from enrollment.decrees import annex
    from tests.decrees.people import TRENGGALEK

    if writer == "openpyxl":
        write_with_openpyxl(annex)
    write = PEERS.get(writer, lambda out, rows: annex.write_annex(out, TRENGGALEK, rows))
    with TemporaryFile() as out:
        begun = time.perf_counter()
        write(out, invented(people))
        seconds = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = out.seek(0, os.SEEK_END) / 1e6
        out.seek(0)
        whole = hashlib.file_digest(out, "sha256").hexdigest()
        with ZipFile(out) as archive, archive.open(SHEET) as sheet:
            digest = hashlib.file_digest(sheet, "sha256").hexdigest()
    return {"s": seconds, "MB": memory, "file": size, "whole": whole, "sheet": digest}


def invented(people):
    from tests.decrees.people import PEOPLE

    for number in range(people):
        somebody = PEOPLE[number % len(PEOPLE)]
        yield replace(
            somebody, position=number + 1, name=f"{somebody.name} {number}",
            nik=str(3522010101000000 + number), district=f"KECAMATAN {number * 28 // people:02}",
        )  # fmt: skip


def write_with_openpyxl(annex):
    """Let openpyxl write the cells of the annex, as the portal did before."""
    from openpyxl.cell import WriteOnlyCell

    from enrollment.workbooks.cells import text_cell

    class Cells(annex.Rows):
        def append(self, cells, height):
            self.count += 1
            self.sheet.row_dimensions[self.count].height = height
            self.sheet.append([cell and self.made(*cell) for cell in cells])
            del self.sheet.row_dimensions[self.count]

        def made(self, style, value, number_format):
            if isinstance(value, str):
                return text_cell(self.sheet, *value.split("\n"), style=style)
            cell = WriteOnlyCell(self.sheet, value)
            cell.style = style
            if number_format:
                cell.number_format = number_format
            return cell

    annex.Rows = Cells
    annex.save_frozen = lambda book, rows, out, day: book.save(out)


def cells(rows):
    """The values of each row, in the columns of the annex."""
    from enrollment.decrees import annex
    from tests.decrees.people import TRENGGALEK

    columns = annex._columns(TRENGGALEK, masked=False)
    return ([column.value(row) for column in columns] for row in rows)


def with_xlsxwriter(out, rows):
    from xlsxwriter import Workbook

    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        look = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_size": 9})
        sheet = book.add_worksheet()
        for number, values in enumerate(cells(rows)):
            sheet.write_row(number, 0, values, look)


def with_rustpy(out, rows):
    from rustpy_xlsxwriter import write_worksheet

    named = ({str(at): value for at, value in enumerate(values)} for values in cells(rows))
    write_worksheet(named, out)


PEERS = {"xlsxwriter": with_xlsxwriter, "rustpy": with_rustpy}

if __name__ == "__main__":
    main()

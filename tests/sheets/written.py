"""Fixtures that write a workbook from rows, given as they appear on the sheet."""

from pathlib import Path

import openpyxl
import pytest

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import read

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def workbook(tmp_path):
    """`workbook({"Sheet": rows}, hidden=[…], merged={…})` writes an xlsx and gives its path."""

    def write(sheets, *, hidden=(), merged=(), name="daftar.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    if value not in ("", None):
                        sheet.cell(at, column, value)
            for area in merged:
                sheet.merge_cells(area)
            if title in hidden:
                sheet.sheet_state = "hidden"
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def people(workbook):
    """`people(rows)` reads a sheet with these rows and returns `(people, report)`."""

    def read_people(rows, **options):
        reading = Reading(read(workbook({"Lembar": rows}, **options)))
        return list(reading), reading.reports[0]

    return read_people


@pytest.fixture(scope="session")
def samples():
    """The paths of the sample workbooks, in order."""
    return sorted(SAMPLES.glob("0*"))

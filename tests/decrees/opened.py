"""Helpers that write an annex, open it again and read its rows."""

from io import BytesIO

from openpyxl import load_workbook

from enrollment.decrees.annex import write_annex
from tests.decrees.people import PEOPLE, TRENGGALEK


def annex(rows=PEOPLE, header=TRENGGALEK, **options):
    out = BytesIO()
    write_annex(out, header, rows, **options)
    return out.getvalue()


def sheet_of(data):
    return load_workbook(BytesIO(data)).active


def lines(sheet):
    """The values of each row, without empty cells."""
    return [[value for value in row if value is not None] for row in sheet.values]


def table(sheet):
    """The rows below the table's head, until the signature."""
    (head,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "No."]
    below = [line for line in lines(sheet)[head:] if line]
    (end,) = [i for i, line in enumerate(below) if str(line[0]).startswith("JUMLAH SELURUHNYA")]
    return below[: end + 1]

"""Rows that are written as XML by ourselves are the bytes that openpyxl would write for them."""

import subprocess
import sys
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, NamedStyle

from enrollment.workbooks.archive import save_frozen
from enrollment.workbooks.cells import plain, text_cell
from enrollment.workbooks.rows import Rows
from tests.decrees.test_annex_bytes import INJECTIONS
from tests.sources import BASE

STYLE, MONEY = "Lampiran teks", "Lampiran uang"
TEXTS = [
    *INJECTIONS,
    "",
    " ",
    "3503010108800001",
    "0012",
    "SITI & BUDI <b>\"'</b>",
    "Ñ — 漢字 😀",
    "dua  spasi",
    "spasi\u00a0tetap",
    "SI\x08TI",
    "SI\ud800TI",
    "]]>",
]


def book_and_sheet():
    book = Workbook(write_only=True)
    book.add_named_style(NamedStyle(STYLE, font=Font(name="Bookman Old Style"), number_format="@"))
    book.add_named_style(NamedStyle(MONEY, font=Font(bold=True)))
    return book, book.create_sheet("Lampiran")


def parts(data):
    """The sheet and the styles, which are numbered in the order of their first use."""
    with ZipFile(BytesIO(data)) as archive:
        return [archive.read(f"xl/{name}.xml") for name in ("worksheets/sheet1", "styles")]


def by_openpyxl(lines):
    book, sheet = book_and_sheet()
    for at, (text, number) in enumerate(lines, 1):
        amount = WriteOnlyCell(sheet, number)
        amount.style, amount.number_format = MONEY, '0"."000'
        sheet.row_dimensions[at].height = 19.5
        sheet.append([text_cell(sheet, text, style=STYLE), None, amount])
    out = BytesIO()
    book.save(out)
    return parts(out.getvalue())


def by_rows(lines):
    book, sheet = book_and_sheet()
    out = BytesIO()
    with TemporaryFile() as file:
        rows = Rows(sheet, file)
        for text, number in lines:
            rows.append([(STYLE, plain(text), ""), None, (MONEY, number, '0"."000')], 19.5)
        save_frozen(book, rows, out, date(2026, 1, 2))
    return parts(out.getvalue())


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_written_as_openpyxl_writes_it(text):
    assert by_rows([(text, 7)]) == by_openpyxl([(text, 7)])


def test_many_rows_are_written_as_openpyxl_writes_them():
    lines = [(text, number * 1_000) for number, text in enumerate(TEXTS * 3)]
    assert by_rows(lines) == by_openpyxl(lines)


def test_a_sheet_without_rows_opens():
    (sheet, _) = by_rows([])
    assert b"<sheetData></sheetData>" in sheet


def test_lines_of_one_cell_and_spaces_around_them_are_kept():
    """`plain` leaves none in the annex, but a cell of several lines may begin with an empty one."""
    book, sheet = book_and_sheet()
    out = BytesIO()
    with TemporaryFile() as file:
        rows = Rows(sheet, file)
        rows.append([(STYLE, "\n\nBUPATI", "")], 60)
        save_frozen(book, rows, out, date(2026, 1, 2))
    assert b'<t xml:space="preserve">\n\nBUPATI</t>' in parts(out.getvalue())[0]


PEAK = """
import resource, sys
from dataclasses import replace
from tempfile import TemporaryFile
from enrollment.decrees.annex import write_annex
from tests.decrees.people import TRENGGALEK, row
people = int(sys.argv[1])
base = row(0)
rows = (replace(base, position=at, name=f"ORANG {at}") for at in range(1, people + 1))
with TemporaryFile() as out:
    write_annex(out, TRENGGALEK, rows)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.every
def test_ten_times_the_people_take_no_more_memory():
    few, many = (
        int(subprocess.check_output([sys.executable, "-c", PEAK, people], cwd=BASE, text=True))
        for people in ("2000", "20000")
    )
    assert many < 1.1 * few

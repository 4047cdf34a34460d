"""A list of the pages as a workbook: the same rows and words, text as text, numbers as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import BinaryIO

from lxml import html
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from enrollment.workbooks.cells import plain, text_cell

_NUMBER = re.compile(r"(?:Rp)?(\d{1,3}(?:\.\d{3})*|\d+)")
A4 = 9  # as Excel numbers paper
NARROWEST, WIDEST = 6, 60
"""Characters of a column."""


def text_of(markup: str) -> str:
    """What a reader sees of a piece of a page, on one line. What unfolds counts as folded; buttons
    and boxes say nothing on paper."""
    if "<" not in markup:
        return plain(unescape(markup))
    parts: list[str] = []
    _read(html.fragment_fromstring(markup, create_parent="div"), parts)
    return plain("".join(parts)).replace(" ,", ",")


def _read(element: html.HtmlElement, parts: list[str]) -> None:
    if not _is_seen(element):
        return
    parts.append(element.text or "")
    for child in element:
        if element.tag == "details" and child.tag != "summary":
            continue
        if child.tag == "br":
            parts.append(", ")
        _read(child, parts)
        parts.append(child.tail or "")
    if element.tag in ("p", "li", "summary", "div"):
        parts.append(" ")


def _is_seen(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in ("svg", "button", "input", "select", "form", "label"):
        return False
    classes = (element.get("class") or "").split()
    return "hidden" not in element.attrib and not {"visually-hidden", "btn"} & set(classes)


def number_of(text: str) -> int | None:
    """`1.284` or `Rp16.800` → a number; None for anything else."""
    found = _NUMBER.fullmatch(text)
    return int(found[1].replace(".", "")) if found else None


def write_list(
    file: BinaryIO, *, title: str, about: Sequence[str], headings: Sequence[str],
    numbers: Sequence[bool], rows: Iterable[Sequence[str]],
) -> None:  # fmt: skip
    """Write rows of texts below a title and lines `about` them. `numbers`: of each column, whether
    its texts are numbers, so that they can be added up."""
    rows = list(rows)
    book = Workbook(write_only=True)
    for style in (
        NamedStyle("judul", font=Font(bold=True, size=14)),
        NamedStyle(
            "kepala",
            font=Font(bold=True),
            fill=PatternFill("solid", fgColor="E4F0E9"),
            alignment=Alignment(wrap_text=True, vertical="center"),
        ),
    ):
        book.add_named_style(style)
    sheet = book.create_sheet("Daftar")
    for at, width in enumerate(_widths(headings, rows), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    head = len(about) + 3
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(headings))}{head + len(rows)}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "Halaman &P dari &N"
    sheet.append([text_cell(sheet, title, style="judul")])
    for line in about:
        sheet.append([text_cell(sheet, line)])
    sheet.append([])
    sheet.append([text_cell(sheet, heading, style="kepala") for heading in headings])
    for row in rows:
        pairs = zip(row, numbers, strict=True)
        sheet.append([_cell(sheet, text, is_number) for text, is_number in pairs])
    book.save(file)


def _cell(sheet: Worksheet, text: str, is_number: bool) -> Cell:
    number = number_of(text) if is_number else None
    if number is None:
        return text_cell(sheet, text)
    cell = WriteOnlyCell(sheet, number)
    cell.number_format = "#,##0"
    return cell


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    longest = [len(heading) for heading in headings]
    for row in rows:
        longest = [max(pair) for pair in zip(longest, map(len, row), strict=True)]
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]

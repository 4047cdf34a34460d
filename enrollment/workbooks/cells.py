"""Writing text into a workbook so that it stays text.

Every workbook that the portal sends out writes its text here: a name or an address that somebody
typed must not run as a formula on the computer of the person who opens the file.
"""

import re

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from enrollment.workbooks.kinds.messages import UNCOMPUTED

__all__ = ["UNCOMPUTED", "XLSX", "plain", "starts_a_formula", "text_cell"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The content type of a workbook."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STARTS_A_FORMULA = ("=", "+", "-", "@")


def plain(value: object) -> str:
    """One line of text: characters that XML forbids are dropped, white space is collapsed.

    None is an empty text.
    """
    if value is None:
        return ""
    text = str(value)
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # as most are: all other white space and what XML forbids is not printable
    return " ".join(_NOT_IN_XML.sub("", text).split())


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet program would run this text once somebody has typed Enter in it."""
    return text.startswith(_STARTS_A_FORMULA)


def text_cell(sheet: Worksheet, *lines: object, style: str = "Normal") -> Cell:
    """A text cell in a named style of the sheet's workbook; never a formula, an error or a number.

    Text that looks like a formula is also marked as quoted, so that it stays text when somebody
    edits the cell and presses Enter.
    """
    text = "\n".join(plain(line) for line in lines)
    cell = WriteOnlyCell(sheet, text or None)
    cell.style = style
    if text:
        cell.data_type = "s"
    if starts_a_formula(text):
        cell.quotePrefix = True
    return cell

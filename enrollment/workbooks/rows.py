"""The rows of a long sheet, written as XML without an object for each cell.

openpyxl makes an object and an element tree of every cell, which takes five times as long. Styles,
widths and paper still come from openpyxl, and the bytes are those that it would write itself
(`tests/workbooks/test_rows.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from enrollment.workbooks.cells import starts_a_formula

Cell = tuple[str, str | int, str]
"""The name of a style, the text or number, and the number format if it is not the style's own.

A text must have passed `cells.plain`.
"""


class Rows:
    """The rows of `sheet`, from top to bottom, as XML in the binary file `file`.

    `archive.save_frozen` puts them into the sheet, to which nothing else may be appended.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, file: BinaryIO):
        self.sheet, self.file = sheet, file
        self.count = 0
        self._styles: dict[tuple[str, str, bool], int] = {}
        self._letters = [get_column_letter(column) for column in range(1, 101)]

    def append(self, cells: Sequence[Cell | None], height: float) -> None:
        """Add a row of at most 100 cells, `height` points high; None leaves a place empty."""
        self.count += 1
        row = [f'<row r="{self.count}" ht="{height:g}" customHeight="1">']
        for letter, cell in zip(self._letters, cells, strict=False):
            if cell is not None:
                row.append(f'<c r="{letter}{self.count}" {self._content(*cell)}')
        row.append("</row>")
        self.file.write("".join(row).encode("ascii", "xmlcharrefreplace"))

    def _content(self, style: str, value: str | int, number_format: str) -> str:
        """The attributes of a cell, what is in it, and its end."""
        if isinstance(value, int):
            return f's="{self._style(style, number_format, False)}" t="n"><v>{value}</v></c>'
        number = self._style(style, number_format, starts_a_formula(value))
        if not value:
            return f's="{number}" t="n"></c>'
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        return f's="{number}" t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>'

    def _style(self, name: str, number_format: str, quoted: bool) -> int:
        """The number by which the workbook knows this look; its first use adds it there."""
        known = self._styles.get((name, number_format, quoted))
        if known is None:
            known = self._styles[name, number_format, quoted] = self._add(
                name, number_format, quoted
            )
        return known

    def _add(self, name: str, number_format: str, quoted: bool) -> int:
        cell = WriteOnlyCell(self.sheet)
        cell.style = name
        if number_format:
            cell.number_format = number_format
        if quoted:
            cell.quotePrefix = True
        number: int = cell.style_id
        return number

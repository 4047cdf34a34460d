"""HTML pages: what many systems (OpenSID among them) send as an Excel file with the ending xls.

The page is one sheet, as in Excel: a table's rows are rows, tables stand one under another, and
what stands between them is a row of one cell each. All cells stay text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from enrollment.workbooks.decoding import find_encoding
from enrollment.workbooks.kinds.markup import height, html_events
from enrollment.workbooks.kinds.messages import (
    LAST_COLUMN,
    Added,
    Cell,
    Event,
    Line,
    Merged,
    Opened,
    Refused,
    as_messages,
    cell_text,
    put,
)

UNSEEN = {"script", "style", "title", "xml"}
BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "pre"),
    *("br", "hr", "center", "address", "caption", "blockquote", "section", "header", "footer"),
}
MARKS_A_LIST = {"th", "thead", "caption", "colgroup", "col"}
ROWS_OF_A_LIST = 3
STRIKES = {"s", "strike", "del"}
WIDEST_SPAN, TALLEST_SPAN = 1000, 65_534  # as browsers have it
MOST_NESTED = 50
TAIL = 1 << 16
BREAK = "\0"
_STRUCK_CLASS = re.compile(r"\.([\w-]{1,60})\s*\{[^{}]{0,2000}?line-through")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>")
_DAMAGED = re.compile(r"\d[.,]\d{1,14}E\+?\d\d|#+", re.I)


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of an HTML page."""
    return as_messages(_events(file))


def _events(file: BinaryIO) -> Iterator[Event]:
    if _is_cut(file):
        raise Refused("cut")
    rows = height(file, b"<tr")
    page = Page()
    events = html_events(file, page)
    first = next(events, None)
    if first is None:
        raise Refused("page")
    yield Opened(page.name, True, rows)
    yield first
    yield from events
    yield None


def _is_cut(file: BinaryIO) -> bool:
    """Whether a page that closes its rows ends before it has closed the last table.

    A parser closes at the end what is open: without this, a page that was cut off would be read
    with people missing, unnoticed.
    """
    encoding = find_encoding(file)
    head = file.read(TAIL).decode(encoding, "ignore").lower()
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL) // 2 * 2)  # two bytes are a letter in UTF-16
    tail = file.read().decode(encoding.removesuffix("-sig"), "ignore").lower()
    file.seek(0)
    closed = tail.rfind("</tr")
    return "<table" in head and closed >= 0 and "</table" not in tail[closed:]


class Table:
    """A table that is being read: its current row, and in it the current cell."""

    def __init__(self, *, nested: bool):
        self.kept: list[Draft] | None = [] if nested else None
        self.index = 0  # of the current row
        self.wide_rows = 0  # those with more than one text
        self.row: Draft | None = None
        self.row_struck = False
        self.text: list[str] | None = None  # of the current cell
        self.cell_struck = False
        self.number = ""  # the value that Excel noted besides the text
        self.column = 0
        self.next_column = 0
        self.reaching: dict[int, int] = {}  # column → last row that a cell above reaches down to


class Draft:
    """A row before it has a number; a span is (first column, last column, rows)."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.spans: list[tuple[int, int, int]] = []
        self.struck: set[int] = set()


class Page:
    """Turns the tags of a page into rows.

    Nothing comes out if none of its tables may be a list: tables also lay pages out. By what
    browsers go by, a list has heading cells, a caption, columns or a border, or three rows.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.held: list[Event] = []  # until there is a list
        self.lists = False
        self.name = ""
        self.number = 0
        self.tables: list[Table] = []
        self.text: list[str] = []  # outside of cells
        self.unseen: list[str] = []
        self.css = ""
        self.struck_classes: set[str] = set()
        self.strikes = 0
        self.added = Added()

    # What the parser calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.unseen.clear()
            self._begin_table(attributes)
        elif tag in UNSEEN or self.unseen:
            self.unseen += [tag] * (tag in UNSEEN or tag == "x:name")
        elif tag in ("td", "th"):
            self._begin_cell(attributes)
        elif tag == "tr":
            self._begin_row(attributes)
        elif tag in BLOCKS:
            self._break()
        elif tag in STRIKES:
            self.strikes += 1
        if tag in MARKS_A_LIST:
            self._found_a_list()

    def end(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.pop()
            if tag == "style":
                self.struck_classes |= set(_STRUCK_CLASS.findall(self.css))
                self.css = ""
        elif tag in ("td", "th"):
            if self.tables:
                self._end_cell(self.tables[-1])
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_table()
        elif tag in BLOCKS:
            self._break()
        elif tag in STRIKES:
            self.strikes = max(0, self.strikes - 1)

    def data(self, text: str) -> None:
        inside = self.unseen[-1] if self.unseen else ""
        if inside == "style" and len(self.css) < 200_000:
            self.css += text
        elif inside == "x:name":
            self.name = self.name or text[:31]
        elif not inside:
            table = self.tables[-1] if self.tables else None
            if table is None or table.text is None:
                self.text.append(text)
                return
            table.text.append(text)
            if self.strikes and text.strip():
                table.cell_struck = True

    def comment(self, text: str) -> None:
        if not self.name and (match := _SHEET_NAME.search(text)):
            self.name = match[1]

    def close(self) -> None:
        while self.tables:
            self._end_table()
        self._pass_on()

    # Tables

    def _begin_table(self, attributes: dict[str, str]) -> None:
        if self.tables and self.tables[-1].text is None:
            self._end_table()  # it was never closed
        self._pass_on()
        if len(self.tables) == MOST_NESTED:
            raise Refused("broken")
        self.tables.append(Table(nested=bool(self.tables)))
        if attributes.get("border", "0").strip() not in ("", "0"):
            self._found_a_list()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if not self.tables:
            self._begin_table({})
        self._end_row()
        self._pass_on()
        table = self.tables[-1]
        table.index += 1
        table.row, table.next_column = Draft(), 0
        table.row_struck = self._is_struck(attributes)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if not self.tables or self.tables[-1].row is None:
            self._begin_row({})
        table = self.tables[-1]
        self._end_cell(table)
        at = table.next_column
        while table.reaching.get(at, 0) >= table.index:
            at += 1
        wide = _span(attributes.get("colspan"), WIDEST_SPAN)
        tall = _span(attributes.get("rowspan"), TALLEST_SPAN)
        self.added.add(at - table.next_column + wide - 1)
        if at + wide > LAST_COLUMN:
            raise Refused("memory")
        if tall > 1:
            table.reaching |= dict.fromkeys(range(at, at + wide), table.index + tall - 1)
        if table.row is not None and (tall > 1 or wide > 1):
            table.row.spans.append((at, at + wide - 1, tall))
        table.column, table.next_column, table.text = at, at + wide, []
        table.number = attributes.get("x:num", "")
        table.cell_struck = table.row_struck or self._is_struck(attributes)

    def _end_cell(self, table: Table) -> None:
        if table.text is None or table.row is None:
            return
        value, table.text = _text(table.text), None
        if value:
            put(table.row.cells, table.column, _as_noted(value, table.number))
            if table.cell_struck:
                table.row.struck.add(table.column)

    def _end_row(self) -> None:
        if not self.tables or (row := self.tables[-1].row) is None:
            return
        table = self.tables[-1]
        self._end_cell(table)
        table.row = None
        table.wide_rows += _is_wide(row)
        if table.wide_rows >= ROWS_OF_A_LIST:
            self._found_a_list()
        if table.kept is None:
            self._add(row)
            return
        table.kept.append(row)
        if table.index > 1 and table.wide_rows:
            self._spread()

    def _end_table(self) -> None:
        self._end_row()
        if not self.tables:
            return
        table = self.tables.pop()
        for row in table.kept or ():  # one row or one column: text of the cell around it
            self.text += [BREAK, *(f"{cell} " for cell in row.cells if cell != "")]
        self._pass_on()

    def _spread(self) -> None:
        """Give the rows of the innermost table places of their own, below the rows around it."""
        for table in self.tables:
            for row in table.kept or ():
                self._add(row)
            table.kept = None
            if table is not self.tables[-1] and table.row is not None:
                self._end_cell(table)
                self._add(table.row)
                table.row, table.text = Draft(), []

    # Rows

    def _break(self) -> None:
        if self.tables and self.tables[-1].text is not None:
            self.tables[-1].text.append(BREAK)
        else:
            self._pass_on()

    def _pass_on(self) -> None:
        """Text outside of cells: a row of its own, or part of the cell around its table."""
        text, self.text = self.text, []
        around = next((table for table in reversed(self.tables) if table.text is not None), None)
        if around is not None and around.text is not None:
            around.text += text
        elif value := _text(text):
            draft = Draft()
            draft.cells.append(value)
            self._add(draft)

    def _add(self, row: Draft) -> None:
        self.number += 1
        merged = [
            Merged(self.number, left, self.number + tall - 1, right)
            for left, right, tall in row.spans
        ]
        events = self.events if self.lists else self.held
        events.append(Line(self.number, row.cells, merged, row.struck))

    def _found_a_list(self) -> None:
        if not self.lists:
            self.lists = True
            self.events += self.held
            self.held.clear()

    def _is_struck(self, attributes: dict[str, str]) -> bool:
        return "line-through" in attributes.get("style", "") or not self.struck_classes.isdisjoint(
            attributes.get("class", "").split()
        )


def _is_wide(row: Draft) -> bool:
    return len(row.cells) - row.cells.count("") > 1


def _span(typed: str | None, most: int) -> int:
    match = re.match(r"\s*(\d{1,12})", typed or "")
    if not match:
        return 1
    return min(int(match[1]) or most, most)  # 0 means: as far as the table goes


def _text(pieces: list[str]) -> str:
    """What is seen of these pieces: white space counts as one blank, a break is a new line."""
    lines = (" ".join(line.split()) for line in "".join(pieces).split(BREAK))
    return cell_text("\n".join(filter(None, lines)))


def _as_noted(text: str, number: str) -> Cell:
    """The number that Excel noted, where it shows no more of it than "3,5E+15" or "####"."""
    if number and _DAMAGED.fullmatch(text):
        try:
            return float(number)
        except ValueError:
            pass
    return text

"""SpreadsheetML 2003: a workbook as one XML file, as Excel 2003 and many programs write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import lru_cache
from typing import BinaryIO

from enrollment.workbooks.kinds.markup import height, xml_events
from enrollment.workbooks.kinds.messages import (
    LAST_COLUMN,
    LAST_ROW,
    UNCOMPUTED,
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


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of a SpreadsheetML file."""
    return as_messages(_events(file))


def _events(file: BinaryIO) -> Iterator[Event]:
    rows = height(file, b"<Row")
    hidden: set[int] = set()
    if _says_hidden(file):
        # Whether a sheet is hidden stands below its rows.
        first = Spreadsheet(hidden, 0)
        for _ in xml_events(file, first):
            pass
        hidden = first.found_hidden
        file.seek(0)
    yield from xml_events(file, Spreadsheet(hidden, rows))


def _says_hidden(file: BinaryIO) -> bool:
    tail, found = b"", False
    while not found and (piece := file.read(1 << 20)):
        found = b"Hidden<" in tail + piece or b"H\0i\0d\0d\0e\0n\0<" in tail + piece
        tail = piece[-20:]
    file.seek(0)
    return found


class Spreadsheet:
    """Turns the elements of the file into rows; `hidden` are the places of hidden sheets."""

    def __init__(self, hidden: set[int], rows: int) -> None:
        self.events: list[Event] = []
        self.hidden, self.rows = hidden, rows
        self.found_hidden: set[int] = set()
        self.sheet = -1
        self.struck_styles: set[str] = set()
        self.style = self.row_style = ""
        self.number = self.column = self.right = self.down = 0
        self.line: Line | None = None
        self.merged: list[Merged] = []
        self.struck: set[int] = set()
        self.type = ""
        self.formula = self.remark = False
        self.text: list[str] | None = None
        self.value: Cell = ""
        self.added = Added()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        begin = self._BEGIN.get(_local(tag))
        if begin:
            begin(self, {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        if finish := self._END.get(_local(tag)):
            finish(self)

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def close(self) -> None:
        pass

    def doctype(self, *declared: str) -> None:
        raise Refused("broken")

    # Elements

    def _begin_style(self, given: dict[str, str]) -> None:
        self.style = given.get("ID", "")

    def _begin_font(self, given: dict[str, str]) -> None:
        if self.sheet < 0 and given.get("StrikeThrough") == "1":
            self.struck_styles.add(self.style)

    def _begin_sheet(self, given: dict[str, str]) -> None:
        self.sheet += 1
        self.number = 0
        self.events.append(Opened(given.get("Name", ""), self.sheet not in self.hidden, self.rows))
        self.rows = 0

    def _end_sheet(self) -> None:
        self.events.append(None)

    def _begin_row(self, given: dict[str, str]) -> None:
        self.number = _place(given, self.number + 1, LAST_ROW)
        self.row_style = given.get("StyleID", "")
        self.line, self.merged, self.struck = Line(self.number, []), [], set()
        self.column = 0
        self.down = _count(given.get("Span"))

    def _end_row(self) -> None:
        if self.line is not None:
            self.events.append(self.line._replace(merged=self.merged, struck=self.struck))
        self.line = None
        self.number += self.down

    def _begin_cell(self, given: dict[str, str]) -> None:
        at = _place(given, self.column + 1, LAST_COLUMN) - 1
        self.added.add(max(0, at - self.column))
        across, down = _count(given.get("MergeAcross")), _count(given.get("MergeDown"))
        if across or down:
            self.merged.append(Merged(self.number, at, self.number + down, at + across))
        self.column, self.right = at, at + across + 1
        self.style = given.get("StyleID") or self.row_style
        self.formula, self.value = "Formula" in given, ""

    def _end_cell(self) -> None:
        if self.line is None:
            return
        if self.formula and self.value == "" and self.type != "String":
            self.value = UNCOMPUTED
        if self.value != "":
            put(self.line.cells, self.column, self.value)
            if self.style in self.struck_styles:
                self.struck.add(self.column)
        self.column, self.type = self.right, ""

    def _begin_comment(self, given: dict[str, str]) -> None:
        self.remark = True

    def _end_comment(self) -> None:
        self.remark = False

    def _begin_data(self, given: dict[str, str]) -> None:
        if not self.remark:
            self.type, self.text = given.get("Type", "String"), []

    def _end_data(self) -> None:
        if self.text is None:
            return
        text, self.text = "".join(self.text), None
        self.value = _value(cell_text(text), self.type)

    def _begin_visible(self, given: dict[str, str]) -> None:
        self.text = []

    def _end_visible(self) -> None:
        text, self.text = "".join(self.text or ()), None
        if "Hidden" in text:
            self.found_hidden.add(self.sheet)

    _BEGIN = {
        "Style": _begin_style,
        "Font": _begin_font,
        "Worksheet": _begin_sheet,
        "Row": _begin_row,
        "Cell": _begin_cell,
        "Comment": _begin_comment,
        "Data": _begin_data,
        "Visible": _begin_visible,
    }
    _END = {
        "Worksheet": _end_sheet,
        "Row": _end_row,
        "Cell": _end_cell,
        "Comment": _end_comment,
        "Data": _end_data,
        "Visible": _end_visible,
    }


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _count(typed: str | None) -> int:
    """How many, 0 where nothing is said; more than a spreadsheet has is one more than that."""
    if typed is None or not typed.isdecimal():
        return 0
    return min(int(typed), LAST_ROW + 1) if len(typed) < 10 else LAST_ROW + 1


def _place(given: dict[str, str], following: int, last: int) -> int:
    """The number of a row or column: its own, else the one after the last."""
    place = _count(given.get("Index")) or following
    if place < following:
        raise Refused("broken")
    if place > last:
        raise Refused("memory")
    return place


def _value(text: str, kind: str) -> Cell:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.time() != time() else moment.date()
    except ValueError:
        return text
    if kind == "Boolean":
        return text.strip() == "1"
    return UNCOMPUTED if kind == "Error" else text

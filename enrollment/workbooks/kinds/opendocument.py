"""OpenDocument spreadsheets: zipped (ods) or as one XML file (fods)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import BinaryIO, cast

from enrollment.workbooks.inspection import DAMAGE, MEGABYTE
from enrollment.workbooks.kinds import container
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

ROW = b"<table:table-row"
_MORE = re.compile(rb'number-rows-spanned="(?!1")|text-line-through-style="(?!none")|:formula="')
_WORDS = (b"rows-spanned=", b"line-through-style=", b":formula=")
LONGEST_MARK = 64
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d*)?S")


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of an ods or fods file.

    calamine reads ten times as fast, but only zipped files, and it tells neither cells merged over
    rows nor struck-through ones nor formulas without a result: it reads those that have none.
    """
    if kind == "fods":
        return as_messages(_events(file, height(file, ROW)))
    if _tells_more(file):
        return as_messages(_zipped(file))
    return container.messages(file, kind)


def _tells_more(file: BinaryIO) -> bool:
    """Whether an ods has what calamine does not tell; each part is compared with its checksum."""
    found = False
    try:
        with zipfile.ZipFile(file) as archive:
            for part in archive.namelist():
                with archive.open(part) as stream:
                    rest = b""
                    while piece := stream.read(MEGABYTE):
                        found = found or _is_more(rest + piece)
                        rest = piece[-LONGEST_MARK:]
    except DAMAGE as error:
        raise Refused("broken") from error
    file.seek(0)
    return found


def _is_more(piece: bytes) -> bool:
    # Finding a fixed word first costs a tenth of what the pattern costs.
    return any(word in piece for word in _WORDS) and bool(_MORE.search(piece))


def _zipped(file: BinaryIO) -> Iterator[Event]:
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as stream:
        sample = stream.read(MEGABYTE)
        stream.seek(0)
        size = archive.getinfo("content.xml").file_size
        yield from _events(cast(BinaryIO, stream), sample.count(ROW) * size // max(1, len(sample)))


def _events(file: BinaryIO, rows: int) -> Iterator[Event]:
    return xml_events(file, Spreadsheet(rows))


class Spreadsheet:
    """Turns the elements of a document into rows."""

    def __init__(self, rows: int) -> None:
        self.events: list[Event] = []
        self.rows = rows
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.struck_styles: set[str] = set()
        self.in_table = False
        self.number = 0  # of the last row that has begun
        self.repeated = 1  # how often it stands there
        self.row: list[Cell] = []
        self.row_style = ""
        self.merged: list[Merged] = []
        self.struck: set[int] = set()
        self.column = 0
        self.given: dict[str, str] = {}  # the attributes of the cell
        self.text: list[str] | None = None  # of the cell, in its paragraphs
        self.paragraphs = 0
        self.aside = 0  # how deep in a comment or a drawing
        self.added = Added()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _name(tag)
        if self.aside or name in _ASIDE:
            self.aside += 1
        elif begin := self._BEGIN.get(name):
            begin(self, {_name(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
        elif finish := self._END.get(_name(tag)):
            finish(self)

    def data(self, text: str) -> None:
        if self.text is not None and not self.aside and self.paragraphs:
            self.text.append(text)

    def close(self) -> None:
        pass

    def doctype(self, *declared: str) -> None:
        raise Refused("broken")

    # Elements

    def _begin_style(self, given: dict[str, str]) -> None:
        self.style = given.get("name", "")

    def _table_properties(self, given: dict[str, str]) -> None:
        if given.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _text_properties(self, given: dict[str, str]) -> None:
        if given.get("text-line-through-style", "none") != "none":
            self.struck_styles.add(self.style)

    def _begin_table(self, given: dict[str, str]) -> None:
        visible = given.get("style-name") not in self.hidden_styles
        self.events.append(Opened(given.get("name", ""), visible, self.rows))
        self.rows = self.number = 0
        self.repeated = 1
        self.in_table = True

    def _end_table(self) -> None:
        self.events.append(None)
        self.in_table = False

    def _begin_row(self, given: dict[str, str]) -> None:
        self.number += self.repeated
        self.repeated = _count(given.get("number-rows-repeated"), LAST_ROW)
        self.row_style = given.get("default-cell-style-name", "")
        self.row, self.merged, self.struck, self.column = [], [], set(), 0

    def _end_row(self) -> None:
        if not self.row or not self.in_table:
            return
        if self.number + self.repeated - 1 > LAST_ROW:
            raise Refused("memory")
        self.added.add((self.repeated - 1) * len(self.row))
        for number in range(self.number, self.number + self.repeated):
            self.events.append(Line(number, [*self.row], self.merged, self.struck))

    def _begin_cell(self, given: dict[str, str]) -> None:
        self.given, self.text, self.paragraphs = given, [], 0

    def _end_cell(self) -> None:
        given, text = self.given, cell_text("".join(self.text or ()))
        self.text = None
        times = _count(given.get("number-columns-repeated"), LAST_COLUMN)
        value = _value(given, text)
        if value != "":
            self._put(value, times)
        down = _count(given.get("number-rows-spanned"), LAST_ROW) - 1
        across = _count(given.get("number-columns-spanned"), LAST_COLUMN) - 1
        if down or across:
            right, bottom = self.column + across, self.number + down
            self.merged.append(Merged(self.number, self.column, bottom, right))
        self.column += times

    def _put(self, value: Cell, times: int) -> None:
        last = self.column + times - 1
        if last >= LAST_COLUMN:
            raise Refused("memory")
        self.added.add(last - len(self.row))
        struck = self.given.get("style-name", self.row_style) in self.struck_styles
        for at in range(self.column, last + 1):
            put(self.row, at, value)
            if struck:
                self.struck.add(at)

    def _covered_cell(self, given: dict[str, str]) -> None:
        self.column += _count(given.get("number-columns-repeated"), LAST_COLUMN)

    def _begin_paragraph(self, given: dict[str, str]) -> None:
        if self.text is not None:
            if self.paragraphs:
                self.text.append("\n")
            self.paragraphs += 1

    def _spaces(self, given: dict[str, str]) -> None:
        if self.text is not None:
            self.text.append(" " * _count(given.get("c"), 1000))

    def _tab(self, given: dict[str, str]) -> None:
        if self.text is not None:
            self.text.append("\t")

    def _line_break(self, given: dict[str, str]) -> None:
        if self.text is not None:
            self.text.append("\n")

    _BEGIN = {
        "style": _begin_style,
        "table-properties": _table_properties,
        "text-properties": _text_properties,
        "table": _begin_table,
        "table-row": _begin_row,
        "table-cell": _begin_cell,
        "covered-table-cell": _covered_cell,
        "p": _begin_paragraph,
        "s": _spaces,
        "tab": _tab,
        "line-break": _line_break,
    }
    _END = {
        "table": _end_table,
        "table-row": _end_row,
        "table-cell": _end_cell,
    }


_ASIDE = {"annotation", "shapes", "tracked-changes", "frame", "custom-shape", "forms"}


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    space, _, local = name.rpartition("}")
    return f"calcext:{local}" if space.endswith("calcext:1.0") else local


def _count(typed: str | None, most: int) -> int:
    """How often or how far, at least 1; more than a spreadsheet has is one more than that."""
    if typed is None or not typed.isdecimal():
        return 1
    return max(1, int(typed) if len(typed) < 10 else most + 1)


def _value(given: dict[str, str], text: str) -> Cell:
    kind = given.get("value-type", "")
    try:
        if kind in ("float", "percentage", "currency"):
            return float(given.get("value", text))
        if kind == "date":
            return _moment(given.get("date-value", ""))
        if kind == "time":
            return _duration(given.get("time-value", ""))
    except ValueError:
        return text
    if kind == "boolean":
        return given.get("boolean-value", text).lower() == "true"
    if ("formula" in given and not kind) or given.get("calcext:value-type") == "error":
        return UNCOMPUTED
    return given.get("string-value", text) if kind == "string" else text


def _moment(typed: str) -> Cell:
    moment = datetime.fromisoformat(typed)
    return moment if moment.time() != time() else moment.date()


def _duration(typed: str) -> Cell:
    match = _DURATION.fullmatch(typed)
    if not match:
        raise ValueError(typed)
    hours, minutes, seconds = map(int, match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)

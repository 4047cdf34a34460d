"""Text files: one row a line, cells between delimiters.

All cells stay text: whether a comma in a number is the decimal sign cannot be known.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, TypedDict

from enrollment.workbooks.decoding import find_encoding
from enrollment.workbooks.kinds.messages import (
    LONGEST_CELL,
    Event,
    Line,
    Opened,
    Refused,
    as_messages,
    clean,
)

DELIMITERS = ";,\t|"
SAMPLE = 100
_NUMBER = re.compile(r"""[ '"=.-]*\d[\d '".-]{9,30}|[ '"=]*\d[.,]\d{1,14}E\+?\d\d["]?""", re.I)
"""A whole cell that is a NIK or another long number, or what Excel has made of one."""


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of a text file."""
    return as_messages(_events(file))


def _events(file: BinaryIO) -> Iterator[Event]:
    unfinished = not _ends_with_a_line(file)
    encoding, size = find_encoding(file), file.seek(0, io.SEEK_END)
    file.seek(0)
    lines = map(clean, io.TextIOWrapper(file, encoding, newline=""))
    try:
        sample = list(itertools.islice(lines, SAMPLE))
        height = size * len(sample) // max(1, len("".join(sample).encode(encoding)))
        yield Opened("", True, height)
        yield from _lines(sample, lines, unfinished)
        yield None
    except UnicodeDecodeError as error:
        raise Refused("broken") from error


def _lines(sample: Sequence[str], rest: Iterable[str], unfinished: bool) -> Iterator[Line]:
    named = named_delimiter(sample)
    delimiter = named or find_delimiter(sample)
    before: list[str] = []
    cells: list[str] = []
    lines = itertools.chain(sample, rest)
    for number, row in enumerate(_Records(lines, _form(sample, delimiter)), 1):
        before, cells = cells, row
        if not (named and number == 1):
            yield Line(number, list(cells))
    if unfinished and len(cells) < len(before):
        raise Refused("cut")


class _Records:
    """The rows of cells in these lines.

    Python's parser must be strict, or a quote that is never closed swallows the rows below it. But
    a quoted nickname at the beginning of a cell ("ATI" AMINAH) is no reason to refuse a list: such
    a line is read once more, if its quotes are closed in it.
    """

    def __init__(self, lines: Iterable[str], form: Form):
        self.lines, self.form = iter(lines), form
        self.record: list[str] = []  # the lines read since the last row

    def __iter__(self) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_CELL)
        while True:
            try:
                for row in csv.reader(self._remembered(), strict=True, **self.form):
                    self.record.clear()
                    yield row
                return
            except csv.Error as error:
                yield self._mended(error)
                self.record.clear()

    def _remembered(self) -> Iterator[str]:
        for line in self.lines:
            self.record.append(line)
            yield line

    def _mended(self, error: csv.Error) -> list[str]:
        if not any('"' in line for line in self.record):
            raise Refused("long") from error
        if len(self.record) == 1:
            # Were a quote still open, the line after it would become part of the row.
            after = [*self.record, "\n" * (not self.record[0].endswith(("\n", "\r"))), "."]
            try:
                rows = list(csv.reader(filter(None, after), **self.form))
            except csv.Error:
                rows = []
            if rows and rows[-1] == ["."]:
                return rows[0]
        raise Refused("quotes") from error


def _ends_with_a_line(file: BinaryIO) -> bool:
    """Whether the file ends with a line break; one that was cut off within a row does not.

    MS-DOS ended text with ^Z.
    """
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 64))
    tail = file.read().rstrip(b"\x1a\0 ")
    file.seek(0)
    return tail.endswith((b"\n", b"\r")) or not tail


def named_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter named in a first line `sep=;`, as Excel writes and reads it."""
    match = re.fullmatch(r'"?sep=(.)"?\1*\s*', lines[0], re.I) if lines else None
    return match[1] if match else None


def find_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that makes of these lines a table with the most sense."""
    return max(DELIMITERS, key=lambda delimiter: sense(lines, delimiter))


def sense(lines: Sequence[str], delimiter: str) -> tuple[float, float]:
    """How much sense the lines make with this delimiter: at most 4; then the width of its rows.

    Long numbers that stand alone in a cell say most; then rows of equal width, and a row of so many
    short texts, such as a heading is. Addresses may contain any delimiter, in any number.
    """
    rows = [row for row in _leniently(lines, delimiter) if any(row)]
    if not rows:
        return 0, 0
    width = statistics.mode(map(len, rows))
    numbered = sum(any(map(_NUMBER.fullmatch, row)) for row in rows)
    equal = sum(len(row) == width for row in rows) if width > 1 else 0
    titled = any(len(row) == width and _is_heading(row) for row in rows)
    return (2 * numbered + equal) / len(rows) + titled, statistics.median(map(len, rows))


def _is_heading(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 and all(
        len(cell) <= 40 and not _DELIMITED.search(cell) and any(map(str.isalpha, cell))
        for cell in filled
    )


_DELIMITED = re.compile(r"[;\t|]")


class Form(TypedDict):
    """What Python's parser is told."""

    delimiter: str
    skipinitialspace: bool


def _form(lines: Sequence[str], delimiter: str) -> Form:
    """Some programs write a blank after the delimiter; a quote after it is a quote all the same."""
    spaced = any(f'{delimiter} "' in line for line in lines)
    return {"delimiter": delimiter, "skipinitialspace": spaced}


def _leniently(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, **_form(lines, delimiter)))
    except csv.Error:
        return []

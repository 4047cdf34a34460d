"""What the child process tells of a workbook, whatever its kind.

A kind (a module of this room) yields events: `Opened` begins a sheet, a `Line` is one of its rows,
None ends it. `as_messages` makes of them what goes through the pipe (`reader.py`): rows in batches,
with the values of merged cells in every row that they span. Whoever reads the rows gets `Merged`
ranges and struck cells no later than the first row that they concern, so nothing is read twice.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

BATCH = 2000
MOST_IN_A_BATCH = 200_000
MOST_ADDED = 5_000_000
LONGEST_CELL = 32_767  # Excel's own limit
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576  # Excel's own limits
TALLEST_TITLE = 4

UNCOMPUTED = "#RUMUS?"
"""A cell with a formula of which the file has no result, or an error: what it would show is
unknown, but it is not empty."""

Cell = str | float | bool | date | time | timedelta
"""A cell as stored, "" where empty; `float` includes int here, `date` includes datetime."""
Row = tuple[int, list[Cell]]
"""A row's number in the spreadsheet and its cells."""


class Refused(Exception):
    """The workbook is refused; the text is a key of `opening.REASONS`."""


class Merged(NamedTuple):
    """A range of merged cells, both ends included: rows as numbered, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Opened(NamedTuple):
    """A sheet begins: `height` is roughly the number of its rows."""

    name: str
    visible: bool = True
    height: int = 0


class Line(NamedTuple):
    """A row, the merged ranges that begin in it, and its columns that are struck through."""

    number: int
    cells: list[Cell]
    merged: Sequence[Merged] = ()
    struck: Collection[int] = ()


class About(NamedTuple):
    """What is to be known about the rows of the next batch."""

    merged: list[Merged]
    struck: dict[int, tuple[int, ...]]


Event = Opened | Line | None


def as_messages(events: Iterator[Event]) -> Iterator[object]:
    """The messages for these events: see `reader.py`."""
    for opened in events:
        if not isinstance(opened, Opened):
            continue
        yield tuple(opened)
        lines = (line for line in iter(lambda: next(events), None) if isinstance(line, Line))
        if opened.visible:
            yield from batches(filled(lines))
        else:
            for _ in lines:
                pass
        yield None


def plain_batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Lists of rows without the blank ones, where there is nothing more to say about them."""
    # Of nearly every row already the first cell tells that it is not blank.
    rows = (row for row in rows if any(row[1]) or row[1].count("") != len(row[1]))
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


def batches(lines: Iterator[Line]) -> Iterator[object]:
    """Lists of rows without the blank ones, each after what is to be known about it."""
    lines = (line for line in lines if line.cells.count("") != len(line.cells))
    while batch := list(_take(lines)):
        merged = [area for line in batch for area in line.merged]
        struck = {line.number: tuple(line.struck) for line in batch if line.struck}
        if merged or struck:
            yield About(merged, struck)
        yield [(line.number, line.cells) for line in batch]


def _take(lines: Iterator[Line]) -> Iterator[Line]:
    cells = 0
    for line in itertools.islice(lines, BATCH):
        yield line
        cells += len(line.cells)
        if cells > MOST_IN_A_BATCH:
            return


def filled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with the value of a merged cell in every row that it spans downwards.

    Where a heading is merged over its two lines, the second stays empty there: what stands to the
    right and left tells the lines of a heading from rows of a list. A row in which nothing else
    stands stays blank, and the second line of one person's row, over which that person's NIK is
    merged too, does not become a second person.
    """
    reaching: dict[int, tuple[int, Cell]] = {}  # column → last row, value
    for line in lines:
        number, cells, merged, _ = line
        if reaching:
            reaching = {at: below for at, below in reaching.items() if below[0] >= number}
            if reaching and not _continues(cells, reaching.values()):
                for at, (_, value) in reaching.items():
                    put(cells, at, value, over=False)
        for area in merged:
            value = cells[area.left] if area.left < len(cells) else ""
            if value != "" and area.bottom > number and _is_in_a_list(area, cells):
                reaching[area.left] = (area.bottom, value)
        yield line


def _continues(cells: Sequence[Cell], reaching: Iterable[tuple[int, Cell]]) -> bool:
    """Whether a row belongs to the one above it: blank, or a text or two beside a merged NIK."""
    own = [cell for cell in cells if cell != ""]
    if not own:
        return True
    beside = any(_is_long(value) for _, value in reaching)
    return beside and len(own) <= 2 and not any(map(_is_number, own))


def put(cells: list[Cell], at: int, value: Cell, *, over: bool = True) -> None:
    """Write the value into the column `at`, which may lie beyond the last cell so far."""
    if at >= len(cells):
        cells.extend([""] * (at + 1 - len(cells)))
    if over or cells[at] == "":
        cells[at] = value


def _is_in_a_list(area: Merged, cells: Sequence[Cell]) -> bool:
    if area.left == area.right and area.bottom - area.top >= TALLEST_TITLE:
        return True
    return any(map(_is_number, cells))


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(_DIGITS.fullmatch(cell))


def _is_long(cell: Cell) -> bool:
    """Whether a cell is a number as long as a NIK."""
    if isinstance(cell, str):
        return _is_number(cell) and sum(map(str.isdigit, cell)) > 12
    return isinstance(cell, int | float) and cell > 1e12


_DIGITS = re.compile(r"[ .,/'-]*\d[\d .,/'-]*")


class Added:
    """Counts cells that a file asks for without containing them: by repeating, or by a number.

    Ten bytes can ask for a billion. A list of people needs none or a few.
    """

    def __init__(self) -> None:
        self.left = MOST_ADDED

    def add(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Refused("memory")


_CONTROL = dict.fromkeys([*range(32), 0x7F, 0xFEFF, 0xFFFE, 0xFFFF])
_CONTROL |= dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F), " ")
for _kept in "\t\n\r":
    del _CONTROL[ord(_kept)]


def clean(text: str) -> str:
    """The text without control characters and byte order marks that got into it."""
    return text if text.isprintable() else text.translate(_CONTROL)


def cell_text(text: str) -> str:
    """The text of a cell, clean and no longer than Excel has it."""
    if len(text) > LONGEST_CELL:
        raise Refused("long")
    return clean(text)

"""A list with its truth, made of parts: whatever part is dropped, the rest still has its truth.

So what a list means is derived when it is laid out (`laid_out`), from what its columns, titles and
sheets say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from enrollment.fields.person import FIELDS
from enrollment.workbooks.opening import Cell

Truth = Mapping[str, tuple[object, ...]]
"""Field → the values that are right. Besides the fields of a person: `village` (code, or None where
an error is right), `ended` (dead, moved or gone), `told` (how a code begins that the row must have;
`ANY` for any error or warning), `district` (which one is named), `within` (which one must be named
for the village to be known)."""
ANY = ""
ASIDE = ("told", "district", "within")
"""What is no value of a row."""

NOWHERE = (None,)
ABSENT: Truth = {
    **{field.name: ("",) for field in FIELDS if field.name != "status"},
    "village": NOWHERE,
    "ended": (False,),
}


class Level(IntEnum):
    """What a title is about; it ends the titles of its own level and below."""

    DOCUMENT, SHEET, DISTRICT, VILLAGE, GROUP, HAMLET, RT, FAMILY = range(8)


@dataclass(frozen=True)
class Filled:
    """What stands in a column, and what that says. A column of several cells has several values.

    `ditto` stands there instead where the person above has the same. `plain`: the same in the usual
    spelling, to see whether the spelling matters.
    """

    value: Cell | tuple[Cell, ...]
    says: Truth = field(default_factory=dict)
    ditto: str = ""
    plain: Filled | None = None


@dataclass(frozen=True)
class Column:
    """A column, or a few that belong together (`subs`: the headings of each, "" for none).

    Without a heading of its own, only `subs` stand there. `group` stands above it and those beside
    it of the same group. `merged`: its cells are merged
    over the rows of people with the same value. `plain`: the usual heading.
    """

    key: str
    heading: str
    group: str = ""
    subs: tuple[str, ...] = ()
    merged: bool = False
    plain: str = ""

    @property
    def width(self) -> int:
        return max(1, len(self.subs))


@dataclass(frozen=True)
class Line:
    """A row below or above a heading.

    `cells`: column → what stands there; `at`: position → cell, for rows that keep to no column.
    `says`: of a person, what outweighs the columns; of a title with a `level`, what holds for the
    people below. `own`: the person's values, right even where no column gives them. `below`: what
    goes on in the row below, which is no row of its own. `needs`: the column without which the line
    would mean something else, so it goes too. `repeats`: the heading stands here again. `blank`:
    rows left empty above.
    """

    cells: Mapping[str, Filled] = field(default_factory=dict)
    at: Mapping[int, Cell] = field(default_factory=dict)
    person: bool = False
    says: Truth = field(default_factory=dict)
    level: Level | None = None
    own: Truth = field(default_factory=dict)
    below: Mapping[str, Cell] = field(default_factory=dict)
    needs: str = ""
    repeats: bool = False
    blank: int = 0


@dataclass(frozen=True)
class Table:
    """A heading with its lines; one without columns is only text. `below`: a heading that spans two
    lines stands in the lower one instead of the upper; not right of a group, which would seem to
    stand above it."""

    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    above: tuple[Line, ...] = ()
    below: bool = False


@dataclass(frozen=True)
class Plan:
    """A sheet. `says`: what its name says of its people."""

    name: str
    tables: tuple[Table, ...]
    says: Truth = field(default_factory=dict)
    visible: bool = True


@dataclass(frozen=True)
class List:
    """A list for `area`. `kind`: what it tries; `doubtful`: to ask about its columns is right."""

    number: int
    kind: str
    area: str
    plans: tuple[Plan, ...]
    doubtful: bool = False


@dataclass
class Written:
    """A sheet as it is read: its rows without blank ones, and the merged areas (row, column from 0,
    height, width)."""

    name: str
    visible: bool
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class LaidOut:
    """The sheets of a list, and who is on them: (sheet, row) → truth."""

    sheets: list[Written] = field(default_factory=list)
    people: dict[tuple[str, int], Truth] = field(default_factory=dict)


def laid_out(made: List, *, fill_merged: bool = True) -> LaidOut:
    """The list as rows of cells; merged cells count for every row unless `fill_merged` is False,
    as a file has them."""
    result = LaidOut()
    for plan in made.plans:
        _Layout(made, plan, result, fill_merged).run()
    return result


class _Layout:
    def __init__(self, made: List, plan: Plan, result: LaidOut, fill_merged: bool):
        self.made, self.plan, self.people, self.fill = made, plan, result.people, fill_merged
        self.sheet = Written(plan.name, plan.visible)
        result.sheets.append(self.sheet)
        self.row = 0
        self.titles: dict[Level, Truth] = {Level.SHEET: plan.says}

    def run(self) -> None:
        for table in self.plan.tables:
            self._table(table)
        width = max((len(cells) for _, cells in self.sheet.rows), default=0)
        for _, cells in self.sheet.rows:
            cells.extend([""] * (width - len(cells)))

    def _table(self, table: Table) -> None:
        for line in table.above:
            self._begin(line)
            self._write(line, ())
        if table.columns:
            self._heading(table)
        above: Line | None = None
        self.spans: dict[str, int] = {}
        keys = {column.key for column in table.columns}
        for line in table.lines:
            if line.needs and line.needs not in keys:
                continue
            self._begin(line)
            if line.person:
                self._person(line, above, table.columns)
                above = line
                continue
            if line.repeats:
                self._heading(table)
            else:
                self._write(line, table.columns)
            above, self.spans = None, {}

    def _begin(self, line: Line) -> None:
        self.row += line.blank
        if line.level is not None:
            self.titles = {at: says for at, says in self.titles.items() if at < line.level}
            self.titles[line.level] = line.says

    def _heading(self, table: Table) -> None:
        deep = any(c.group or (c.heading and any(c.subs)) for c in table.columns)
        lines: list[list[Cell]] = [[], []] if deep else [[]]
        group, spanned = "", False
        for column in table.columns:
            rest = [""] * (column.width - 1)
            own = [column.heading, *rest] if column.heading else [*column.subs] or [""]
            if not deep:
                lines[0] += own
            elif column.group:
                lines[0] += ["" if column.group == group else column.group, *rest]
                lines[1] += own
            elif column.heading and any(column.subs):
                lines[0] += own
                lines[1] += column.subs
            else:
                lower = table.below and not spanned
                lines[lower] += own
                lines[not lower] += [""] * column.width
            group, spanned = column.group, spanned or bool(column.group or any(column.subs))
        for line in lines:
            self._add(list(line))

    def _person(self, line: Line, above: Line | None, columns: tuple[Column, ...]) -> None:
        cells: list[Cell] = []
        for column in columns:
            filled = line.cells.get(column.key, Filled(("",) * column.width))
            values = filled.value if isinstance(filled.value, tuple) else (filled.value,)
            same = above is not None and above.cells.get(column.key) == filled
            if same and filled.ditto:
                values = (filled.ditto,)
            if column.merged:
                values = self._merged(column, len(cells), values, same=same)
            cells += values
        self._add(cells)
        self.people[self.plan.name, self.row] = self._truth(line, columns)
        if line.below:
            rest = {key: Filled(cell) for key, cell in line.below.items()}
            self._write(Line(rest), columns)

    def _merged(
        self, column: Column, at: int, values: tuple[Cell, ...], *, same: bool
    ) -> tuple[Cell, ...]:
        """The cells of a merged column, which only the first row of a span has in a file."""
        first = self.spans.get(column.key)
        if not same or first is None:
            self.spans[column.key] = self.row + 1
            return values
        height = self.row + 2 - first
        if height > 2:
            self.sheet.merged.remove((first, at, height - 1, 1))
        self.sheet.merged.append((first, at, height, 1))
        return values if self.fill else ("",)

    def _truth(self, line: Line, columns: tuple[Column, ...]) -> Truth:
        truth: dict[str, tuple[object, ...]]
        truth = {name: (*values, *line.own.get(name, ())) for name, values in ABSENT.items()}
        if self.made.area.count(".") == 3:
            truth["village"] = (self.made.area,)
        for _, says in sorted(self.titles.items()):
            truth |= says
        titled = truth["village"]
        for column in columns:
            if column.key in line.cells:
                truth |= line.cells[column.key].says
        truth |= line.says
        if titled not in (NOWHERE, truth["village"]):
            truth["told"] = (ANY,)  # two that differ
        if truth.get("district") != truth.get("within", truth.get("district")):
            truth["village"] = NOWHERE
        return truth

    def _write(self, line: Line, columns: tuple[Column, ...]) -> None:
        cells: list[Cell] = []
        for column in columns:
            filled = line.cells.get(column.key)
            cells.append(filled.value if filled and not isinstance(filled.value, tuple) else "")
            cells += [""] * (column.width - 1)
        for at, cell in line.at.items():
            cells += [""] * (at + 1 - len(cells))
            cells[at] = cell
        self._add(cells)

    def _add(self, cells: list[Cell]) -> None:
        self.row += 1
        if any(cell != "" for cell in cells):
            self.sheet.rows.append((self.row, cells))


def without_oddities(column: Column) -> Column:
    """The column under its usual heading, if it has one."""
    return replace(column, heading=column.plain, group="") if column.plain else column


def people_of(made: List) -> Iterator[Line]:
    for plan in made.plans:
        for table in plan.tables:
            yield from (line for line in table.lines if line.person)

"""A list in the making: plain at first, until the kinds (`kinds.py`) have changed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from bench.meaning import wordings
from bench.meaning.model import Column, Filled, Level, Line, List, Plan, Table, Truth
from bench.meaning.people import Crowd, Somebody
from bench.meaning.villages import Regency, Village, plain
from enrollment.workbooks.opening import Cell

Fill = Callable[[Somebody], Filled]
"""What stands in a column for a person."""

USUAL = (
    "number", "nik", "kk", "name", "birth_place", "birth_date", "sex", "address", "hamlet", "rt",
    "rw", "village", "district", "occupation", "phone", "mother_name",
)  # fmt: skip
NEVER_MISSING = {"nik", "name"}


def text(*cells: Cell, at: int = 0, blank: int = 0, **more: object) -> Line:
    """A line that keeps to no column."""
    return Line(at=dict(enumerate(cells, at)), blank=blank, **more)  # type: ignore[arg-type]


def _attribute(key: str) -> Fill:
    return lambda one: Filled(getattr(one, key), {key: (getattr(one, key),)})


def _birth_date(one: Somebody) -> Filled:
    return Filled(f"{one.birth_date:%d-%m-%Y}", {"birth_date": (one.birth_date,)})


class Draft:
    """`wide`: the list is for a whole regency and names villages; else for one village."""

    def __init__(self, number: int, dice: Random, regency: Regency, *, wide: bool):
        self.number, self.dice, self.regency, self.wide = number, dice, regency, wide
        self.crowd = Crowd(dice)
        self.villages = dice.sample(regency.single, dice.randint(2, 4) if wide else 1)
        self.known = {village.code: village for village in regency.villages}
        self.columns = [self._plain(key) for key in USUAL if self._has(key)]
        self.fills: dict[str, Fill] = {key: _attribute(key) for key in USUAL}
        self.fills["birth_date"] = _birth_date
        self.fills["village"] = self._village
        self.fills["district"] = lambda one: Filled(
            self.known[one.village].district, {"district": (self.known[one.village].district,)}
        )
        self.fills["number"] = lambda one: Filled(float(self._next_number()))
        self.numbered = 0
        self.people = [one for village in self.villages for one in self.crowd_of(village)]
        self.above: list[Line] = []
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.before: list[Plan] = []
        self.after: list[Plan] = []
        self.plans: list[Plan] = []
        self.name = dice.choice(("Sheet1", "Data", "Lembar1", "DAFTAR"))
        self.below, self.doubtful = dice.random() < 0.3, False

    def _village(self, one: Somebody) -> Filled:
        village = self.known[one.village]
        says: Truth = {"village": (one.village,)}
        if plain(village.name) in self.regency.shared:
            says = {**says, "within": (village.district,)}
        return Filled(village.name, says)

    def _has(self, key: str) -> bool:
        if key in ("village", "district"):
            return self.wide
        return key in NEVER_MISSING or self.dice.random() < 0.75

    def _plain(self, key: str) -> Column:
        return Column(key, wordings.PLAIN[key], plain=wordings.PLAIN[key])

    def _next_number(self) -> int:
        self.numbered += 1
        return self.numbered

    def crowd_of(self, village: Village) -> list[Somebody]:
        count = self.dice.randint(2, 4) if self.wide else self.dice.randint(4, 9)
        return [self.crowd.somebody(village.code) for _ in range(count)]

    # Columns

    def has(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)

    def ensure(self, *keys: str) -> None:
        """Give the list these usual columns, each in its usual place."""
        for key in keys:
            if not self.has(key):
                usual = [column.key for column in self.columns if column.key in USUAL]
                before = [other for other in usual if USUAL.index(other) < USUAL.index(key)]
                at = 1 + self.position(before[-1]) if before else 0
                self.columns.insert(at, self._plain(key))

    def remove(self, *keys: str) -> None:
        self.columns = [column for column in self.columns if column.key not in keys]

    def position(self, key: str) -> int:
        return next(at for at, column in enumerate(self.columns) if column.key == key)

    def change(self, key: str, **changes: object) -> None:
        at = self.position(key)
        self.columns[at] = replace(self.columns[at], **changes)  # type: ignore[arg-type]

    def add(self, column: Column, fill: Fill, at: int | None = None) -> None:
        """A further column, at a random place unless `at` says where."""
        at = self.dice.randint(0, len(self.columns)) if at is None else at
        self.columns.insert(at, column)
        self.fills[column.key] = fill

    def put(self, instead: Sequence[str], column: Column, fill: Fill) -> None:
        """One column instead of these, where the first of them stood or would stand."""
        self.ensure(instead[0])
        at = self.position(instead[0])
        self.columns[at] = column
        self.remove(*(key for key in instead if key != column.key))
        self.fills[column.key] = fill

    def spell(self, key: str, spelled: Callable[[Somebody], Cell]) -> None:
        """Another spelling of what a column says."""
        usual = self.fills[key]

        def fill(one: Somebody) -> Filled:
            plain = usual(one)
            return Filled(spelled(one), plain.says, plain=plain)

        self.fills[key] = fill

    # Lines

    def write(self) -> None:
        self.numbered = 0
        self.lines = [self.line(one) for one in self.people]

    def line(self, one: Somebody) -> Line:
        cells = {column.key: self.fills[column.key](one) for column in self.columns}
        return Line(cells, person=True, own=one.own)

    def name_of(self, line: Line) -> str:
        return str(line.cells["name"].value)

    def letterhead(self, *lines: Line) -> None:
        self.above += lines

    def finish(self, kind: str) -> List:
        table = Table(tuple(self.columns), tuple(self.lines), tuple(self.above), self.below)
        plans = self.plans or [Plan(self.name, (table, *self.tables))]
        area = self.regency.code if self.wide else self.villages[0].code
        everything = (*self.before, *plans, *self.after)
        return List(self.number, kind, area, everything, self.doubtful)

    def table(self, lines: Sequence[Line], above: Sequence[Line] = ()) -> Table:
        return Table(tuple(self.columns), tuple(lines), tuple(above), self.below)

    def villages_of(self, lines: Sequence[Line]) -> list[tuple[Village, list[Line]]]:
        """The lines of each village, in the order in which the people were invented."""
        ordered = zip(self.people, lines, strict=True)
        groups: dict[str, list[Line]] = {}
        for one, line in ordered:
            groups.setdefault(one.village, []).append(line)
        return [(self.known[code], group) for code, group in groups.items()]


def title(words: str, level: Level, says: Truth, *, at: int = 0, blank: int = 0) -> Line:
    return Line(at={at: words}, level=level, says=says, blank=blank)

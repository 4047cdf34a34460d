"""The smallest list that still fails in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bench.meaning.model import Filled, Line, List, Plan, Table, laid_out, without_oddities

Fails = Callable[[List], bool]
T = TypeVar("T")
DECIDING = {"nik", "name", "name_nik"}
"""Columns that stay: without them it is another fault."""


def shrunk(made: List, fails: Fails) -> List:
    """Drop sheets, tables, rows, columns and oddities as long as it `fails`."""
    again = True
    while again:
        again = False
        for smaller in _smaller(made):
            if laid_out(smaller).people and fails(smaller):
                made, again = smaller, True
                break
    return made


def _smaller(made: List) -> Iterator[List]:
    """All lists that are a little simpler, the most daring first."""
    for plans in _without(made.plans):
        yield replace(made, plans=plans)
    for at, plan in enumerate(made.plans):
        for tables in _without(plan.tables):
            yield _with(made, at, replace(plan, tables=tables))
        for number, table in enumerate(plan.tables):
            for simpler in _simpler(table):
                tables = (*plan.tables[:number], simpler, *plan.tables[number + 1 :])
                yield _with(made, at, replace(plan, tables=tables))


def _with(made: List, at: int, plan: Plan) -> List:
    return replace(made, plans=(*made.plans[:at], plan, *made.plans[at + 1 :]))


def _simpler(table: Table) -> Iterator[Table]:
    for lines in _without(table.lines):
        yield replace(table, lines=lines)
    for above in _without(table.above):
        yield replace(table, above=above)
    for at, column in enumerate(table.columns):
        rest = (*table.columns[:at], *table.columns[at + 1 :])
        if column.key not in DECIDING:
            yield replace(table, columns=rest)
    for at, column in enumerate(table.columns):
        plain = without_oddities(column)
        if plain != column and column.width == 1:
            columns = (*table.columns[:at], plain, *table.columns[at + 1 :])
            yield replace(table, columns=columns)
    for at, line in enumerate(table.lines):
        for simpler in _simpler_lines(line):
            yield replace(table, lines=(*table.lines[:at], simpler, *table.lines[at + 1 :]))


def _simpler_lines(line: Line) -> Iterator[Line]:
    if line.blank:
        yield replace(line, blank=0)
    for key, filled in line.cells.items():
        if filled.plain or filled.ditto:
            plain = filled.plain or Filled(filled.value, filled.says)
            yield replace(line, cells={**line.cells, key: plain})


def _without(parts: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Without one half, a quarter …, down to one."""
    size = len(parts) // 2
    while size:
        for at in range(0, len(parts), size):
            yield (*parts[:at], *parts[at + size :])
        size //= 2
    if len(parts) == 1:
        yield ()

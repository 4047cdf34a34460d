"""What the JSON columns of an import hold. Tuples come back from the database as lists."""

from __future__ import annotations

from typing import TypedDict

Match = dict[str, int]
"""Field → column index; empty for a table that is no list of people."""
Matches = dict[str, Match]
"""Signature of a heading → its match."""
TypedCell = str | float | None
"""A cell as JSON keeps it: dates are text, int is among float, None is what nobody typed."""
TypedRow = dict[str, TypedCell]
"""Field → the cell as it stood."""

Kept = str | int | None
"""What a registered person had in a field, as JSON keeps it: dates are text."""


class SheetAccount(TypedDict):
    """What became of a sheet (`SheetReport`); `skipped` is kind → (how many, the first rows)."""

    name: str
    village: str
    district: str
    visible: bool
    rows: int
    people: int
    sentence: str
    skipped: dict[str, tuple[int, list[int]]]


class ReadHeading(TypedDict):
    """A heading as it was read: its row, and (column index, heading, field) of each column."""

    sheet: str
    row: int
    signature: str
    columns: list[tuple[int, str, str | None]]


class TableColumn(TypedDict):
    """A column as the user is shown it: `rival` is a field that another column has taken."""

    at: int
    heading: str
    field: str | None
    guessed: bool
    rival: str | None
    samples: list[str]


class Table(TypedDict):
    """One of the different headings of a list.

    It stands on `sheets` (name, row): the first few, and how many `more`. It is in `doubt` when
    somebody should look at it, `corrected` when the user matched it, `left_out` when the user
    said that it is no list, `complete` when people can be read by it.
    """

    key: str
    signature: str
    sheets: list[tuple[str, int]]
    more: int
    columns: list[TableColumn]
    doubt: bool
    corrected: bool
    left_out: bool
    complete: bool

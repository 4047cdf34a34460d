"""The types of an import's JSON columns. Tuples come back from the database as lists."""

from __future__ import annotations

from typing import NotRequired, TypedDict

Match = dict[str, int]
"""Field → column index; empty for a table that is not a list of people."""
Matches = dict[str, Match]
"""Signature of a heading → its match."""
Villages = dict[str, str]
"""A name of a village as written (`columns.villages.written`) → its code."""
RowsBySheet = dict[str, list[int]]
"""Sheet → row numbers."""
RowTexts = dict[str, list[str]]
"""Kind of skipped row → what the first of them say."""
TypedCell = str | float | None
"""A cell as stored in JSON: dates are text, float includes int, None is an empty cell."""
TypedRow = dict[str, TypedCell]
"""Field → the cell as typed."""

Kept = str | int | None
"""The value of a registered person's field, as stored in JSON: dates are text."""


class SheetAccount(TypedDict):
    """The account of a sheet (`SheetReport`); `skipped` is kind → (count, first row numbers).

    Lists read by earlier versions lack what is not required, here and below.
    """

    name: str
    village: str
    district: str
    visible: bool
    rows: int
    people: int
    sentence: str
    skipped: dict[str, tuple[int, list[int]]]
    blank: NotRequired[int]
    uncomputed: NotRequired[list[int]]
    carried: NotRequired[list[int]]
    noted: NotRequired[list[int]]
    untold: NotRequired[list[int]]


class ReadHeading(TypedDict):
    """A heading as it was read: its row, and (column index, heading, field) of each column."""

    sheet: str
    row: int
    signature: str
    columns: list[tuple[int, str, str | None]]


class TableColumn(TypedDict):
    """A column as shown to the user: `rival` is a field that it means too, but which another
    column holds; `parts` are all columns (`at`) over which its field is spread."""

    at: int
    heading: str
    field: str | None
    guessed: bool
    rival: str | None
    samples: list[str]
    parts: NotRequired[list[int]]


class Table(TypedDict):
    """One of the different headings of a list.

    `sheets` are the first few places (name, row) where it occurs, `more` the number of others.
    `doubt`: a user should look at it. `corrected`: the user matched it. `left_out`: the user said
    that it is not a list of people. `complete`: people can be read by it. `replaces`: it names
    people who are replaced beside those who replace them.
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
    replaces: NotRequired[bool]

"""The heading of a table: which of its columns holds which field of a person."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enrollment.sheets.words import meaning, normalise
from enrollment.workbooks.opening import Cell

__all__ = ["Column", "Heading", "describe", "text_at"]

LONGEST_HEADING = 80
MOST_COLUMNS = 256


@dataclass(frozen=True)
class Column:
    """A column: `index` from 0, the `heading` as typed, its `field` or None, first `samples`.

    `guessed`: the match is to be confirmed by the user. `rival`: the field that this column means
    too, but which another column holds.
    """

    index: int
    heading: str
    field: str | None = None
    guessed: bool = False
    rival: str | None = None
    samples: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Heading:
    """The heading of a table: its rows in the spreadsheet, its columns, its signature.

    `signature` is the same for every file with these headings, so that a user's correction can be
    applied again. `corrected`: such a correction was applied. `left_out`: the user said that the
    table is not a list of people.
    """

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    signature: str
    corrected: bool = False
    left_out: bool = False

    @property
    def fields(self) -> dict[str, int]:
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def complete(self) -> bool:
        """Whether people can be read: NIK and name are enough."""
        return {"nik", "name"} <= self.fields.keys()

    def correct(self, fields: Mapping[str, int]) -> "Heading":
        """This heading with the user's own match, field → column index, instead of ours.

        No field at all means that the table is left out.
        """
        chosen = {index: field for field, index in fields.items()}
        number = self.fields.get("number")
        columns = tuple(
            replace(
                column,
                field=chosen.get(column.index) or ("number" if column.index == number else None),
                guessed=False,
                rival=None,
            )
            for column in self.columns
        )
        return replace(self, columns=columns, corrected=True, left_out=not fields)


def describe(
    first_row: int, lines: Sequence[Sequence[Cell]], ahead: Sequence[Sequence[Cell]] = ()
) -> Heading:
    """The heading in `lines` (rows of cells), with samples from the rows `ahead` below it."""
    width = min(max(map(len, lines)), MOST_COLUMNS)
    paths = [_path(lines, index) for index in range(width)]
    columns = []
    for index, path in enumerate(paths):
        field, guessed = meaning(*path) if path else (None, False)
        heading = " / ".join(" ".join(line.split()) for line in path)
        samples = tuple(row[index] for row in ahead if index < len(row) and row[index] != "")[:5]
        columns.append(Column(index, heading, field, guessed, samples=samples))
    words = [" / ".join(map(normalise, path)) for path in paths]
    while words and not words[-1]:
        words.pop()
    signature = hashlib.sha256("|".join(words).encode()).hexdigest()
    last_row = first_row + len(lines) - 1
    return Heading(first_row, last_row, tuple(_without_repeats(columns)), signature)


def _path(lines: Sequence[Sequence[Cell]], index: int) -> tuple[str, ...]:
    """The texts above one column, top first; a merged cell counts for every column it spans."""
    path = []
    for depth, line in enumerate(lines):
        own = text_at(line, index)
        below = [text_at(lower, index) for lower in lines[depth + 1 :]]
        if not own and any(below):
            own = _spanning(lines, depth, index)
        if own:
            path.append(own)
    return tuple(path)


def _spanning(lines: Sequence[Sequence[Cell]], depth: int, index: int) -> str:
    """The nearest text to the left, if it is a group heading: one with further texts below it."""
    for left in range(index - 1, -1, -1):
        if text := text_at(lines[depth], left):
            grouped = any(text_at(lower, left) for lower in lines[depth + 1 :])
            return text if grouped else ""
    return ""


def text_at(cells: Sequence[Cell], index: int) -> str:
    """The cell's text, or "" where it is not a text short enough for a heading."""
    cell = cells[index] if index < len(cells) else ""
    return cell if isinstance(cell, str) and 0 < len(cell.strip()) <= LONGEST_HEADING else ""


def _without_repeats(columns: list[Column]) -> list[Column]:
    """One column for each field: the first with a sure match, else the first with a guess."""
    taken: dict[str, int] = {}
    for column in sorted(columns, key=lambda column: (column.guessed, column.index)):
        if column.field:
            taken.setdefault(column.field, column.index)
    if not {"sex_male", "sex_female"} <= taken.keys() or "sex" in taken:
        taken.pop("sex_male", None)
        taken.pop("sex_female", None)
    return [
        column
        if column.field is None or taken.get(column.field) == column.index
        else replace(column, field=None, rival=column.field if column.field in taken else None)
        for column in columns
    ]

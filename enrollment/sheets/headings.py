"""The heading of a table: which of its columns holds which field of a person.

The words of each heading and the cells below it are weighed together: words that mean a field are
believed unless the cells contradict them, and cells decide where words do not (`columns.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enrollment.sheets import vocabulary
from enrollment.sheets.columns import Column, assigned
from enrollment.sheets.knowledge import NOTHING, Knowledge
from enrollment.sheets.meanings import LONGEST_HEADING, Meaning, Role, meaning
from enrollment.sheets.words import normalise
from enrollment.workbooks.opening import Cell

__all__ = ["Column", "Heading", "describe", "text_at"]

MOST_COLUMNS = 256


@dataclass(frozen=True)
class Heading:
    """The heading of a table: its rows in the spreadsheet, its columns, its signature.

    `signature` is the same for every file with these headings, so that a user's correction can be
    applied again. `width`: how many columns have a heading. `corrected`: such a correction was
    applied. `left_out`: the user said that the table is not a list of people. `without_nik`: its
    people have no column of NIKs, and an empty one has been added.
    """

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    signature: str
    width: int
    corrected: bool = False
    left_out: bool = False
    without_nik: bool = False

    @property
    def fields(self) -> dict[str, int]:
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """Field → its columns, where its value is spread over several."""
        return {
            column.field: column.parts for column in self.columns if column.field and column.parts
        }

    @property
    def divided(self) -> tuple[int, int] | None:
        """The column whose cells hold both name and NIK, and that in which the NIKs are put."""
        inner = ((each.within, each.index) for each in self.columns if each.field == "nik")
        return next(((whole, at) for whole, at in inner if whole is not None), None)

    @property
    def replaces(self) -> bool:
        """Whether a list has people who are replaced beside those who replace them, and not only
        their wrong numbers beside the right ones."""
        people = [each.said for each in self.columns if each.said.field in ("nik", "name")]
        old = [said for said in people if said.role is Role.OLD]
        of_names = any(said.field == "name" and said.role is not Role.OWN for said in people)
        return bool(old) and (of_names or any(map(_speaks_of_people, old)))

    @property
    def complete(self) -> bool:
        """Whether people can be read: NIK and name are enough."""
        return {"nik", "name"} <= self.fields.keys()

    def with_empty_nik(self) -> Heading:
        """This heading with a column of NIKs that holds nothing, so that people can be read."""
        empty = Column(len(self.columns), "", field="nik")
        return replace(self, columns=(*self.columns, empty), without_nik=True)

    def correct(self, fields: Mapping[str, int]) -> Heading:
        """This heading with the user's own match, field → column index, instead of ours.

        No field at all means that the table is left out.
        """
        chosen = {index: field for field, index in fields.items()}
        number = self.fields.get("number")
        columns = tuple(
            _chosen(
                column, chosen.get(column.index) or ("number" if column.index == number else None)
            )
            for column in self.columns
        )
        return replace(self, columns=columns, corrected=True, left_out=not fields)


def _chosen(column: Column, field: str | None) -> Column:
    """The column with the user's field; a field over several columns stays so if it is the same."""
    parts = column.parts if field == column.field else ()
    return replace(column, field=field, guessed=False, rival=None, parts=parts)


def _speaks_of_people(said: Meaning) -> bool:
    """Whether an old value is somebody's who has been replaced ("diganti"), not a wrong one."""
    return bool(said.words & (vocabulary.OLD - vocabulary.OLD_VALUES))


def describe(
    first_row: int,
    lines: Sequence[Sequence[Cell]],
    ahead: Sequence[Sequence[Cell]] = (),
    knowledge: Knowledge = NOTHING,
) -> Heading:
    """The heading in `lines` (rows of cells), weighed with the rows `ahead` below it."""
    width = min(max(map(len, lines)), MOST_COLUMNS)
    widest = min(max(map(len, [*lines, *ahead])), MOST_COLUMNS)
    paths = [_path(lines, index) for index in range(widest)]
    columns = []
    for index, path in enumerate(paths):
        heading = " / ".join(" ".join(line.split()) for line in path)
        below = tuple(row[index] if index < len(row) else "" for row in ahead)
        asked = any(map(knowledge.asks_of_illness, (*path, " ".join(path))))
        said = Meaning("ill") if asked else meaning(*path)
        columns.append(Column(index, heading, said, below))
    words = [" / ".join(map(normalise, path)) for path in paths]
    while words and not words[-1]:
        words.pop()
    signature = hashlib.sha256("|".join(words).encode()).hexdigest()
    last_row = first_row + len(lines) - 1
    return Heading(first_row, last_row, tuple(assigned(columns, knowledge)), signature, width)


def _path(lines: Sequence[Sequence[Cell]], index: int) -> tuple[str, ...]:
    """The texts above one column, top first; a merged cell counts for every column it spans."""
    path: list[str] = []
    for depth, line in enumerate(lines):
        own = text_at(line, index)
        below = [text_at(lower, index) for lower in lines[depth + 1 :]]
        if not own and any(below):
            own = _spanning(lines, depth, index)
        if own and own not in path[-1:]:
            path.append(own)
    return tuple(path)


def _spanning(lines: Sequence[Sequence[Cell]], depth: int, index: int) -> str:
    """The nearest text to the left, if it is a group heading: one with further texts below it."""
    for left in range(index - 1, -1, -1):
        if text := text_at(lines[depth], left):
            grouped = any(text_at(lower, left) not in ("", text) for lower in lines[depth + 1 :])
            return text if grouped else ""
    return ""


def text_at(cells: Sequence[Cell], index: int) -> str:
    """The cell's text, or "" where it is not a text short enough for a heading."""
    cell = cells[index] if index < len(cells) else ""
    return cell if isinstance(cell, str) and 0 < len(cell.strip()) <= LONGEST_HEADING else ""

"""Finding the heading of a table among the rows of a sheet."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from enrollment.sheets import headings, kinds, lines, titles
from enrollment.sheets.headings import Heading
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.meanings import INTERNAL, Meaning, Role, meaning
from enrollment.sheets.profiles import has_nik, looks_like
from enrollment.workbooks.opening import Cell, Row

__all__ = ["Rows", "find_heading", "holds_niks", "names_alone", "unrecognised_heading"]

SAMPLE_ROWS = 30


class Rows:
    """An iterator over rows that can look ahead."""

    def __init__(self, rows: Iterable[Row]):
        self.source = iter(rows)
        self.ahead: deque[Row] = deque()
        self.last = 0
        """The number of the last row taken."""

    def take(self) -> Row | None:
        """The next `(row number, cells)`, or None at the end."""
        row = self.ahead.popleft() if self.ahead else next(self.source, None)
        if row:
            self.last = row[0]
        return row

    def peek(self, count: int) -> list[Row]:
        while len(self.ahead) < count and (row := next(self.source, None)):
            self.ahead.append(row)
        return list(self.ahead)


def find_heading(
    row: Row, above: Sequence[Row], rows: Rows, knowledge: Knowledge
) -> tuple[Heading | None, int]:
    """The heading at `row` and how many of the rows ahead belong to it, or `(None, 0)`.

    Lines above and below belong to it when they are adjacent and name columns.
    """
    number, cells = row
    if not lines.may_be_heading(cells):
        return None, 0
    block = [cells]
    for upper, line in reversed(above):
        if upper != number - len(block) or not lines.spans_columns(line):
            break
        block.insert(0, line)
    first = number - len(block) + 1
    heading = headings.describe(first, block)
    if not {"nik", "name"} & heading.fields.keys():
        return None, 0
    used, ahead = 0, rows.peek(SAMPLE_ROWS)
    for lower, line in ahead[: lines.TALLEST_HEADING - len(block)]:
        longer = headings.describe(first, [*block, line])
        if lower != number + used + 1 or not lines.continues(line, heading, longer):
            break
        block.append(line)
        heading, used = longer, used + 1
    samples = list(_samples(ahead[used:]))
    if _explains([cells, *samples]):
        return None, 0
    heading = headings.describe(first, block, samples, knowledge)
    return (heading, used) if len(heading.fields) > 1 else (None, 0)


def _samples(ahead: Sequence[Row]) -> Iterator[Sequence[Cell]]:
    """The rows below a heading that show what its columns hold."""
    of_table = itertools.takewhile(
        lambda line: not _begins_table(line), (line for _, line in ahead)
    )
    return itertools.filterfalse(_shows_nothing, of_table)


def _begins_table(line: Sequence[Cell]) -> bool:
    return lines.may_be_heading(line) and not lines.is_format(line)


def _shows_nothing(line: Sequence[Cell]) -> bool:
    """Whether the row is no example of the table's rows: a title, a sum, numbers of columns."""
    if sum(cell != "" for cell in line) < 2 or lines.is_column_numbers(line):
        return True
    summed = any(map(kinds.TOTAL.match, titles.texts(line)[:3]))
    if summed and not any(map(has_nik, line)):  # somebody may be called Total
        return True
    return lines.is_format(line)


def unrecognised_heading(row: Row, rows: Rows, knowledge: Knowledge) -> Heading | None:
    """A row of texts that say neither NIK nor name, with NIKs in the first rows below it."""
    number, cells = row
    if len(titles.texts(cells)) < 2 or any(map(has_nik, cells)):
        return None
    ahead = rows.peek(SAMPLE_ROWS)
    nearest = itertools.islice(_samples(ahead), 3)
    if not any(has_nik(cell) for line in nearest for cell in line):
        return None  # as of nearly every row above a heading
    samples = list(_samples(ahead))
    if _explains(samples):
        return None
    heading = headings.describe(number, [cells], samples, knowledge)
    return heading if "nik" in heading.fields else None


def names_alone(row: Row, rows: Rows, knowledge: Knowledge) -> Heading | None:
    """The heading of people without NIKs below a list, such as "Nama" or "Nama | Alamat": each of
    its cells surely names a field, and a name stands below."""
    number, cells = row
    filled = [cell for cell in cells if cell != ""]
    said = [meaning(text) for text in titles.texts(cells) if ":" not in text]
    named = {each.field for each in said if not each.guessed and each.role is Role.OWN}
    if len(said) != len(filled) or "name" not in named or not named.isdisjoint({None, "nik"}):
        return None
    ahead = rows.peek(1)[:1]
    if not ahead or ahead[0][0] > number + 2:
        return None
    at_kk = {at for at, cell in enumerate(cells) if meaning(str(cell)).field == "kk"}
    if looks_like("nik", [cell for at, cell in enumerate(ahead[0][1]) if at not in at_kk], 0.01):
        return None
    heading = headings.describe(number, [cells], list(_samples(rows.peek(SAMPLE_ROWS))), knowledge)
    at = heading.fields.get("name")
    below = ahead[0][1][at : at + 1] if at is not None else []
    return heading.with_empty_nik() if looks_like("name", below) else None


def _explains(samples: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column names the fields of a person: a sheet that explains how to fill in another
    one, with examples."""
    for column in itertools.zip_longest(*samples, fillvalue=""):
        words = [text for text in titles.texts(column) if not re.search(r"\d", text)]
        named = [said for word in words if _is_field(said := meaning(word[:300]))]
        if len({said.field for said in named}) > 2 and len(named) * 10 >= len(words) * 6:
            return True
    return False


def _is_field(said: Meaning) -> bool:
    return bool(said.field) and not said.guessed and said.field not in INTERNAL


def holds_niks(heading: Heading, share: float = 0.01) -> bool:
    """Whether this share of the cells below the heading's NIK column are NIKs."""
    niks = [column for column in heading.columns if column.field == "nik"]
    return any(looks_like("many_digits", column.filled, share) for column in niks)

"""The rows below a heading, down to the next heading: people, and the rows between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from enrollment.sheets import lines
from enrollment.sheets.headings import Heading
from enrollment.workbooks.opening import Cell, Row, UnreadableWorkbook

if TYPE_CHECKING:
    from enrollment.sheets.reading import Reading, Rows, SheetReport

ABOVE = lines.TALLEST_HEADING - 1


class Person(NamedTuple):
    """A row that could be a person: where it is, field → cell as typed, and its village.

    `cells` holds the fields of the heading ("" where empty) and, where there is no such column,
    what a group title said (`hamlet`, `rt`, `rw`). `village` and `district` come from the titles
    and `sheet` is the sheet's name: hints, used only if a village of that name exists.
    """

    sheet: str
    row: int
    cells: dict[str, Cell]
    village: str
    district: str


class Table:
    """The rows under one heading."""

    def __init__(self, reading: Reading, heading: Heading, report: SheetReport):
        self.reading, self.heading, self.report = reading, heading, report
        self.next_heading: Heading | None = None
        _add_heading(heading, report)
        fields = heading.fields
        self.width = max(fields.values()) + 1
        self.picks = [(name, at) for name, at in fields.items() if name not in lines.NOT_KEPT]
        self.ticks = [fields[name] for name in ("sex_male", "sex_female") if name in fields]
        self.group: dict[str, str] = {}
        self.closing = lines.OPEN

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield the people down to the next heading (`next_heading`) or the end of the sheet."""
        report, width = self.report, self.width
        nik_at, name_at = self.heading.fields["nik"], self.heading.fields["name"]
        above: deque[Row] = deque(maxlen=ABOVE)
        while row := rows.take():
            number, cells = row
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > len(self.heading.columns):
                self._refuse_joined(number, cells)
            # The common case first: nearly every row of a long list has both a name and a NIK.
            if cells[name_at] != "" and lines.has_nik(cells[nik_at]):
                self.closing = lines.OPEN
            else:
                if heading := self.reading.heading_at(row, above, rows, report):
                    if heading.signature == self.heading.signature:
                        continue  # repeated at the top of a printed page
                    self.next_heading = heading
                    return
                above.append(row)
                kind = lines.kind_of(cells, self.heading, self.closing)
                if kind != "person":
                    report.rows += 1
                    report.skip(kind, number)
                    self._after_skipping(kind, cells)
                    continue
            report.rows += 1
            report.people += 1
            yield self._person(number, cells)

    def _person(self, number: int, cells: Sequence[Cell]) -> Person:
        person = {name: cells[at] for name, at in self.picks}
        if self.ticks:
            male, female = self.ticks
            person["sex"] = lines.ticked_sex(cells[male], cells[female])
        for name, value in self.group.items():
            person.setdefault(name, value)
        return Person(self.report.name, number, person, self.report.village, self.report.district)

    def _refuse_joined(self, number: int, cells: Sequence[Cell]) -> None:
        """Refuse a CSV that lost a line break and so has two people in one row."""
        if any(map(lines.has_nik, cells[len(self.heading.columns) :])):
            raise UnreadableWorkbook(
                f"Baris {number} lebih panjang daripada judul kolomnya: mungkin dua baris "
                "tersambung. Pisahkan baris itu, lalu unggah lagi."
            )

    def _after_skipping(self, kind: str, cells: Sequence[Cell]) -> None:
        """Remember what a skipped row says about the rows below it."""
        if kind in ("signature", "note"):
            self.closing = lines.CLOSED
        elif kind == "total":
            self.closing = max(self.closing, lines.TOTALLED)
        elif kind == "group":
            if self.closing == lines.TOTALLED:
                self.closing = lines.OPEN
            lines.note_place(cells, self.report)
            self.group |= lines.group_fields(cells)


class LeftOut:
    """The rows under a heading that the user said is not a list of people: all are skipped."""

    def __init__(self, reading: Reading, heading: Heading, report: SheetReport):
        self.reading, self.heading, self.report = reading, heading, report
        self.next_heading: Heading | None = None
        _add_heading(heading, report)

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield nobody; reads to the next heading (`next_heading`) or the end of the sheet."""
        above: deque[Row] = deque(maxlen=ABOVE)
        while row := rows.take():
            heading = self.reading.heading_at(row, above, rows, self.report)
            if heading is None:
                above.append(row)
                self.report.rows += 1
                self.report.skip("left_out", row[0])
            elif heading.signature != self.heading.signature:
                self.next_heading = heading
                return
        yield from ()


def _add_heading(heading: Heading, report: SheetReport) -> None:
    if heading.signature not in {known.signature for known in report.headings}:
        report.headings.append(heading)

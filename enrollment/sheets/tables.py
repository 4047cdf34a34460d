"""The rows below a heading, down to the next heading: people, and the rows between them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from enrollment.sheets import lines, titles
from enrollment.sheets.headings import Column, Heading
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.lines import Layout
from enrollment.sheets.meanings import Role
from enrollment.sheets.places import Place
from enrollment.sheets.profiles import has_nik
from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.opening import Cell, Row, UnreadableWorkbook

if TYPE_CHECKING:
    from enrollment.sheets.reading import Reading, Rows, SheetReport

ABOVE = lines.TALLEST_HEADING - 1
_DITTO = frozenset(
    ["sda", "sd a", "idem", "id", "sama", "sama dengan atas", "sama dengan di atas", "idem di atas",
     "seperti di atas", "do", "ditto"]
)  # fmt: skip
_DITTO_BEGINS = frozenset("sSiIdD\"'“”„″〃’‘`´,/-–—=. _")
"""How such a mark may begin: a quick look, since hardly a cell is one."""
_DITTO_MARKS = re.compile(r"[\s\-–—=.,_]*(?:[\"”“„″〃'’‘`´]{1,4}|,,)[\s\-–—=.,_]*|//")
REPEATED = ("address", "hamlet", "rt", "rw", "rt_rw", "rw_rt", "village", "district", "kk",
            "occupation", "source")  # fmt: skip
"""Fields in which such a mark is followed; never NIK, name or birth date."""
_TICKS_FOR_NO = frozenset(["-", "0", "tidak", "belum", "t", "n", "no", "tdk", "false", "hidup"])
STATES = {
    "dasar": {1: "HIDUP", 2: "MATI", 3: "PINDAH", 4: "HILANG", 6: "PERGI", 9: "TIDAK VALID"},
    "keberadaan": {2: "MENINGGAL", 3: "PINDAH", 4: "PINDAH", 6: "TIDAK DITEMUKAN"},
}
"""A word of the heading of a status column → the registry's codes: OpenSID's `status_dasar`, and
the presence of a family member ("keberadaan") in the social registry (Regsosek, DTSEN)."""


@lru_cache(maxsize=1024)
def is_ditto(text: str) -> bool:
    """Whether a text stands for "the same as above": sda, idem, quotation marks."""
    if len(text) > 24:
        return False
    word = " ".join(re.sub(r"[.\-/]", "", text.casefold()).split())
    return bool(_DITTO_MARKS.fullmatch(text)) or word in _DITTO or word.replace(" ", "") == "sda"


class Person(NamedTuple):
    """A row that could be a person: where it is, field → cell as typed, and its village.

    `cells` holds the fields of the heading ("" where empty) and, where the row does not say it,
    what a group title said (`hamlet`, `rt`, `rw`, `kk`, `address`). `status` is also what another
    column, a title or the sheet's name says of the person's life. `village` and `district` come
    from the titles and the sheet's name, the nearest of them; `farther` is another village that
    they name. `struck`: the name or the NIK is struck through.
    """

    sheet: str
    row: int
    cells: dict[str, Cell]
    village: str
    district: str
    farther: str = ""
    struck: bool = False


class Table:
    """The rows under one heading."""

    def __init__(self, reading: Reading, heading: Heading, report: SheetReport, place: Place):
        self.reading, self.heading, self.report, self.place = reading, heading, report, place
        self.struck = reading.struck
        self.knowledge = reading.knowledge
        self.said_people = frozenset(reading.said_people.get(report.name, ()))
        self.next_heading: Heading | None = None
        self.interrupted = False
        _add_heading(heading, report)
        fields = heading.fields
        self.layout = Layout.of(heading)
        self.width = (
            max([*fields.values(), *(at for parts in heading.parts.values() for at in parts)]) + 1
        )
        self.picks = [(name, at) for name, at in fields.items() if name not in lines.NOT_KEPT]
        self.parts = heading.parts
        self.ticks = [fields[name] for name in ("sex_male", "sex_female") if name in fields]
        self.dittos = [name for name in REPEATED if name in fields]
        self.remarks, self.scanned, self.ended_ticks = _telling(heading, self.knowledge)
        self.states = _states(heading)
        self.tells = bool(self.states or self.remarks or self.scanned or self.ended_ticks)
        self.titled: set[int] = set()
        """Columns in which titles between people begin."""
        self.closing = lines.OPEN
        self.closed_by = "signature"
        self.before: Person | None = None

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield the people down to the next heading (`next_heading`) or the end of the sheet.

        `interrupted`: by a heading that does not say where NIK or name stand.
        """
        report, width, knowledge = self.report, self.width, self.knowledge
        name_at = self.layout.name
        above: deque[Row] = deque(maxlen=ABOVE)
        while row := rows.take():
            number, cells = row
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > self.heading.width:
                self._refuse_joined(number, cells)
            # The common case first: nearly every row of a long list has both a name and a NIK.
            if self.before and cells[name_at] != "" and self._is_plain(cells):
                self.closing = lines.OPEN
            else:
                if heading := self.reading.heading_at(row, above, rows, report):
                    if heading.signature == self.heading.signature:
                        self.closing = lines.OPEN
                        continue  # repeated at the top of a printed page
                    self.next_heading = heading
                    break
                if self.reading.incomplete:
                    self.interrupted = True
                    report.rows += 1
                    report.skip("no_heading", row)
                    break
                since = number - self.before.row if self.before else None
                seen = self._unboxed(cells)
                kind = lines.kind_of(seen, self.layout, self.closing, since, self.titled, knowledge)
                if kind != "person" and number not in self.said_people:
                    above.append(row)
                    report.rows += 1
                    report.skip(self._after_skipping(kind, cells), row)
                    continue
                if has_nik(seen[self.layout.nik]):
                    self.closing = lines.OPEN
            report.rows += 1
            report.people += 1
            person = self._person(number, cells)
            if self.before:
                yield self.before
            self.before = person
        if self.before:
            yield self.before

    def _is_plain(self, cells: Sequence[Cell]) -> bool:
        """Whether a row has a NIK without a label, and no word where the row's number stands."""
        at = self.layout.number
        nik, number = cells[self.layout.nik], cells[at] if at is not None else ""
        if type(nik) is str and len(nik) == 16 and nik.isdigit() and type(number) is not str:
            return True  # the most usual row
        if isinstance(nik, str) and nik[:1].isalpha():
            return False
        return has_nik(nik) and not (isinstance(number, str) and number[:1].isalpha())

    def _person(self, number: int, cells: Sequence[Cell]) -> Person:
        person = {name: cells[at] for name, at in self.picks}
        for name, parts in self.parts.items():
            person[name] = _together(name, [cells[at] for at in parts])
        if self.ticks:
            male, female = self.ticks
            person["sex"] = ticked_sex(cells[male], cells[female])
        for name in self.dittos:
            cell = person[name]
            if type(cell) is str and cell[:1] in _DITTO_BEGINS and is_ditto(cell):
                person[name] = self.before.cells.get(name, "") if self.before else ""
        for name, value in self.place.group.items():
            if not person.get(name):
                person[name] = value
        if UNCOMPUTED in cells:
            self._leave_out_uncomputed(number, person)
        if self.tells or self.place.state:
            self._tell_state(person, cells)
        self.place.people += 1
        return Person(self.report.name, number, person, *self.place.where, self._is_struck(number))

    def _is_struck(self, number: int) -> bool:
        columns = self.struck.get(number, ()) if self.struck else ()
        return self.layout.name in columns or self.layout.nik in columns

    def _leave_out_uncomputed(self, number: int, person: dict[str, Cell]) -> None:
        """Take formulas without a result as empty cells, and remember the row to tell of it."""
        self.report.uncomputed.append(number)
        for name, cell in person.items():
            if cell == UNCOMPUTED:
                person[name] = ""

    def _tell_state(self, person: dict[str, Cell], cells: Sequence[Cell]) -> None:
        """Store as `status` what any column, title or sheet says of the person's life."""
        status = person.get("status", "")
        if self.states and (coded := _coded(status, self.states)):
            person["status"] = status = coded
        for at in self.remarks:
            if status == "" and at < len(cells) and isinstance(cells[at], str):
                person["status"] = status = cells[at]
        told = self.place.state or self._told(cells)
        if told and not (status and self.knowledge.is_ended(str(status))):
            person["status"] = told

    def _told(self, cells: Sequence[Cell]) -> str:
        for at in self.scanned:
            cell = cells[at] if at < len(cells) else ""
            if isinstance(cell, str) and cell and self.knowledge.is_ended(cell):
                return cell
        for at, heading in self.ended_ticks:
            cell = cells[at] if at < len(cells) else ""
            if cell != "" and str(cell).strip().casefold() not in _TICKS_FOR_NO:
                return heading
        return ""

    def _unboxed(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells with a NIK of single boxes put together in its first column."""
        if "nik" not in self.parts:
            return cells
        whole = list(cells)
        whole[self.layout.nik] = _together("nik", [cells[at] for at in self.parts["nik"]])
        return whole

    def _refuse_joined(self, number: int, cells: Sequence[Cell]) -> None:
        """Refuse a CSV that lost a line break and so has two people in one row."""
        if any(map(has_nik, cells[self.heading.width :])):
            raise UnreadableWorkbook(
                f"Baris {number} lebih panjang daripada judul kolomnya: mungkin dua baris "
                "tersambung. Pisahkan baris itu, lalu unggah lagi."
            )

    def _after_skipping(self, kind: str, cells: Sequence[Cell]) -> str:
        """Remember what a skipped row says about the rows around it; its kind for the account."""
        if kind == "continued":
            self._continue(cells)
        elif kind in ("signature", "note", "recap"):
            if self.closing == lines.CLOSED and kind == "signature":
                return self.closed_by
            self.closing, self.closed_by = lines.CLOSED, kind if kind == "recap" else "signature"
        elif kind == "total":
            self.closing = max(self.closing, lines.TOTALLED)
        elif kind == "group":
            if self.closing == lines.TOTALLED:
                self.closing = lines.OPEN
            self.titled.add(next(at for at, cell in enumerate(cells) if cell != ""))
            self.place.enter(titles.read(cells, self.knowledge))
        return kind

    def _continue(self, cells: Sequence[Cell]) -> None:
        """Add the texts of a row to those of the person above."""
        above = self.before.cells if self.before else {}
        for name, at in self.layout.others:
            if cells[at] != "":
                above[name] = f"{above.get(name, '')} {cells[at]}".strip()


def _telling(
    heading: Heading, knowledge: Knowledge
) -> tuple[list[int], list[int], list[tuple[int, str]]]:
    """The columns that may say that a person has died or moved: remarks; these and unknown ones;
    and columns to tick, with their headings. In a list of people who are replaced by others, only
    remarks that surely are about the latter."""
    told = [column for column in heading.columns if not _tells_of_replaced(column, heading)]
    remarks = [column.index for column in told if column.is_remark]
    free = [column for column in told if column.is_free]
    if heading.replaces:
        free = []
    ticks = [(column.index, column.leaf) for column in free if knowledge.is_ended(column.leaf)]
    ticked = dict(ticks)
    return remarks, [*remarks, *(each.index for each in free if each.index not in ticked)], ticks


def _tells_of_replaced(column: Column, heading: Heading) -> bool:
    """Whether a column stands between the replaced NIK or name and the replacing one."""
    people = [each for each in heading.columns if each.said.field in ("nik", "name")]
    before = [each for each in people if each.index < column.index]
    after = [each for each in people if each.index > column.index]
    return bool(before and after) and before[-1].said.role is Role.OLD


def _states(heading: Heading) -> dict[int, str]:
    words = next((column.said.words for column in heading.columns if column.field == "status"), ())
    return next((codes for word, codes in STATES.items() if word in words), {})


def _coded(status: Cell, codes: dict[int, str]) -> str:
    digits = str(status).strip().removesuffix(".0")
    return codes.get(int(digits), "") if digits.isdigit() and len(digits) < 3 else ""


def ticked_sex(male: Cell, female: Cell) -> str:
    """L or P, where there is a column for each and one of them is ticked; else ""."""
    if (male != "") == (female != ""):
        return ""
    return "L" if male != "" else "P"


def _together(field: str, cells: Sequence[Cell]) -> Cell:
    """One value of several cells: digits without a gap, a date with hyphens, else words."""
    written = [_plain(cell) for cell in cells if cell != ""]
    if field in ("nik", "kk"):
        return "".join(written)
    if field == "birth_date":
        whole = [cell for cell in cells if isinstance(cell, date)]
        return whole[0] if whole else "-".join(written)
    return " ".join(written)


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


class LeftOut:
    """The rows under a heading that the user said is not a list of people: all are skipped."""

    def __init__(self, reading: Reading, heading: Heading, report: SheetReport, place: Place):
        self.reading, self.heading, self.report = reading, heading, report
        self.next_heading: Heading | None = None
        self.interrupted = False
        _add_heading(heading, report)

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield nobody; reads to the next heading (`next_heading`) or the end of the sheet."""
        above: deque[Row] = deque(maxlen=ABOVE)
        while row := rows.take():
            heading = self.reading.heading_at(row, above, rows, self.report)
            if heading is None:
                above.append(row)
                self.report.rows += 1
                self.report.skip("left_out", row)
            elif heading.signature != self.heading.signature:
                self.next_heading = heading
                return
        yield from ()


def _add_heading(heading: Heading, report: SheetReport) -> None:
    if heading.signature not in {known.signature for known in report.headings}:
        report.headings.append(heading)

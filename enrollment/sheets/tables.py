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
from enrollment.sheets.vocabulary import SOMEBODY_ELSE
from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.opening import Cell, Row, UnreadableWorkbook

if TYPE_CHECKING:
    from enrollment.sheets.reading import Reading, Rows, SheetReport

ABOVE = lines.TALLEST_HEADING - 1
_DITTO = frozenset(
    ["sda", "sd a", "idem", "id", "sama", "sama dengan atas", "sama dengan di atas",
     "sama dgn atas", "sama dg atas", "sama dgn di atas", "idem di atas", "seperti di atas", "do",
     "ditto"]
)  # fmt: skip
_DITTO_BEGINS = frozenset("sSiIdD\"'“”„″〃’‘`´,/-–—=. _")
"""How such a mark may begin: a quick look, since hardly a cell is one."""
_DITTO_MARKS = re.compile(r"[\s\-–—=.,_/]*(?:[\"”“„″〃'’‘`´]{1,4}|,,)[\s\-–—=.,_/]*|-*//-*")
REPEATED = ("address", "hamlet", "rt", "rw", "rt_rw", "rw_rt", "village", "district", "kk",
            "occupation", "source")  # fmt: skip
"""Fields in which such a mark is followed; never NIK, name or birth date."""
DEAD = "Meninggal"
"""What a column to tick means whose heading does not say it in words for a person."""
_DENIALS = frozenset(["0", "0.0", "t", "n", "no", "tidak", "tdk", "false", "m", "mati"])
_TICKS_FOR_NO = frozenset(
    [
        "-",
        "0",
        "0.0",
        "tidak",
        "belum",
        "t",
        "n",
        "no",
        "tdk",
        "false",
        "hidup",
        "ada",
        "0000-00-00",
    ]
)
_SAYING = ("status", "remark")
_PLACES_AND_NAMES = (
    "mother_name", "village", "district", "regency", "province", "birth_place", "source", "position"
)  # fmt: skip
_OF_DEATH = re.compile(r"\b(?:kematian|meninggal|wafat|mati)\b", re.I)
LONGEST_REMARK = 200
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
        self.telling = Telling.of(heading, self.knowledge)
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
        """Store as `status` what any cell, title or sheet says of the person's life."""
        said = self._said(cells)
        if said:
            person["status"] = said[0]
        told = self.place.state or next(filter(self.knowledge.is_ended, said), "")
        told = told or self._ticked(cells) or self._told_anywhere(cells)
        if told:
            person["status"] = told

    def _said(self, cells: Sequence[Cell]) -> list[str]:
        """The texts of the columns of status and remarks; a registry's code as its word."""
        said = []
        for at, codes in self.telling.said:
            cell = cells[at] if at < len(cells) else ""
            text = _coded(cell, codes) or (cell if isinstance(cell, str) else "")
            if text and is_ditto(text) and self.before:
                text = str(self.before.cells.get("status", ""))
            said += [text] if text else []
        return said

    def _ticked(self, cells: Sequence[Cell]) -> str:
        """The heading of a column to tick who has died or moved, if this row is ticked; of a column
        to tick who lives, if it is denied."""
        for at, heading, lives in self.telling.ticks:
            cell = str(cells[at]).strip().casefold() if at < len(cells) else ""
            if cell and lives and (cell in _DENIALS or cell.startswith(("tidak", "tdk"))):
                return DEAD
            if cell and not lives and cell not in _TICKS_FOR_NO:
                return heading if self.knowledge.is_ended(heading) else DEAD
        return ""

    def _told_anywhere(self, cells: Sequence[Cell]) -> str:
        """What any other cell says, but for names of other people and of places."""
        if not self.knowledge.may_tell("\n".join([c for c in cells if type(c) is str]).lower()):
            return ""
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and at not in self.telling.silent and self._is_ended(cell):
                return cell
        return ""

    def _is_ended(self, text: str) -> bool:
        low = text.lower()
        return len(text) < LONGEST_REMARK and (
            self.knowledge.may_tell(low) and self.knowledge.is_ended(text)
        )

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
            if self._is_remark_below(cells):
                return "continued"
            self.titled.add(next(at for at, cell in enumerate(cells) if cell != ""))
            self.place.enter(titles.read(cells, self.knowledge))
        return kind

    def _is_remark_below(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is no title but says that the person above has gone, with a date or in
        brackets; it is then kept as that person's status."""
        said = [text for text in titles.texts(cells) if self._is_ended(text)]
        if self.before is None or self.titled or len(titles.texts(cells)) != 1 or not said:
            return False
        if not re.search(r"[\d(]", said[0]):
            return False
        self.before.cells["status"] = said[0]
        return True

    def _continue(self, cells: Sequence[Cell]) -> None:
        """Add the texts of a row to those of the person above."""
        above = self.before.cells if self.before else {}
        for name, at in self.layout.others:
            if cells[at] != "":
                above[name] = f"{above.get(name, '')} {cells[at]}".strip()


class Telling(NamedTuple):
    """The columns that tell of a person's life: those of status and remarks, with a registry's
    codes; those to tick, with their heading and whether they say who lives; and those that are
    `silent`, as they hold names of other people or of places."""

    said: list[tuple[int, dict[int, str]]]
    ticks: list[tuple[int, str, bool]]
    silent: frozenset[int]

    @classmethod
    def of(cls, heading: Heading, knowledge: Knowledge) -> Telling:
        told = [column for column in heading.columns if not _tells_of_replaced(column, heading)]
        said = [(each.index, _codes(each)) for each in told if each.said.field in _SAYING]
        free = [] if heading.replaces else [column for column in told if column.is_unmapped]
        ticks = [
            (each.index, each.leaf, "hidup" in each.said.words)
            for each in free + [each for each in told if each.field == "status"]
            if _is_tick(each, knowledge)
        ]
        heard = {column.index for column in told if _is_heard(column, heading)}
        silent = frozenset(column.index for column in heading.columns) - heard
        return cls(said, ticks, silent | {heading.fields["name"]})


def _is_tick(column: Column, knowledge: Knowledge) -> bool:
    if column.said.words & SOMEBODY_ELSE:
        return False
    if "hidup" in column.said.words:
        return True
    return column.field != "status" and (
        knowledge.is_ended(column.leaf) or bool(_OF_DEATH.search(column.leaf))
    )


def _is_heard(column: Column, heading: Heading) -> bool:
    """Whether a word such as "meninggal" in this column is about the person of the row."""
    if column.said.words & (SOMEBODY_ELSE | {"ibu"}) or column.field in _PLACES_AND_NAMES:
        return False
    return bool(column.field) or not heading.replaces


def _tells_of_replaced(column: Column, heading: Heading) -> bool:
    """Whether a column stands between the replaced NIK or name and the replacing one."""
    people = [each for each in heading.columns if each.said.field in ("nik", "name")]
    before = [each for each in people if each.index < column.index]
    after = [each for each in people if each.index > column.index]
    return bool(before and after) and before[-1].said.role is Role.OLD


def _codes(column: Column) -> dict[int, str]:
    return next((codes for word, codes in STATES.items() if word in column.said.words), {})


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

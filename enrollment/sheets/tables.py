"""The rows below a heading, down to the next heading: people, and the rows between them."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from enrollment.sheets import kinds, lines, titles
from enrollment.sheets.finding import names_alone
from enrollment.sheets.headings import Heading
from enrollment.sheets.kinds import Layout, Line
from enrollment.sheets.legends import below, code_of, in_heading, is_legend
from enrollment.sheets.marks import REPEATED, is_ditto
from enrollment.sheets.meanings import SECRET
from enrollment.sheets.places import Place
from enrollment.sheets.profiles import digits_of, divided, has_nik
from enrollment.sheets.telling import OF_SEX, Telling
from enrollment.sheets.titles import Title
from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.opening import Cell, Row, UnreadableWorkbook

if TYPE_CHECKING:
    from enrollment.sheets.finding import Rows
    from enrollment.sheets.reading import Reading, SheetReport

ABOVE = lines.TALLEST_HEADING - 1
MOST_REMEMBERED = 10_000
SHORTEST_CODE = 4
_SEVERAL = re.compile(r"\b(?:no|nomor|nomer|urut|baris)\b\W*\d+", re.I)
"""How a remark begins to speak of other rows by their numbers."""
_EXPLAINS = re.compile(r"\W*(?:\d{1,2}|[^\W\d_]{1,2})\s*[:=]")
"""How a line of a legend begins."""
_CARRIED = ("village", "district")
FURTHEST = 5_000  # rows ahead that are searched for what a code means, or for the last title
NOTHING_TOLD: Mapping[str, Cell] = MappingProxyType({})


class Person(NamedTuple):
    """A row that could be a person: where it is, field → cell as typed, and its village.

    `cells` holds the fields of the heading ("" where empty) and, where the row does not say it,
    what a group title said (`hamlet`, `rt`, `rw`, `kk`, `address`). `status` is also what another
    column, a title or the sheet's name says of the person's life. `village` and `district` come
    from the titles and the sheet's name, the nearest of them; `farther` is another village that
    they name. `struck`: the name or the NIK is struck through. `told`: what the row says of the
    person's health (`meanings.SECRET`), which stands nowhere else.
    """

    sheet: str
    row: int
    cells: dict[str, Cell]
    village: str
    district: str
    farther: str = ""
    struck: bool = False
    told: Mapping[str, Cell] = NOTHING_TOLD


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
        self.width = len(heading.columns)
        kept = {name: at for name, at in fields.items() if name not in kinds.NOT_KEPT}
        self.blank: dict[str, Cell] = dict.fromkeys(kept, "")
        self.pick = picker(kept.values())
        self.secret = {name: fields[name] for name in SECRET if name in fields}
        self.hidden = [column.index for column in heading.columns if column.is_secret]
        """Columns about health, whose cells nothing else is to see."""
        self.parts = heading.parts
        self.divided = heading.divided
        self.ticks = [fields[name] for name in ("sex_male", "sex_female") if name in fields]
        self.dittos = [name for name in REPEATED if name in fields]
        self.telling = Telling(heading, self.knowledge, self._legend)
        self.sexes = _sexes(heading)
        looked = {*self.telling.heard, *(fields[name] for name in self.dittos)} - {fields["nik"]}
        self.look = picker(looked)
        self.pick_unseen = picker({*kept.values()} - looked)
        self.usual: set[Cell] = set()
        """Texts that make no row unusual."""
        self.carried = {name: "" for name in _CARRIED if self._stands_at_changes(name)}
        """Places that are written only where they change → the last one written."""
        self.village_code = _village_code(heading)
        self.composed = bool(
            self.parts or self.ticks or self.village_code or self.carried or self.sexes
        )
        self.titled: set[int] = set()
        """Columns in which titles between people begin."""
        self.closing = kinds.OPEN
        self.closed_by = "signature"
        self.before: Person | None = None
        self.rows: Rows | None = None
        self.untold: list[int] = []
        """The titles since the last person that look like names."""
        self.explained: dict[str, list[str]] | None = None

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield the people down to the next heading (`next_heading`) or the end of the sheet.

        `interrupted`: by a heading that does not say where NIK or name stand.
        """
        report, width, knowledge = self.report, self.width, self.knowledge
        name_at, self.rows = self.layout.name, rows
        self._explain_sexes()
        above: deque[Row] = deque(maxlen=ABOVE)
        while row := rows.take():
            number, cells = row
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > self.heading.width:
                self._refuse_joined(number, cells)
            if self.divided:
                cells = _divided(cells, *self.divided)
            if self.hidden:  # `row` still has them: it may be the next heading
                told, cells = self._taken_out(cells)
            # The common case first: nearly every row of a long list has both a name and a NIK.
            if self.before and cells[name_at] != "" and self._is_plain(cells):
                self.closing = kinds.OPEN
            else:
                if heading := self._heading_at(row, above, rows):
                    if heading.signature == self.heading.signature:
                        self.closing = kinds.OPEN
                        continue  # repeated at the top of a printed page
                    self.next_heading = heading
                    break
                if self.reading.incomplete:
                    self.interrupted = True
                    report.rows += 1
                    report.skip("no_heading", (number, cells))
                    break
                signed = self.closing == kinds.CLOSED and above and above[-1][0] == number - 1
                if self.before and not signed and (heading := names_alone(row, rows, knowledge)):
                    report.rows += 1
                    report.skip("heading", row)
                    self.next_heading = heading
                    break
                if lines.stands_over(cells, _next_to(number, rows)):
                    above.append(row)
                    report.rows += 1
                    report.skip("heading", row)
                    continue
                since = number - self.before.row if self.before else None
                seen = self._unboxed(cells)
                line = Line(seen, self.layout, self.closing, since, self.titled, knowledge)
                kind = kinds.kind_of(line)
                if kind != "person" and number not in self.said_people:
                    above.append(row)
                    report.rows += 1
                    seen_row = number, cells
                    report.skip(self._after_skipping(kind, seen_row), seen_row)
                    continue
                if has_nik(seen[self.layout.nik]):
                    self.closing = kinds.OPEN
            report.rows += 1
            report.people += 1
            if self.untold:
                self.untold.clear()
            person = self._person(number, cells)
            if self.hidden:
                person = person._replace(told=told)
            if self.before:
                yield self.before
            self.before = person
        report.untold += self.untold
        if self.before:
            yield self.before

    def _taken_out(self, cells: Sequence[Cell]) -> tuple[dict[str, Cell], list[Cell]]:
        """What the cells say of health, and the cells without it."""
        return {name: cells[at] for name, at in self.secret.items()}, _without(cells, self.hidden)

    def _heading_at(self, row: Row, above: Sequence[Row], rows: Rows) -> Heading | None:
        """The heading at a row; also one that names neither NIK nor name, with NIKs below it."""
        reading, cells = self.reading, row[1]
        heading = reading.heading_at(row, above, rows, self.report)
        if heading or reading.incomplete or not self.before or not lines.names_columns(cells):
            return heading
        if any(map(self.knowledge.is_occupation, titles.texts(cells))):
            return None
        if lines.may_be_heading(_next_to(row[0], rows)):
            return None  # its lower line follows
        return reading.unrecognised_at(row, rows, self.report)

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
        place, telling = self.place, self.telling
        # A copy has room for all fields: filling it is quicker than making a dictionary grow.
        person = self.blank.copy()
        person.update(zip(person, self.pick(cells)))  # noqa: B905 it is slower
        if self.composed:
            self._compose(number, person, cells)
        unusual = self._is_unusual(cells)
        if unusual:
            self._follow_dittos(person)
        for name, value in place.group.items():
            if not person.get(name):
                person[name] = value
        if unusual or UNCOMPUTED in self.pick_unseen(cells):
            self._leave_out_uncomputed(number, person)
        if unusual or place.state or telling.asks:
            status = telling.status(cells, place.state, self._status_above, anywhere=unusual)
            if status is not None:
                person["status"] = status
                if _SEVERAL.search(status):
                    self._note(number, status)
        place.people += 1
        struck = bool(self.struck) and self._is_struck(number)
        return Person(self.report.name, number, person, *place.where, struck)

    def _stands_at_changes(self, field: str) -> bool:
        """Whether a column is filled only in the first row of each group, as when a merged cell has
        been divided: more blank cells than filled ones, and none twice in a row."""
        index = self.heading.fields.get(field)
        if index is None:
            return False
        columns = self.heading.columns
        people = zip(columns[self.layout.nik].below, columns[self.layout.name].below, strict=True)
        below = zip(columns[index].below, people, strict=True)
        cells = [cell for cell, person in below if any(each != "" for each in person)]
        pairs = itertools.pairwise(cells)
        filled = sum(cell != "" for cell in cells)
        repeated = any(upper == lower != "" for upper, lower in pairs)
        return bool(cells) and cells[0] != "" and 2 * filled <= len(cells) and not repeated

    def _carry(self, number: int, person: dict[str, Cell], cells: Sequence[Cell]) -> None:
        """Take the places that are written only at changes from the row above, unless the rows are
        numbered anew."""
        at = self.layout.number
        if at is not None and code_of(cells[at]) == "1":
            self.carried = dict.fromkeys(self.carried, "")
        for name, last in self.carried.items():
            if person[name] == "":
                person[name] = last
                if last and name == "village":
                    self.report.carried.append(number)
            else:
                self.carried[name] = str(person[name])

    @staticmethod
    def _add_village_code(person: dict[str, Cell], code: Cell, name: Cell) -> None:
        """The village's code beside its name: it decides where the name does not."""
        digits = digits_of(code)
        known = len(digits) >= SHORTEST_CODE
        person["village"] = f"{digits} {name}".strip() if known else name

    def _compose(self, number: int, person: dict[str, Cell], cells: Sequence[Cell]) -> None:
        """The fields that do not simply stand in their column."""
        for name, parts in self.parts.items():
            person[name] = _together(name, [cells[at] for at in parts])
        if self.ticks:
            male, female = self.ticks
            person["sex"] = ticked_sex(cells[male], cells[female])
        if self.village_code:
            self._add_village_code(person, *(cells[at] for at in self.village_code))
        if self.carried:
            self._carry(number, person, cells)
        if self.sexes:
            person["sex"] = self.sexes.get(code_of(person["sex"]), person["sex"])

    def _is_unusual(self, cells: Sequence[Cell]) -> bool:
        """Whether a cell may be a ditto mark, lack a result or tell of the person's life. Hardly
        one does, most texts repeat, and the others are digits: a usual row is left at a glance."""
        usual, unusual = self.usual, False
        for cell in self.look(cells):
            if type(cell) is not str or cell in usual or cell.isdigit():
                continue
            if is_ditto(cell) or cell == UNCOMPUTED or self.knowledge.may_tell(cell.lower()):
                unusual = True
            else:
                self._remember(cell)
        return unusual

    def _remember(self, text: str) -> None:
        if len(self.usual) == MOST_REMEMBERED:
            self.usual.clear()
        self.usual.add(text)

    def _follow_dittos(self, person: dict[str, Cell]) -> None:
        for name in self.dittos:
            cell = person[name]
            if type(cell) is str and is_ditto(cell):
                person[name] = self.before.cells.get(name, "") if self.before else ""

    def _legend(self) -> dict[str, list[str]]:
        """What the letterhead and the rows ahead explain: code → its meanings."""
        if self.explained is None:
            ahead = self.rows.peek(FURTHEST) if self.rows else []
            others = (cells for _, cells in ahead if not any(map(has_nik, cells)))
            self.explained = below(itertools.chain(([text] for text in self.place.legends), others))
        return self.explained

    def _explain_sexes(self) -> None:
        """Take from a legend what codes of the sex mean, other than L and P."""
        at = self.heading.fields.get("sex")
        codes = set(map(code_of, self.heading.columns[at].filled)) if at is not None else set()
        if self.sexes or not codes or codes & {"", "l", "p"}:
            return
        meant = ((code, filter(OF_SEX.match, self._legend().get(code, ()))) for code in codes)
        self.sexes = {code: words for code, each in meant if (words := next(each, ""))}
        self.composed |= bool(self.sexes)

    def _status_above(self) -> str:
        return str(self.before.cells.get("status", "")) if self.before else ""

    def _is_struck(self, number: int) -> bool:
        columns = self.struck.get(number, ())
        return self.layout.name in columns or self.layout.nik in columns

    def _leave_out_uncomputed(self, number: int, person: dict[str, Cell]) -> None:
        """Take formulas without a result as empty cells, and remember the row to tell of it."""
        lacking = [name for name, cell in person.items() if cell == UNCOMPUTED]
        if lacking:
            self.report.uncomputed.append(number)
            person.update(dict.fromkeys(lacking, ""))

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

    def _after_skipping(self, kind: str, row: Row) -> str:
        """Remember what a skipped row says about the rows around it; its kind for the account."""
        number, cells = row
        if kind in ("note", "signature") and not is_legend(text := " ".join(titles.texts(cells))):
            self._note(number, text)
        if kind == "continued":
            self._continue(cells)
        elif kind in ("signature", "note", "recap"):
            if self.closing == kinds.CLOSED and kind == "signature":
                return self.closed_by
            self.closing, self.closed_by = kinds.CLOSED, kind if kind == "recap" else "signature"
        elif kind == "total":
            self.closing = max(self.closing, kinds.TOTALLED)
            self.place.total(titles.read(cells, self.knowledge))
        elif kind == "group":
            if self.closing == kinds.TOTALLED:
                self.closing = kinds.OPEN
            if self._is_remark_below(cells):
                return "continued"
            self.titled.add(next(at for at, cell in enumerate(cells) if cell != ""))
            if _may_be_a_name(cells):
                self.untold.append(number)
            self._enter(titles.read(cells, self.knowledge))
            self.carried = dict.fromkeys(self.carried, "")
        return kind

    def _enter(self, title: Title) -> None:
        """A title between people. Titles of villages stand below their people, if those above the
        first one have no village and nobody stands below the last one."""
        homeless = self.before and not self.place.where[0] and "village" not in self.heading.fields
        self.place.enter(title)
        if title.village and homeless and self._ends_with_title():
            self.place.doubt_titles()

    def _ends_with_title(self) -> bool:
        """Whether the last title of a village has nobody below it, as far as one can look."""
        ahead = self.rows.peek(FURTHEST) if self.rows else []
        for _, cells in reversed(ahead):
            if any(map(has_nik, cells)):
                return len(ahead) == FURTHEST
            if titles.read(cells, self.knowledge).village:
                return True
        return False

    def _note(self, number: int, text: str) -> None:
        """Remember a remark about people of other rows: "No. 2 meninggal"."""
        if self.knowledge.may_tell(text.lower()) and self.knowledge.is_about_ended(text):
            self.report.noted.append(number)

    def _is_remark_below(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is no title but says that the person above has gone, with a date or in
        brackets; it is then kept as that person's status."""
        said = [text for text in titles.texts(cells) if self.telling.is_ended(text)]
        if self.before is None or self.titled or len(titles.texts(cells)) != 1 or not said:
            return False
        if not re.search(r"[\d(]", said[0]) or _EXPLAINS.match(said[0]):
            return False
        self.before.cells["status"] = said[0]
        return True

    def _continue(self, cells: Sequence[Cell]) -> None:
        """Add the texts of a row to those of the person above."""
        above = self.before.cells if self.before else {}
        for name, at in self.layout.others:
            if cells[at] != "":
                above[name] = f"{above.get(name, '')} {cells[at]}".strip()


def _may_be_a_name(cells: Sequence[Cell]) -> bool:
    """Whether a title may as well be somebody's name: "SITI AMINAH", "1. SITI"."""
    words = titles.texts(cells)
    name = re.sub(r"^\d{1,3}\s*[.)]\s*", "", words[0]) if len(words) == 1 else ""
    return bool(re.fullmatch(r"[^\W\d_][^\d:;()=]{2,40}", name)) and not titles.GROUP.match(name)


def picker(columns: Iterable[int]) -> Callable[[Sequence[Cell]], Sequence[Cell]]:
    """A function that picks the cells of some columns, in their order."""
    chosen = tuple(columns)
    if len(chosen) < 2:
        return lambda cells: [cells[at] for at in chosen]
    if chosen == (*range(chosen[0], chosen[-1] + 1),):
        return itemgetter(slice(chosen[0], chosen[-1] + 1))  # a slice is picked at once
    return itemgetter(*chosen)


def _village_code(heading: Heading) -> tuple[int, int] | None:
    """The columns of villages' codes and of their names, if there are both."""
    columns = [column for column in heading.columns if column.said.field == "village"]
    codes = [column.index for column in columns if "kode" in column.said.words]
    names = [column.index for column in columns if column.index not in codes]
    chosen = heading.fields.get("village") in (*codes, *names)
    return (codes[0], names[0]) if codes and names and chosen else None


def _sexes(heading: Heading) -> dict[str, str]:
    """The codes of the sex that the heading explains: of "JK (1=Perempuan, 2=Laki-laki)" two."""
    columns = (column for column in heading.columns if column.field == "sex")
    return {code: meant for column in columns for code, meant in in_heading(column.heading).items()}


def ticked_sex(male: Cell, female: Cell) -> str:
    """L or P, where there is a column for each and one of them is ticked; else ""."""
    he, she = _is_ticked(male), _is_ticked(female)
    if he == she:
        return ""
    return "L" if he else "P"


def _is_ticked(cell: Cell) -> bool:
    return str(cell).strip() not in ("", "0", "0.0", "-", "–", "—")


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


def _next_to(number: int, rows: Rows) -> Sequence[Cell]:
    """The row right below one; no cells where it is blank."""
    return next((cells for at, cells in rows.peek(1)[:1] if at == number + 1), [])


def _without(cells: Sequence[Cell], hidden: Iterable[int]) -> list[Cell]:
    """The cells with nothing in the columns `hidden`."""
    kept = list(cells)
    for at in hidden:
        if at < len(kept):
            kept[at] = ""
    return kept


def _divided(cells: Sequence[Cell], whole: int, at: int) -> list[Cell]:
    """The cells with the name and the NIK of one cell in two."""
    kept = [*cells[:at], *[""] * (at - len(cells))]
    kept[whole], nik = divided(kept[whole]) or (kept[whole], "")
    return [*kept, nik]


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
        hidden = [column.index for column in self.heading.columns if column.is_secret]
        while row := rows.take():
            heading = self.reading.heading_at(row, above, rows, self.report)
            if heading is None:
                above.append(row)
                self.report.rows += 1
                self.report.skip("left_out", (row[0], _without(row[1], hidden)))
            elif heading.signature != self.heading.signature:
                self.next_heading = heading
                return
        yield from ()


def _add_heading(heading: Heading, report: SheetReport) -> None:
    if heading.without_nik:
        return
    if heading.signature not in {known.signature for known in report.headings}:
        report.headings.append(heading)

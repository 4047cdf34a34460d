"""From the sheets of a workbook to its people, with an account of every row.

A sheet is a letterhead, a heading, people under group titles and subtotals, perhaps a second
heading, and a signature. `Reading` finds the heading wherever it stands, yields whoever could be a
person (also one without NIK or name: that is a finding, not a reason to vanish) and counts what it
passes over, so that `rows == people + skipped` always holds.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from . import headings, lines
from .headings import Heading
from .workbooks import Sheet, UnreadableWorkbook

__all__ = ["Person", "Reading", "SheetReport", "Skipped"]

SAMPLE_ROWS = 30
TALLEST_HEADING = 4
NAMED_ROWS = 200  # row numbers kept for each kind of skipped row

KINDS = {
    "title": "kop surat",
    "heading": "judul kolom",
    "column_numbers": "nomor kolom",
    "group": "judul kelompok",
    "total": "jumlah",
    "signature": "tanda tangan",
    "note": "catatan",
    "unfilled": "baris tanpa isi",
    "no_heading": "lembar tanpa kolom NIK dan nama",
}


class Person(NamedTuple):
    """A row that could be a person: where it stands, field → cell as typed, and its village.

    `cells` holds the fields of the heading ("" where empty) and, where there is no such column,
    what a group title said (`hamlet`, `rt`, `rw`). `village` and `district` are what the titles
    said and `sheet` is the sheet's name: hints, to be believed only if there is such a village.
    """

    sheet: str
    row: int
    cells: dict
    village: str
    district: str


@dataclass
class Skipped:
    """How many rows were passed over, and the numbers of the first of them."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        self.count += 1
        if self.count <= NAMED_ROWS:
            self.rows.append(row)


@dataclass
class SheetReport:
    """What became of a sheet: `rows` (not blank) are `people` and `skipped` (kind → which).

    A hidden sheet is not read. `headings` are the tables found; `near` is the best row seen
    where NIK or name was not recognised, for the user to complete.
    """

    name: str
    visible: bool = True
    rows: int = 0
    people: int = 0
    skipped: dict[str, Skipped] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    near: Heading | None = None
    village: str = ""
    district: str = ""

    def skip(self, kind: str, row: int) -> None:
        self.skipped.setdefault(kind, Skipped()).add(row)

    @property
    def sentence(self) -> str:
        """ "3 baris dilewati: jumlah, tanda tangan", or "" where there is nothing to say."""
        if not self.visible:
            return "lembar tersembunyi, tidak dibaca"
        told = {kind: it.count for kind, it in self.skipped.items() if kind != "heading"}
        if not told:
            return ""
        kinds = ", ".join(KINDS[kind] for kind in told)
        return f"{sum(told.values())} baris dilewati: {kinds}"


class Reading:
    """Iterate over the people of a workbook; `reports` fills up meanwhile, a sheet at a time.

    `corrections` maps the signature of a heading to the user's own match, field → column index.
    Raises `UnreadableWorkbook` at the end when there was nobody to read.
    """

    def __init__(
        self, sheets: Iterable[Sheet], corrections: Mapping[str, Mapping[str, int]] | None = None
    ):
        self.sheets = sheets
        self.corrections = corrections or {}
        self.reports: list[SheetReport] = []

    def __iter__(self) -> Iterator[Person]:
        for sheet in self.sheets:
            report = SheetReport(sheet.name, sheet.visible)
            self.reports.append(report)
            yield from self._people(sheet, report)
        if not any(report.people for report in self.reports):
            raise UnreadableWorkbook(self._nobody())

    def _people(self, sheet: Sheet, report: SheetReport) -> Iterator[Person]:
        """The letterhead is passed until a heading stands; each heading starts a table."""
        rows, above, passed = Rows(sheet.rows), deque(maxlen=TALLEST_HEADING - 1), []
        heading = None
        while heading is None and (row := rows.take()):
            heading = self.heading_at(row, above, rows, report)
            if heading is None:
                report.rows += 1
                above.append(row)
                passed.append(row[0])
                lines.note_place(row[1], report)
        for number in passed:
            if heading is None:
                report.skip("no_heading", number)
            else:
                report.skip("heading" if number >= heading.first_row else "title", number)
        if heading:
            report.skipped["heading"].rows.sort()  # its upper lines were passed before it was found
        while heading:
            table = Table(self, heading, report)
            yield from table.people(rows)
            heading = table.next_heading

    def heading_at(self, row, above, rows: "Rows", report: SheetReport) -> Heading | None:
        """The heading that `row` starts or ends, if it does; its lower lines are then taken."""
        heading, used = find_heading(row, above, rows)
        if heading is None:
            return None
        if own := self.corrections.get(heading.signature):
            heading = heading.correct(own)
        if not heading.complete:
            if report.near is None or len(heading.fields) > len(report.near.fields):
                report.near = heading
            return None
        _refuse_twins(heading, report.name)
        for number, _ in [row, *(rows.take() for _ in range(used))]:
            report.rows += 1
            report.skip("heading", number)
        return heading

    def _nobody(self) -> str:
        hidden = [report.name for report in self.reports if not report.visible]
        if any(report.headings for report in self.reports):
            return (
                "Buku kerja ini hanya berisi judul kolom, belum ada orangnya. "
                "Isi satu orang per baris di bawah judul, lalu unggah lagi."
            )
        if hidden and len(hidden) == len(self.reports):
            return (
                f"Semua lembar tersembunyi ({', '.join(hidden)}). Di Excel klik kanan nama lembar, "
                "pilih Unhide/Tampilkan, simpan, lalu unggah lagi."
            )
        near = next((report for report in self.reports if report.near), None)
        if near:
            missing = " dan ".join(
                word
                for name, word in (("nik", "NIK"), ("name", "Nama"))
                if name not in near.near.fields
            )
            return (
                f"Kolom {missing} tidak dikenali di lembar “{near.name}” (judul di baris "
                f"{near.near.last_row}). Beri kolom itu judul “{missing}”, lalu unggah lagi."
            )
        if not any(report.rows for report in self.reports):
            return "Buku kerja ini tidak berisi apa pun. Isi daftarnya, lalu unggah lagi."
        return (
            "Judul kolom NIK dan Nama tidak ditemukan. Beri baris judul di atas daftar, "
            "dengan kolom berjudul “NIK” dan “Nama”, lalu unggah lagi."
        )


class Rows:
    """Rows with a look ahead."""

    def __init__(self, rows: Iterable):
        self.source, self.ahead = iter(rows), deque()

    def take(self):
        """The next `(row number, cells)`, or None at the end."""
        return self.ahead.popleft() if self.ahead else next(self.source, None)

    def peek(self, count: int) -> list:
        while len(self.ahead) < count and (row := next(self.source, None)):
            self.ahead.append(row)
        return list(self.ahead)


def find_heading(row, above, rows: Rows) -> tuple[Heading | None, int]:
    """The heading at `row` and how many of the rows to come belong to it, or `(None, 0)`.

    Lines above and below belong to it when they touch it and say something about its columns.
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
    for lower, line in ahead[: TALLEST_HEADING - len(block)]:
        longer = headings.describe(first, [*block, line])
        if lower != number + used + 1 or not lines.continues(line, heading, longer):
            break
        block.append(line)
        heading, used = longer, used + 1
    samples = [line for _, line in ahead[used:] if not lines.is_column_numbers(line)]
    heading = lines.guess_nik(headings.describe(first, block, samples), samples)
    return (heading, used) if len(heading.fields) > 1 else (None, 0)


class Table:
    """The rows under one heading: people, and what stands between and below them."""

    def __init__(self, reading: Reading, heading: Heading, report: SheetReport):
        self.reading, self.heading, self.report = reading, heading, report
        self.next_heading: Heading | None = None
        if heading.signature not in {known.signature for known in report.headings}:
            report.headings.append(heading)
        fields = heading.fields
        self.width = max(fields.values()) + 1
        self.picks = [(name, at) for name, at in fields.items() if name not in lines.NOT_KEPT]
        self.ticks = (fields.get("sex_male"), fields.get("sex_female"))
        self.group: dict[str, str] = {}
        self.closing = lines.OPEN

    def people(self, rows: Rows) -> Iterator[Person]:
        """Yield the people down to the next heading (`next_heading`) or the end of the sheet."""
        report, width = self.report, self.width
        nik_at, name_at = self.heading.fields["nik"], self.heading.fields["name"]
        above = deque(maxlen=TALLEST_HEADING - 1)
        while row := rows.take():
            number, cells = row
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > len(self.heading.columns):
                self._refuse_joined(number, cells)
            # Nearly every row of a long list has both, and costs no more than this.
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
                    self._passed(kind, cells)
                    continue
            report.rows += 1
            report.people += 1
            yield self._person(number, cells)

    def _person(self, number: int, cells) -> Person:
        person = {name: cells[at] for name, at in self.picks}
        if self.ticks[0] is not None:
            person["sex"] = lines.ticked_sex(*(cells[at] for at in self.ticks))
        for name, value in self.group.items():
            person.setdefault(name, value)
        return Person(self.report.name, number, person, self.report.village, self.report.district)

    def _refuse_joined(self, number: int, cells) -> None:
        """A CSV that lost a line break holds two people in one row."""
        if any(map(lines.has_nik, cells[len(self.heading.columns) :])):
            raise UnreadableWorkbook(
                f"Baris {number} lebih panjang daripada judul kolomnya: mungkin dua baris "
                "tersambung. Pisahkan baris itu, lalu unggah lagi."
            )

    def _passed(self, kind: str, cells) -> None:
        """What a skipped row says about those below it."""
        if kind in ("signature", "note"):
            self.closing = lines.CLOSED
        elif kind == "total":
            self.closing = max(self.closing, lines.TOTALLED)
        elif kind == "group":
            if self.closing == lines.TOTALLED:
                self.closing = lines.OPEN
            lines.note_place(cells, self.report)
            self.group |= lines.group_fields(cells)


def _refuse_twins(heading: Heading, sheet: str) -> None:
    """Two tables side by side: reading the left one only would lose the people of the right."""
    rivals = {column.rival for column in heading.columns if not column.guessed}
    if not heading.corrected and {"nik", "name"} <= rivals:
        raise UnreadableWorkbook(
            f"Pada lembar “{sheet}” ada dua tabel berdampingan. Pindahkan tabel yang kanan ke "
            "bawah tabel yang kiri, lalu unggah lagi."
        )

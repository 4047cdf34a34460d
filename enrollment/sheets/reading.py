"""From the sheets of a workbook to its people, with an account of every row.

A sheet is a letterhead, a heading, people under group titles and subtotals, perhaps a second
heading, and a signature. `Reading` finds the heading wherever it is, yields every row that could be
a person (even without NIK or name: that becomes a finding and the row is not dropped) and counts
the rows it skips, so that `rows == people + skipped` always holds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enrollment.sheets import lines, titles
from enrollment.sheets.finding import Rows, find_heading, holds_niks, unrecognised_heading
from enrollment.sheets.headings import Column, Heading
from enrollment.sheets.knowledge import NOTHING, Knowledge
from enrollment.sheets.places import Place
from enrollment.sheets.profiles import has_nik
from enrollment.sheets.tables import LeftOut, Person, Table
from enrollment.workbooks.opening import Row, Sheet, UnreadableWorkbook

__all__ = ["Person", "Reading", "SheetReport", "Skipped", "Unmatched"]

FEWEST_FIELDS = 3
"""Fields that an incomplete heading must have to end the table above it."""
NAMED_ROWS = 200  # row numbers kept for each kind of skipped row
LONGEST_TEXT = 160

KINDS = {
    "title": "kop surat",
    "heading": "judul kolom",
    "column_numbers": "nomor kolom",
    "group": "judul kelompok",
    "total": "jumlah",
    "signature": "tanda tangan",
    "note": "catatan",
    "recap": "rekapitulasi atau tabel lain",
    "example": "baris contoh",
    "format": "petunjuk isian",
    "continued": "sambungan baris di atasnya",
    "unread": "baris dengan NIK yang tidak terbaca",
    "unfilled": "baris tanpa isi",
    "no_heading": "lembar tanpa kolom NIK dan nama",
    "left_out": "tabel yang Anda lewati",
}


class Unmatched(UnreadableWorkbook):
    """Nobody was read, but people could be if the user said what the columns mean."""


@dataclass
class Skipped:
    """How many rows were skipped; the numbers of the first of them, and what these say."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, row: int, text: str) -> None:
        self.count += 1
        if self.count <= NAMED_ROWS:
            self.rows.append(row)
            self.texts.append(text[:LONGEST_TEXT])


@dataclass
class SheetReport:
    """The account of a sheet: its `rows` (without blank ones) are `people` or `skipped`, by kind.

    `blank` rows lie between and above them, so that `rows + blank` is the last row's number.
    `uncomputed`: the rows of people with formulas of which the file has no result. `carried`: those
    whose village was written only in a row above. `noted`: rows with a note about people who have
    died or gone, which does not stand at these people. `untold`: titles that look like names, with
    nobody below them.

    A hidden sheet is not read. `headings` are those of the tables found. `near` is the most
    complete heading in which NIK or name was not recognised: the user may complete it.
    """

    name: str
    visible: bool = True
    rows: int = 0
    blank: int = 0
    people: int = 0
    uncomputed: list[int] = field(default_factory=list)
    carried: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)
    untold: list[int] = field(default_factory=list)
    skipped: dict[str, Skipped] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    near: Heading | None = None
    village: str = ""
    district: str = ""

    def skip(self, kind: str, row: Row) -> None:
        number, cells = row
        text = " · ".join(" ".join(str(cell).split()) for cell in cells if cell != "")
        self.skipped.setdefault(kind, Skipped()).add(number, text)

    def offer_near(self, heading: Heading) -> None:
        """Keep the most complete of the headings in which NIK or name was not recognised."""
        if self.near is None or _completeness(heading) > _completeness(self.near):
            self.near = heading

    @property
    def sentence(self) -> str:
        """ "3 baris dilewati: jumlah, tanda tangan", or "" where there is nothing to say."""
        if not self.visible:
            return "lembar tersembunyi, tidak dibaca"
        counts = {kind: rows.count for kind, rows in self.skipped.items() if kind != "heading"}
        if not counts:
            return ""
        kinds = ", ".join(KINDS[kind] for kind in counts)
        return f"{sum(counts.values())} baris dilewati: {kinds}"


class Reading:
    """Iterate over the people of a workbook; `reports` fills up meanwhile, a sheet at a time.

    `expected` is the estimated number of rows, better with each sheet.
    `corrections` maps the signature of a heading to the user's own match, field → column index; an
    empty match leaves the table out. `knowledge`: what later rooms know. `people`: sheet → rows
    that the user said are people, whatever they look like. When nobody was read, raises at the end:
    `Unmatched` if another match could change that, else `UnreadableWorkbook`.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        corrections: Mapping[str, Mapping[str, int]] | None = None,
        knowledge: Knowledge = NOTHING,
        people: Mapping[str, Collection[int]] | None = None,
    ):
        self.sheets = sheets
        self.knowledge = knowledge
        self.said_people = people or {}
        self.corrections = corrections or {}
        self.reports: list[SheetReport] = []
        self.expected = 0
        self.struck: Mapping[int, Sequence[int]] = {}
        """Row of the sheet being read → its columns that are struck through."""
        self.incomplete = False
        """Whether the last row looked at is a heading of people by which they cannot be read."""

    def __iter__(self) -> Iterator[Person]:
        for sheet in self.sheets:
            report = SheetReport(sheet.name, sheet.visible)
            self.reports.append(report)
            self.expected, self.struck = sheet.expected, sheet.struck
            yield from self._people(sheet, report)
        if not any(report.people for report in self.reports):
            error = Unmatched if self._could_be_matched() else UnreadableWorkbook
            raise error(self._why_nobody())

    def _people(self, sheet: Sheet, report: SheetReport) -> Iterator[Person]:
        """Skip the letterhead down to the first heading; each heading then starts a table."""
        rows = Rows(sheet.rows)
        place = Place(sheet.name, self.knowledge)
        heading = self._search(rows, report, place)
        while heading:
            table = (LeftOut if heading.left_out else Table)(self, heading, report, place)
            yield from table.people(rows)
            heading = table.next_heading
            if heading is None and table.interrupted:
                heading = self._search(rows, report, place)
        report.blank = max(rows.last - report.rows, 0)
        report.village, report.district, _ = place.where

    def _search(self, rows: Rows, report: SheetReport, place: Place) -> Heading | None:
        """The next heading; the rows above it are titles."""
        above: deque[Row] = deque(maxlen=lines.TALLEST_HEADING - 1)
        passed: list[Row] = []
        heading = None
        while heading is None and (row := rows.take()):
            heading = self.heading_at(row, above, rows, report) or self.unrecognised_at(
                row, rows, report
            )
            if heading is None:
                report.rows += 1
                above.append(row)
                passed.append(row)
        for row in passed:
            if heading and row[0] < heading.first_row:
                place.letterhead(titles.read(row[1], self.knowledge))
            if heading is None:
                report.skip("no_heading", row)
            else:
                report.skip("heading" if row[0] >= heading.first_row else "title", row)
        if heading:
            self._forget_near(report, passed)
            report.skipped["heading"].rows.sort()  # its upper lines were passed before it was found
        return heading

    @staticmethod
    def _forget_near(report: SheetReport, passed: Sequence[Row]) -> None:
        """Lines of the letterhead are no headings, unless people stand below them."""
        near = report.near
        below = (row for row in passed if near and row[0] > near.last_row)
        if not any(has_nik(cell) for _, cells in below for cell in cells):
            report.near = None

    def heading_at(
        self, row: Row, above: Sequence[Row], rows: Rows, report: SheetReport
    ) -> Heading | None:
        """The heading that `row` belongs to, or None; its lower lines are then taken too."""
        self.incomplete = False
        heading, used = find_heading(row, above, rows, self.knowledge)
        if heading is None:
            return None
        return self._accepted(heading, report, [row, *rows.peek(used)[:used]], rows)

    def unrecognised_at(self, row: Row, rows: Rows, report: SheetReport) -> Heading | None:
        """A heading in unknown words, if the user has matched it; else it is kept as `near`."""
        heading = unrecognised_heading(row, rows, self.knowledge)
        if heading is None:
            return None
        accepted = self._accepted(heading, report, [row], rows)
        self.incomplete = accepted is None
        return accepted

    def _accepted(
        self, heading: Heading, report: SheetReport, standing: Sequence[Row], rows: Rows
    ) -> Heading | None:
        """The heading as the user matched it, or None if people cannot be read by it.

        `standing` are its rows; those that are still ahead are taken.
        """
        own = self.corrections.get(heading.signature)
        if own is not None:
            heading = heading.correct(own)
        if not (heading.complete or heading.left_out):
            report.offer_near(heading)
            self.incomplete = len(heading.fields) >= FEWEST_FIELDS and holds_niks(
                heading, share=0.5
            )
            return None
        _refuse_side_by_side(heading, report.name)
        for _ in standing[1:]:
            rows.take()
        for line in standing:
            report.rows += 1
            report.skip("heading", line)
        return heading

    def _could_be_matched(self) -> bool:
        """Whether people could be read if the user said what columns mean."""
        found = [heading for report in self.reports for heading in report.headings]
        near = [report.near for report in self.reports if report.near]
        if any(heading.complete for heading in found):  # a list that is not filled in yet
            near = [heading for heading in near if holds_niks(heading)]
        return any(near) or any(heading.left_out for heading in found)

    def _why_nobody(self) -> str:
        hidden = [report.name for report in self.reports if not report.visible]
        found = [heading for report in self.reports for heading in report.headings]
        if found and all(heading.left_out for heading in found):
            return (
                "Semua tabel di buku kerja ini dilewati, seperti yang dipilih terakhir kali. "
                "Unggah lewat halaman Impor, lalu pilih kolom NIK dan Namanya."
            )
        if found:
            return (
                "Buku kerja ini hanya berisi judul kolom, belum ada orangnya. "
                "Isi satu orang per baris di bawah judul, lalu unggah lagi."
            )
        if hidden and len(hidden) == len(self.reports):
            return (
                f"Semua lembar tersembunyi ({', '.join(hidden)}). Di Excel klik kanan nama lembar, "
                "pilih Unhide/Tampilkan, simpan, lalu unggah lagi."
            )
        near = next(((report.name, report.near) for report in self.reports if report.near), None)
        if near:
            sheet, heading = near
            missing = " dan ".join(
                word
                for name, word in (("nik", "NIK"), ("name", "Nama"))
                if name not in heading.fields
            )
            return (
                f"Kolom {missing} tidak dikenali di lembar “{sheet}” (judul di baris "
                f"{heading.last_row}). Beri kolom itu judul “{missing}”, lalu unggah lagi."
            )
        if not any(report.rows for report in self.reports):
            return "Buku kerja ini tidak berisi apa pun. Isi daftarnya, lalu unggah lagi."
        return (
            "Judul kolom NIK dan Nama tidak ditemukan. Beri baris judul di atas daftar, "
            "dengan kolom berjudul “NIK” dan “Nama”, lalu unggah lagi."
        )


def _completeness(heading: Heading) -> tuple[bool, int, int]:
    named = sum(bool(column.heading) for column in heading.columns)
    sure = sum(bool(column.field) and not column.guessed for column in heading.columns)
    return "nik" in heading.fields, sure, named


def _refuse_side_by_side(heading: Heading, sheet: str) -> None:
    """Refuse two tables side by side: the people of the right one would be lost. Their headings
    are the same, or a blank column or a further one of row numbers stands between them; else the
    user is asked which column is meant."""
    chosen = {column.field: column for column in heading.columns if column.field}
    apart = [each.index for each in heading.columns if _divides_tables(each)]
    rivals = {
        column.rival
        for column in heading.columns
        if column.rival
        and not column.guessed
        and (
            column.said.words == chosen[column.rival].said.words
            or any(chosen[column.rival].index < at < column.index for at in apart)
        )
    }
    if not (heading.corrected or heading.replaces) and {"nik", "name"} <= rivals:
        raise UnreadableWorkbook(
            f"Pada lembar “{sheet}” ada dua tabel berdampingan. Pindahkan tabel yang kanan ke "
            "bawah tabel yang kiri, lalu unggah lagi."
        )


def _divides_tables(column: Column) -> bool:
    return column.rival == "number" or not (column.heading or column.filled)

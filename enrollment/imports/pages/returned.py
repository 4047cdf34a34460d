"""The rows with errors as a workbook, to be corrected in a spreadsheet and uploaded again.

Each sheet keeps its name and its columns; the first column says what is wrong with the row, and bad
cells are coloured and have a comment. All cells are text, so that Excel cannot damage another NIK.
"""

from itertools import groupby
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

from enrollment.fields.person import FIELDS
from enrollment.imports.columns import matching
from enrollment.imports.models import ImportRow
from enrollment.imports.typed import cell_of, plain, shown
from enrollment.sheets.headings import describe
from enrollment.sheets.labels import label
from enrollment.sheets.meanings import SECRET, meaning
from enrollment.workbooks.cells import text_cell
from enrollment.workbooks.opening import UnreadableWorkbook, read
from enrollment.workbooks.storing import files

REASON = "Yang perlu diperbaiki"
AUTHOR = "LindungDesa"
REASON_WIDTH, USUAL_WIDTH = 46, 16
WIDTHS = {field.name: max(field.template.width, USUAL_WIDTH) for field in FIELDS if field.template}
ROWS_A_PART = 5000
"""Written in about four seconds, while the user waits; nobody corrects more at a time."""


class Part(NamedTuple):
    """A part of a workbook that would be too long: its first and last position, its people."""

    first: int
    last: int
    people: int


def parts(rows):
    """The parts in which `rows` are returned; only very long lists have more than one."""
    positions = list(rows.order_by("position").values_list("position", flat=True))
    slices = [positions[at : at + ROWS_A_PART] for at in range(0, len(positions), ROWS_A_PART)]
    return [Part(part[0], part[-1], len(part)) for part in slices]


def rows_of(job):
    """The rows to be corrected; of a list that was only checked, all with a finding."""
    if job.check_only:
        return job.rows.exclude(severity=ImportRow.Severity.CLEAN)
    return job.rows.filter(severity=ImportRow.Severity.ERROR)


def write(job, rows, target, *, village_word="desa"):
    """Write `rows` (ImportRows of `job`, in order) to the path or stream `target`."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    original = _Original(job)
    for name, of_sheet in groupby(rows.iterator(chunk_size=1000), key=lambda row: row.sheet):
        _Page(book, name, original, village_word).fill(list(of_sheet))
    book.save(target)


class _Page:
    """One sheet: each heading of the original with its rows below it."""

    def __init__(self, book, name, original, village_word):
        self.sheet = book.create_sheet(name)
        self.name, self.original, self.village_word = name, original, village_word

    def fill(self, rows):
        matches = self.original.matches(self.name)
        tables = [
            (match, list(under)) for match, under in groupby(rows, key=lambda row: matches(row.row))
        ]
        spare = self.original.cells(self.name, [row.row for row in rows])
        self._widths(tables[0][0], tables[0][1])
        for number, (match, under) in enumerate(tables):
            if number:
                self.sheet.append([])
            columns = self._columns(match, under)
            self.sheet.append(self._heading(columns))
            for row in under:
                self.sheet.append(self._cells(columns, row, spare.get(row.row, [])))

    def _widths(self, match, rows):
        self.sheet.freeze_panes = "B2"
        fields = [field for _, _, field in self._columns(match, rows)]
        widths = [REASON_WIDTH, *(WIDTHS.get(field, USUAL_WIDTH) for field in fields)]
        for at, width in enumerate(widths):
            self.sheet.column_dimensions[_letter(at)].width = width

    def _columns(self, match, rows):
        """(index, heading, field) of the original columns, then of fields that have no column but
        were given by titles or have a finding."""
        columns = [
            (at, text, field)
            for at, text, field in match["columns"]
            if text and text != REASON and not _is_secret(text, field)
        ]
        present = {field for _, _, field in columns}
        findings = (finding for row in rows for finding in row.findings)
        wanted = {name for row in rows for name in row.typed}
        wanted |= {finding.field for finding in findings if not cell_of(finding, present)}
        extra = [(None, "", field) for field in sorted(wanted - present)]
        return self._readable([*columns, *extra])

    def _readable(self, columns):
        """The columns with headings that are read as the same fields when in a single line."""
        columns = [
            (at, heading or label(field, self.village_word), field)
            for at, heading, field in columns
        ]
        read = describe(1, [[heading for _, heading, _ in columns]])
        return [
            (
                at,
                heading if _reads_as(means, field) else _own(field, self.village_word),
                field,
            )
            for (at, heading, field), means in zip(columns, read.columns, strict=True)
        ]

    def _heading(self, columns):
        return [
            text_cell(self.sheet, text, style="judul")
            for text in (REASON, *(heading for _, heading, _ in columns))
        ]

    def _cells(self, columns, row, spare):
        bad = {}
        present = {field for _, _, field in columns}
        for finding in row.findings:
            bad.setdefault(cell_of(finding, present), []).append(finding.message)
        messages = (finding.message for finding in row.findings)
        reasons = text_cell(self.sheet, *messages, style="alasan")
        return [reasons, *(self._cell(column, row, spare, bad) for column in columns)]

    def _cell(self, column, row, spare, bad):
        at, _, field = column
        if field and field != "number":
            text = shown(field, row.typed.get(field))
        else:
            text = plain(spare[at]) if at is not None and at < len(spare) else ""
        if not field or field not in bad:
            return text_cell(self.sheet, text, style="isi")
        cell = text_cell(self.sheet, text, style="salah")
        cell.comment = Comment("\n".join(bad[field]), AUTHOR, height=120, width=320)
        return cell


def _reads_as(column, field):
    """Whether a heading surely means this field (None: no field), so that the user is not asked
    about it again."""
    sure = not column.guessed and column.rival not in matching.NEEDED
    return sure and column.field in (field, "number")


def _is_secret(heading, field):
    """Whether a column is about health: it goes into no file."""
    return (field or meaning(heading).field) in SECRET


def _own(field, village_word):
    return label(field, village_word) if field and field != "number" else ""


def _letter(at):
    from openpyxl.utils import get_column_letter

    return get_column_letter(at + 1)


class _Original:
    """The uploaded workbook: the heading above each row, and the cells of unused columns."""

    def __init__(self, job):
        self.job = job

    def matches(self, sheet):
        """A function from a spreadsheet row to the match of the heading above it."""
        here = [match for match in self.job.columns if match["sheet"] == sheet]

        def above(row):
            return next((match for match in reversed(here) if match["row"] < row), here[0])

        return above

    def cells(self, sheet, numbers):
        """Row number → all cells; empty when the file is gone or all columns have a field."""
        wanted = set(numbers)
        if all(field for match in self.job.columns for _, text, field in match["columns"] if text):
            return {}
        try:
            with files().on_disk(str(self.job.file)) as path:
                for read_sheet in read(path, name=self.job.filename):
                    if read_sheet.name == sheet:
                        rows = read_sheet.rows
                        return {number: cells for number, cells in rows if number in wanted}
        except (FileNotFoundError, UnreadableWorkbook):
            pass
        return {}


def _styles():
    text = {"number_format": "@"}
    wrap = Alignment(wrap_text=True, vertical="top")
    yield NamedStyle("judul", font=Font(bold=True), alignment=wrap, **text)
    yield NamedStyle("isi", alignment=Alignment(vertical="top"), **text)
    yield NamedStyle("alasan", font=Font(color="9C2A10"), alignment=wrap, **text)
    yield NamedStyle(
        "salah", fill=PatternFill("solid", fgColor="FFD9CC"), font=Font(color="7A1F0B"),
        alignment=Alignment(vertical="top"), **text,
    )  # fmt: skip

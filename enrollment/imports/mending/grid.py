"""The grid in which bad rows are mended: what each cell says, and what is wrong with it."""

from dataclasses import dataclass

from enrollment.fields.person import FIELD
from enrollment.imports.mending.correcting import ERROR, version
from enrollment.imports.typed import as_read, cell_of, shown
from enrollment.sheets.labels import LABELS, label
from enrollment.standing import Standing
from enrollment.workers.checks.findings import Severity

ROWS_A_PAGE = 25
ALWAYS = ("name", "nik")
"""Shown of every row, and first: by these people know who it is."""
CORRECT = Standing("good", "Sudah benar")
WITH = {"village.ambiguous": "district"}
"""A finding that is mended in the cell of another field than its own."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the sentences about it, and what it says now where another changed it.

    `faults` keep the row from being taken, `remarks` do not.
    """

    field: str
    label: str
    text: str
    faults: list
    remarks: list
    now: str = ""

    @property
    def is_wrong(self):
        return bool(self.faults or self.now)

    @property
    def css(self):
        return "nik" if self.field == "nik" else ""

    @property
    def described_by(self):
        """What follows the cell's id in the ids of the sentences about it."""
        return [
            name for name, said in (("salah", self.is_wrong), ("catatan", self.remarks)) if said
        ]

    @property
    def inputmode(self):
        return FIELD[self.field].keyboard if self.field in FIELD else "text"


class GridRow:
    """A row before who mends it. `posted`: field → text that could not be kept, and why."""

    def __init__(self, row, fields, *, village_word="desa", posted=None, refusal=""):
        self.row, self.refusal, self.version = row, refusal, version(row)
        self.good = row.severity != ERROR and not refusal
        self.faults, self.notes = self._sentences(fields)
        known = fields | row.typed.keys() | self.faults.keys()
        cells = [self._cell(it, village_word, posted or {}) for it in LABELS if it in known]
        main = [cell for cell in cells if cell.faults or cell.field in ALWAYS]
        self.main = sorted(main, key=lambda cell: cell.field != "name")
        self.wrong = [cell for cell in cells if cell.faults]
        self.others = [cell for cell in cells if not cell.faults]
        self.rest = [cell for cell in self.others if cell.text and cell.field not in ALWAYS]

    def _sentences(self, fields):
        """Field → errors, and field → warnings. Of a gap the empty cell says enough."""
        faults, notes = {}, {}
        present = fields | self.row.typed.keys()
        for one in self.row.findings:
            field = cell_of(one, present) or one.field
            if one.severity is Severity.WARNING:
                notes.setdefault(field, []).append(one.message)
            elif one.severity is Severity.ERROR:
                faults.setdefault(field, []).append(one.message)
                if one.code in WITH:
                    faults.setdefault(WITH[one.code], []).append(one.message)
        return faults, notes

    def _cell(self, field, village_word, posted):
        kept = as_read(shown(field, self.row.typed.get(field)))
        text = posted.get(field, kept)
        now = kept if text != kept else ""
        faults, notes = (told.get(field, []) for told in (self.faults, self.notes))
        return Cell(field, label(field, village_word), text, faults, notes, now)

    @property
    def standing(self):
        return CORRECT if self.good else None

    @property
    def told(self):
        """In the line over all rows, once it was checked."""
        return f"Baris {self.row.row} {'sudah benar' if self.good else 'masih salah'}."

    @property
    def becomes(self):
        """What a good row will be."""
        if not self.row.worker_id:
            return "Orang baru."
        return f"Sudah terdaftar, datanya {'berbeda' if self.row.changes else 'sama'}."

    @property
    def remarks(self):
        """What does not keep the row from being taken, in a few words: of a bad row the warnings,
        of a good one the gaps as well."""
        said = (Severity.GAP, Severity.WARNING) if self.good else (Severity.WARNING,)
        return [one.label for one in self.row.findings if one.severity in said]


def fields_of(job):
    """The fields for which the workbook has a column."""
    return {field for match in job.columns for _, _, field in match["columns"] if field in LABELS}


def page_of(job, after, just_mended=None):
    """The next bad rows after a position, and whether there are more; with the one just mended.

    Rows leave the grid as they are mended: a page begins after a row, not at a number of rows.
    """
    bad = job.rows.filter(severity=ERROR, position__gt=after)
    rows = list(bad[: ROWS_A_PAGE + 1])
    more = len(rows) > ROWS_A_PAGE
    rows = rows[:ROWS_A_PAGE]
    if just_mended and just_mended not in [row.position for row in rows]:
        rows += job.rows.filter(position=just_mended)
    return sorted(rows, key=lambda row: row.position), more

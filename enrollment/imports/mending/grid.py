"""The grid in which rows with errors are corrected: the text of each cell and its findings."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from enrollment.fields.person import FIELD
from enrollment.imports.mending.correcting import ERROR, version
from enrollment.imports.typed import as_read, cell_of, shown
from enrollment.sheets.labels import LABELS, label
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, Severity
from enrollment.workers.checks.mismatch import with_both

ROWS_A_PAGE = 25
ALWAYS = ("name", "nik")
"""Shown first in every row, to recognise the person."""
CORRECT = Standing("good", "Sudah benar")
SENTENCES = re.compile(r"(?<=\.)\s+")
"""Where a sentence ends and the next one begins."""
CORRECTED_IN = {"village.ambiguous": "district"}
"""Finding → the field whose cell can be corrected too, besides the finding's own."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text and the sentences about it.

    `faults` prevent the row from being taken, `remarks` do not. `now` is the stored text, if it
    differs from the posted one.
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
        """The suffixes that make ids of the sentences about the cell from the id of the cell."""
        suffixes = (("salah", self.is_wrong), ("catatan", self.remarks))
        return [suffix for suffix, present in suffixes if present]

    @property
    def inputmode(self):
        return FIELD[self.field].keyboard if self.field in FIELD else "text"


def advice(rows):
    """Sentence → the labels of the errors to which it belongs, for each sentence that names nothing
    of a row and that several of `rows` would say. The page says it once, above the rows."""
    errors = [finding for row in rows for finding in row.findings if is_error(finding)]
    said = Counter(part for error in errors for part in SENTENCES.split(error.message))
    labels = {part: [] for error in errors for part in _general(error.code) if said[part] > 1}
    for code in dict.fromkeys(error.code for error in errors):
        for part in _general(code):
            if part in labels:
                labels[part].append(CODES[code].label)
    return labels


def is_error(finding):
    return finding.severity is Severity.ERROR


def _general(code):
    return [part for part in SENTENCES.split(CODES[code].sentence) if "{" not in part]


class GridRow:
    """A row on the page. `posted`: field → text that could not be stored, `refusal`: why not;
    `advised`: sentences that the page says above the rows."""

    def __init__(self, row, fields, *, village_word="desa", posted=None, refusal="", advised=()):
        self.row, self.refusal, self.version = row, refusal, version(row)
        self.advised = advised
        self.good = row.severity != ERROR and not refusal
        self.findings = [self._with_both(found) for found in row.findings]
        self.faults, self.notes = self._sentences(fields)
        known = fields | row.typed.keys() | self.faults.keys()
        cells = [self._cell(name, village_word, posted or {}) for name in LABELS if name in known]
        main = [cell for cell in cells if cell.faults or cell.field in ALWAYS]
        self.main = sorted(main, key=lambda cell: cell.field != "name")
        self.wrong = [cell for cell in cells if cell.faults]
        self.others = [cell for cell in cells if not cell.faults]
        self.rest = [cell for cell in self.others if cell.text and cell.field not in ALWAYS]

    def _with_both(self, found):
        """The grid shows the NIK and the birth date in full, so it says what each of them tells."""
        row = self.row
        return with_both(
            found, nik=row.nik, birth_date=row.birth_date, sex=row.sex, today=timezone.localdate()
        )

    def _sentences(self, fields):
        """Field → errors, and field → warnings. A gap needs no sentence beside its empty cell."""
        faults, notes = {}, {}
        present = fields | self.row.typed.keys()
        for finding in self.findings:
            field = cell_of(finding, present) or finding.field
            if finding.severity is Severity.WARNING:
                notes.setdefault(field, []).append(finding.message)
            elif is_error(finding):
                said = self._own_words(finding)
                faults.setdefault(field, []).append(said)
                if other := CORRECTED_IN.get(finding.code):
                    faults.setdefault(other, []).append(said)
        return faults, notes

    def _own_words(self, finding):
        """What an error says of this row, or its label where the page says everything above."""
        own = [part for part in SENTENCES.split(finding.message) if part not in self.advised]
        return " ".join(own) or f"{finding.label}."

    def _cell(self, field, village_word, posted):
        kept = as_read(shown(field, self.row.typed.get(field)))
        text = posted.get(field, kept)
        now = kept if text != kept else ""
        faults, notes = self.faults.get(field, []), self.notes.get(field, [])
        return Cell(field, label(field, village_word), text, faults, notes, now)

    @property
    def standing(self):
        return CORRECT if self.good else None

    @property
    def announcement(self):
        """The sentence in the status line above all rows, once this row was checked."""
        return f"Baris {self.row.row} {'sudah benar' if self.good else 'masih salah'}."

    @property
    def becomes(self):
        """What a good row will become when it is taken."""
        if not self.row.worker_id:
            return "Orang baru."
        return f"Sudah terdaftar, datanya {'berbeda' if self.row.changes else 'sama'}."

    @property
    def remarks(self):
        """The labels of findings that do not prevent taking the row, with both values that differ:
        warnings, and of a good row the gaps as well."""
        severities = (Severity.GAP, Severity.WARNING) if self.good else (Severity.WARNING,)
        remarked = [found for found in self.findings if found.severity in severities]
        return [f"{found.label}{found.values.get('both', '')}" for found in remarked]


def fields_of(job):
    """The fields for which the workbook has a column."""
    return {field for match in job.columns for _, _, field in match["columns"] if field in LABELS}


def page_of(job, after, just_corrected=None):
    """The next bad rows after a position, with the one just corrected; whether there are more.

    Corrected rows leave the grid, so a page starts after a given row, not at a number of rows.
    """
    bad = job.rows.filter(severity=ERROR, position__gt=after)
    rows = list(bad[: ROWS_A_PAGE + 1])
    more = len(rows) > ROWS_A_PAGE
    rows = rows[:ROWS_A_PAGE]
    if just_corrected and just_corrected not in [row.position for row in rows]:
        rows += job.rows.filter(position=just_corrected)
    return sorted(rows, key=lambda row: row.position), more

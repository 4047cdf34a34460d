"""Matching columns: a choice for each column of each heading."""

from dataclasses import dataclass

from django import forms
from openpyxl.utils import get_column_letter

from enrollment.imports.columns import matching

MOST_COLUMNS = 300
"""Columns on the page; tables beyond these stay as they were read."""
A_SCREENFUL = 12
"""In tables with more columns than this, unused columns are folded away."""


@dataclass(frozen=True)
class Asked:
    """A table on the page: its `question`, its (column, bound field) pairs, the box to skip it.

    `title` tells where it is, `like` which other sheets have the same headings. `rest` are the
    pairs that are folded away; `rest_open`: shown open, because something was chosen among them.
    """

    table: dict
    title: str
    like: str
    question: str
    columns: list
    rest: list
    rest_open: bool
    skip: object


class ColumnsForm(forms.Form):
    """`ColumnsForm(…, tables=job.tables)`; `answers()` is what `actions.correct_reading` takes."""

    def __init__(self, *args, tables, village_word="desa", **options):
        super().__init__(*args, **options)
        self.tables, self.total = _shown(tables), len(tables)
        self.village_word = village_word
        choices = [
            ("", "Tidak dipakai"),
            *((field, matching.label(field, village_word)) for field in matching.CHOICES),
        ]
        for table in self.tables:
            for column in table["columns"]:
                self.fields[_name(table, column)] = forms.ChoiceField(
                    label=title(column), required=False, choices=choices,
                    initial=column["field"] or "",
                )  # fmt: skip
            if len(tables) > 1:
                self.fields[_skip(table)] = forms.BooleanField(
                    label="Lewati tabel ini, bukan daftar orang",
                    required=False, initial=table["left_out"],
                )  # fmt: skip

    @property
    def asked(self):
        for table in self.tables:
            pairs = [(column, self[_name(table, column)]) for column in table["columns"]]
            skip = self[_skip(table)] if _skip(table) in self.fields else None
            folds = table["complete"] and len(pairs) > A_SCREENFUL
            rest = [pair for pair in pairs if folds and not (pair[0]["field"] or pair[0]["rival"])]
            pairs = [pair for pair in pairs if pair not in rest]
            rest_open = any(field.value() or field.errors for _, field in rest)
            question = matching.question(table)
            titles = _title(table), _like(table)
            yield Asked(table, *titles, question, pairs, rest, rest_open, skip)

    @property
    def leaves_some(self):
        """Whether there are tables of the workbook that are not on the page."""
        return len(self.tables) < self.total

    def clean(self):
        values = super().clean()
        for table in self.tables:
            for at, sentence in matching.errors_of(table, self._chosen(table, values)):
                self._add(table, at, sentence)
        return values

    def _add(self, table, at, sentence):
        if at is not None:
            self.add_error(f"kolom-{table['key']}-{at}", sentence)
        elif len(self.tables) > 1:
            sheet = table["sheets"][0][0]
            self.add_error(None, f"Lembar {sheet}: {sentence} Bukan daftar orang? Lewati saja.")
        else:
            self.add_error(None, sentence)

    def _chosen(self, table, values):
        if values.get(_skip(table)):
            return {}
        named = {column["at"]: values.get(_name(table, column)) for column in table["columns"]}
        return {at: field for at, field in named.items() if field}

    def answers(self):
        """signature → column index → field, of the tables on the page."""
        return {table["signature"]: self._chosen(table, self.cleaned_data) for table in self.tables}


def title(column):
    """The name of a column: its heading, or its letter if it has none."""
    return column["heading"] or f"Tanpa judul (kolom {get_column_letter(column['at'] + 1)})"


def _title(table):
    sheet, row = table["sheets"][0]
    return f"Lembar {sheet}, judul di baris {row}"


def _like(table):
    others = [sheet for sheet, _ in table["sheets"][1:]]
    more = f", dan {table['more']} lembar lain" if table["more"] else ""
    return f"Sama dengan lembar {', '.join(others)}{more}." if others else ""


def _shown(tables):
    """The tables for the page: those in doubt first, up to `MOST_COLUMNS`."""
    shown, columns = [], 0
    for table in sorted(tables, key=lambda table: not table["doubt"]):
        columns += len(table["columns"])
        if shown and columns > MOST_COLUMNS:
            break
        shown.append(table)
    return shown


def _name(table, column):
    return f"kolom-{table['key']}-{column['at']}"


def _skip(table):
    return f"lewati-{table['key']}"

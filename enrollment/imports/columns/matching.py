"""Matching the columns of a list with fields: the question to the user, the answer, the memory.

The headings of a list are stored in its job as `tables`, one for each different heading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from django.utils import timezone

from enrollment.imports.models import ColumnMemory
from enrollment.imports.shapes import Match, Matches, Table, TableColumn
from enrollment.imports.typed import HEALTH_NOT_KEPT, plain, shown
from enrollment.sheets import labels
from enrollment.sheets.finding import holds_niks
from enrollment.sheets.headings import Column, Heading
from enrollment.sheets.kinds import PERSONAL
from enrollment.sheets.meanings import SECRET
from enrollment.sheets.profiles import has_nik
from enrollment.sheets.reading import SheetReport
from enrollment.sheets.words import is_about_health, normalise
from enrollment.workbooks.opening import Cell
from enrollment.workers.checks.masking import mask_name
from enrollment.workers.checks.nik import mask
from enrollment.workers.checks.values import tidy
from villages.models import Office
from villages.refusals import Refusal

Answers = Mapping[str, Mapping[int, str]]
"""Signature of a heading → column index → field, as the user chose; empty: leave the table out."""

NEEDED = ("nik", "name")
TICKED = {"sex_male": "Laki-laki (dicentang)", "sex_female": "Perempuan (dicentang)"}
NOT_KEPT = {
    "number": "Nomor urut",
    "remark": "Keterangan tentang orangnya",
    "ill": "Sakit berat sehingga tidak bekerja",
    "healthy": "Kondisi sehat",
    "health": "Kesehatan lainnya (isi kolom kesehatan tidak disimpan)",
}
CHOICES = (*labels.LABELS, *TICKED, *NOT_KEPT)
NAMED_SHEETS, LONGEST_SAMPLE, MOST_REMEMBERED = 5, 60, 100
MANY_DIGITS = re.compile(r"\d(?:[\s.'-]?\d){8,}")
"""More digits than a date has."""

UNKNOWN = "Judul kolom berkas ini sudah berubah. Muat ulang halamannya, lalu pilih lagi."
NOBODY_LEFT = "Semua tabel dilewati. Pilih kolom NIK dan Nama paling sedikit pada satu tabel."
HALF_TICKED = "Pilih kolom Laki-laki dan kolom Perempuan, keduanya."


def label(field: str, village_word: str = "desa") -> str:
    """The name of a field for the user, including `words.INTERNAL`."""
    return (TICKED | NOT_KEPT).get(field) or labels.label(field, village_word)


def tables_of(reports: Sequence[SheetReport]) -> list[Table]:
    """The different headings of a workbook, as they are stored in its job."""
    nobody = not any(report.people for report in reports)
    titled = any(heading.complete for report in reports for heading in report.headings)
    tables: dict[str, Table] = {}
    for report in reports:
        for heading in _headings(report):
            table = tables.setdefault(heading.signature, _table(heading))
            if len(table["sheets"]) < NAMED_SHEETS:
                table["sheets"].append((report.name, heading.last_row))
            else:
                table["more"] += 1
            table["doubt"] |= _in_doubt(heading, nobody, titled)
    return list(tables.values())


def _headings(report: SheetReport) -> list[Heading]:
    """The headings of a sheet; also one that is not understood, if people stand below it or no
    other was found."""
    near = report.near
    if near and (not report.headings or _holds_several(near)):
        return [*report.headings, near]
    return report.headings


def _holds_several(heading: Heading) -> bool:
    """Whether several people stand below, and not one example of how to fill in a column."""
    niks = [column.filled for column in heading.columns if column.field == "nik"]
    several = any(sum(map(has_nik, filled)) > 1 for filled in niks)
    return several and holds_niks(heading, share=0.5)


def _table(heading: Heading) -> Table:
    return {
        "key": heading.signature[:16],
        "signature": heading.signature,
        "sheets": [],
        "more": 0,
        "columns": [
            _column(column) for column in heading.columns if column.heading or column.samples
        ],
        "doubt": False,
        "corrected": heading.corrected,
        "left_out": heading.left_out,
        "complete": heading.complete,
        "replaces": heading.replaces,
    }


def _column(column: Column) -> TableColumn:
    cells = () if column.is_secret or column.said.field in SECRET else column.samples
    samples = (_sample(column, cell) for cell in cells)
    return {
        "at": column.index,
        "heading": tidy(column.heading),
        "field": column.field,
        "guessed": column.guessed,
        "rival": column.rival,
        "samples": list(dict.fromkeys(filter(None, samples))),
        "parts": list(column.parts),
    }


def _sample(column: Column, cell: Cell) -> str:
    """A cell as an example of its column; numbers as long as a phone's and the mother's name are
    masked. They are kept in the job, and shown before anybody asks."""
    if column.field in (None, "status", "remark") and is_about_health(str(cell)):
        return HEALTH_NOT_KEPT
    text = shown("birth_date", tidy(plain(cell)).removesuffix(" 00:00:00"))
    text = masked(" ".join(text.split()))
    of_mother = column.field == "mother_name" or "ibu" in normalise(column.heading).split()
    text = mask_name(text) if of_mother else text
    return text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"


def masked(text: str) -> str:
    """A text whose numbers as long as a phone's are masked."""
    return MANY_DIGITS.sub(lambda found: mask(re.sub(r"\D", "", found[0])), text)


def _in_doubt(heading: Heading, nobody: bool, titled: bool) -> bool:
    """Whether a user should look at the heading: NIK or name is guessed, found twice, or missing.

    Guesses of other fields appear in the preview, where mistakes are easy to see. A heading without
    NIK or name is in doubt if there are people below it, or if `nobody` was read and no heading of
    the workbook is complete (`titled`).
    """
    if heading.left_out:
        return nobody
    if not heading.complete:
        return (nobody and not titled) or _holds_people(heading)
    if heading.corrected:
        return False
    used = {column.field: column.samples for column in heading.columns if column.field}
    return any(_is_doubtful(column, used) for column in heading.columns)


def _holds_people(heading: Heading) -> bool:
    """Whether there are NIKs below it, or values in at least three personal fields."""
    personal = [column for column in heading.columns if column.field in PERSONAL and column.samples]
    return _holds_several(heading) or len(personal) >= 3


def _is_doubtful(column: Column, used: Mapping[str, tuple[Cell, ...]]) -> bool:
    """Whether NIK or name is guessed, or a second column means it too and has other values."""
    if column.guessed:
        return column.field in NEEDED
    return column.rival in NEEDED and column.samples not in ((), used[column.rival])


def question(table: Table) -> str:
    """The question to the user about a table in doubt; "" where there is no doubt."""
    if not table["doubt"]:
        return ""
    fields = {column["field"] for column in table["columns"]}
    missing = [label(field) for field in NEEDED if field not in fields]
    if missing:
        return f"Kolom {' dan '.join(missing)} belum dikenali. Pilih kolomnya."
    guessed = [
        (field, column["heading"])
        for column in table["columns"]
        if column["guessed"] and (field := column["field"]) and field in NEEDED
    ]
    if guessed:
        guesses = " dan ".join(f"{label(field)} ada di “{heading}”" for field, heading in guessed)
        return f"Kami mengira {guesses}. Periksa, lalu lanjutkan."
    rivals = {column["rival"] for column in table["columns"]}
    twice = [label(field) for field in NEEDED if field in rivals]
    return f"Ada lebih dari satu kolom untuk {' dan '.join(twice)}. Pilih yang benar."


def guesses(table: Table, village_word: str = "desa") -> list[str]:
    """Sentences about columns that nobody is asked about, and that were yet only guessed."""
    return [
        f"Kolom “{_title(column)}” kami kira berisi {label(field, village_word)}."
        for column in table["columns"]
        if _is_guess(table, column) and (field := column["field"]) and field not in NEEDED
    ]


class Doubt(TypedDict):
    """A heading in doubt: where it is, which of its columns, and what should be answered."""

    sheet: str
    row: int
    columns: list[str]
    question: str


def doubts(tables: Iterable[Table]) -> list[Doubt]:
    """What is in doubt about the columns, for who cannot be asked."""
    found: list[Doubt] = []
    for table in tables:
        questions = [question(table), *guesses(table)]
        if any(questions):
            sheet, row = table["sheets"][0]
            columns = [masked(_title(column)) for column in _doubtful(table)]
            found.append({
                "sheet": sheet, "row": row, "columns": columns,
                "question": " ".join(filter(None, questions)),
            })  # fmt: skip
    return found


def _doubtful(table: Table) -> list[TableColumn]:
    """The columns in doubt: guessed ones, those that two claim, and the ones that nothing has
    claimed, if NIK or name is missing."""
    fields = {column["field"] for column in table["columns"]}
    missing = table["doubt"] and not fields >= set(NEEDED)
    rivals = {column["rival"] for column in table["columns"]} & set(NEEDED)
    return [
        column
        for column in table["columns"]
        if _is_guess(table, column)
        or (table["doubt"] and ({column["rival"], column["field"]} & rivals))
        or (missing and not column["field"])
    ]


def _is_guess(table: Table, column: TableColumn) -> bool:
    """Whether nobody has confirmed what the column was guessed to hold."""
    return column["guessed"] and not table["corrected"]


def _title(column: TableColumn) -> str:
    return column["heading"] or f"tanpa judul (kolom {column['at'] + 1})"


class ColumnUsed(TypedDict):
    """A field, the headings of the columns from which it is read, and whether that is a guess."""

    field: str
    headings: list[str]
    guessed: bool


class ColumnsUsed(TypedDict):
    """How a table was read: `unused` are the headings of the other columns."""

    sheet: str
    used: list[ColumnUsed]
    unused: list[str]


def columns_used(tables: Sequence[Table], village_word: str = "desa") -> Iterator[ColumnsUsed]:
    """How the first tables were read. The column of row numbers is left out."""
    for table in tables[:NAMED_SHEETS]:
        columns = [column for column in table["columns"] if column["field"] != "number"]
        yield {
            "sheet": table["sheets"][0][0],
            "used": [
                {
                    "field": label(field, village_word),
                    "headings": headings_of(table, column),
                    "guessed": _is_guess(table, column),
                }
                for column in columns if (field := column["field"])
            ],
            "unused": [
                column["heading"] for column in columns
                if column["heading"] and not column["field"] and not _is_part(table, column)
            ],
        }  # fmt: skip


def headings_of(table: Table, column: TableColumn) -> list[str]:
    """The heading of a column and of those over which its field goes on."""
    parts = column.get("parts") or [column["at"]]
    return [each["heading"] for each in table["columns"] if each["at"] in parts]


def _is_part(table: Table, column: TableColumn) -> bool:
    """Whether a field that another column begins goes on in this one."""
    return any(column["at"] in (each.get("parts") or ()) for each in table["columns"])


def match_of(table: Table) -> Match:
    """The match by which a table was read; empty where people could not be read."""
    if not table["complete"]:
        return {}
    return {column["field"]: column["at"] for column in table["columns"] if column["field"]}


def errors_of(table: Table, chosen: Mapping[int, str]) -> list[tuple[int | None, str]]:
    """The errors in an answer, as (column index or None, sentence); `chosen`: column index → field.

    An empty answer leaves the table out, which is never an error by itself.
    """
    headings = {column["at"]: column["heading"] or "tanpa judul" for column in table["columns"]}
    if not (chosen.keys() <= headings.keys() and set(chosen.values()) <= set(CHOICES)):
        return [(None, UNKNOWN)]
    found: list[tuple[int | None, str]] = []
    first: dict[str, int] = {}
    for at, field in sorted(chosen.items()):
        other = first.setdefault(field, at)
        if other != at:
            sentence = (
                f"{label(field)} sudah dipilih untuk kolom “{headings[other]}”. "
                "Satu isian hanya untuk satu kolom."
            )
            found.append((at, sentence))
    missing = [label(field) for field in NEEDED if field not in first]
    if chosen and missing:
        found.append((None, f"Pilih kolom {' dan '.join(missing)}."))
    if len(first.keys() & TICKED.keys()) == 1:
        found.append((None, HALF_TICKED))
    return found


def checked(tables: Sequence[Table], answers: Answers) -> Matches:
    """`answers` (signature → column index → field) as matches, or a `Refusal`."""
    known = {table["signature"]: table for table in tables}
    if not answers.keys() <= known.keys():
        raise Refusal(UNKNOWN)
    for signature, chosen in answers.items():
        for _, sentence in errors_of(known[signature], chosen):
            raise Refusal(sentence)
    others = [table for table in tables if table["signature"] not in answers]
    if not any(answers.values()) and not any(map(match_of, others)):
        raise Refusal(NOBODY_LEFT)
    return {
        signature: {field: at for at, field in sorted(chosen.items())}
        for signature, chosen in answers.items()
    }


def changed(tables: Iterable[Table], matches: Matches) -> Matches:
    """Those of `matches` that differ from those by which the tables were read."""
    return {
        table["signature"]: matches[table["signature"]]
        for table in tables
        if matches.get(table["signature"], match_of(table)) != match_of(table)
    }


def decisions(tables: Sequence[Table], matches: Matches) -> Matches:
    """Those of `matches` to be remembered: changed ones, and those of tables of which something was
    in doubt or guessed, which are thereby confirmed."""
    doubts = {
        table["signature"] for table in tables if table["doubt"] or guesses(table)
    } & matches.keys()
    return changed(tables, matches) | {signature: matches[signature] for signature in doubts}


def without_doubt(tables: Iterable[Table], matches: Collection[str]) -> list[Table]:
    """The tables; those with a signature in `matches` are no longer in doubt."""
    return [
        {**table, "doubt": False, "corrected": True} if table["signature"] in matches else table
        for table in tables
    ]


def remembered(office: Office) -> Matches:
    """Signature → match, as `office` last matched its lists; to be called in its scope."""
    memories = ColumnMemory.objects.filter(office=office)[:MOST_REMEMBERED]
    return {memory.signature: memory.columns for memory in memories}


def remember(office: Office, matches: Matches) -> None:
    """Store these matches for the office's next lists with the same headings."""
    now = timezone.now()
    ColumnMemory.objects.bulk_create(
        [
            ColumnMemory(
                office=office, area_id=office.area_id, signature=signature, columns=match,
                remembered_at=now,
            )
            for signature, match in matches.items()
        ],
        update_conflicts=True,
        unique_fields=["office", "signature"],
        update_fields=["columns", "remembered_at"],
    )  # fmt: skip

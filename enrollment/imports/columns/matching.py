"""What the columns of a list mean: what the user is asked, may answer, and need not answer again.

The headings of a list are kept on its job as `tables`, one for each different heading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from django.utils import timezone

from enrollment.imports.models import ColumnMemory
from enrollment.imports.shapes import Match, Matches, Table, TableColumn
from enrollment.imports.typed import plain, shown
from enrollment.sheets import labels, lines
from enrollment.sheets.headings import Column, Heading
from enrollment.sheets.reading import SheetReport
from enrollment.sheets.words import normalise
from enrollment.workbooks.opening import Cell
from enrollment.workers.checks.masking import mask_name
from enrollment.workers.checks.nik import mask
from enrollment.workers.checks.values import tidy
from villages.models import Office
from villages.refusals import Refusal

Answers = Mapping[str, Mapping[int, str]]
"""Signature of a heading → column index → field, as the user chose; empty leaves the table out."""

NEEDED = ("nik", "name")
TICKED = {"sex_male": "Laki-laki (dicentang)", "sex_female": "Perempuan (dicentang)"}
CHOICES = (*labels.LABELS, *TICKED, "number")
NAMED_SHEETS, LONGEST_SAMPLE, MOST_REMEMBERED = 5, 60, 100
_MANY_DIGITS = re.compile(r"\d(?:[\s.'-]?\d){13,}")

UNKNOWN = "Judul kolom berkas ini sudah berubah. Muat ulang halamannya, lalu pilih lagi."
NOBODY_LEFT = "Semua tabel dilewati. Pilih kolom NIK dan Nama paling sedikit pada satu tabel."
HALF_TICKED = "Pilih kolom Laki-laki dan kolom Perempuan, keduanya."


def label(field: str, village_word: str = "desa") -> str:
    """What the user calls a field, or the internal ones of a tick list."""
    if field == "number":
        return "Nomor urut"
    return TICKED.get(field) or labels.label(field, village_word)


def tables_of(reports: Sequence[SheetReport]) -> list[Table]:
    """The different headings of a workbook (`SheetReport`s), as they are kept on its job."""
    nobody = not any(report.people for report in reports)
    titled = any(heading.complete for report in reports for heading in report.headings)
    tables: dict[str, Table] = {}
    for report in reports:
        for heading in report.headings or filter(None, [report.near]):
            table = tables.setdefault(heading.signature, _table(heading))
            if len(table["sheets"]) < NAMED_SHEETS:
                table["sheets"].append((report.name, heading.last_row))
            else:
                table["more"] += 1
            table["doubt"] |= _in_doubt(heading, nobody, titled)
    return list(tables.values())


def _table(heading: Heading) -> Table:
    return {
        "key": heading.signature[:16],
        "signature": heading.signature,
        "sheets": [],
        "more": 0,
        "columns": [_column(one) for one in heading.columns if one.heading or one.samples],
        "doubt": False,
        "corrected": heading.corrected,
        "left_out": heading.left_out,
        "complete": heading.complete,
    }


def _column(column: Column) -> TableColumn:
    samples = (_sample(column.heading, cell) for cell in column.samples)
    return {
        "at": column.index,
        "heading": tidy(column.heading),
        "field": column.field,
        "guessed": column.guessed,
        "rival": column.rival,
        "samples": list(dict.fromkeys(filter(None, samples))),
    }


def _sample(heading: str, cell: Cell) -> str:
    """A cell by which its column is recognised, without the number or the name that is secret."""
    text = shown("birth_date", tidy(plain(cell)).removesuffix(" 00:00:00"))
    text = _MANY_DIGITS.sub(lambda found: mask(re.sub(r"\D", "", found[0])), " ".join(text.split()))
    text = mask_name(text) if "ibu" in normalise(heading).split() else text
    return text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"


def _in_doubt(heading: Heading, nobody: bool, titled: bool) -> bool:
    """Whether a person should look at it: who is meant is guessed, said twice, or not said.

    A guess at any other field shows in the preview, where a wrong one is plain to see; a table
    without NIK or name is asked about when it holds people all the same, or no other has a title
    (`titled`) by which somebody could be read.
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
    """NIKs, or three things that are written of a person."""
    told = [one for one in heading.columns if one.field in lines.PERSONAL and one.samples]
    return lines.holds_niks(heading) or len(told) >= 3


def _is_doubtful(column: Column, used: Mapping[str, tuple[Cell, ...]]) -> bool:
    """A guess at NIK or name, or a second column that plainly says so and holds something else."""
    if column.guessed:
        return column.field in NEEDED
    return column.rival in NEEDED and column.samples not in ((), used[column.rival])


def question(table: Table) -> str:
    """What a table in doubt asks of the user, in a sentence; "" where nothing is asked."""
    if not table["doubt"]:
        return ""
    fields = {one["field"] for one in table["columns"]}
    missing = [label(field) for field in NEEDED if field not in fields]
    if missing:
        return f"Kolom {' dan '.join(missing)} belum dikenali. Pilih kolomnya."
    guessed = [
        (field, one["heading"])
        for one in table["columns"]
        if one["guessed"] and (field := one["field"]) and field in NEEDED
    ]
    if guessed:
        told = " dan ".join(f"{label(field)} ada di “{heading}”" for field, heading in guessed)
        return f"Kami mengira {told}. Periksa, lalu lanjutkan."
    twice = [
        label(field) for field in NEEDED if any(field == it["rival"] for it in table["columns"])
    ]
    return f"Ada lebih dari satu kolom untuk {' dan '.join(twice)}. Pilih yang benar."


class Told(TypedDict):
    sheet: str
    used: list[tuple[str, str]]
    unused: list[str]


def told(tables: Sequence[Table], village_word: str = "desa") -> Iterator[Told]:
    """For the first tables: their sheet, (field's name, heading) of what is used, and what is not.

    The number in front of each person says nothing of them and is not told.
    """
    for table in tables[:NAMED_SHEETS]:
        columns = [one for one in table["columns"] if one["field"] != "number"]
        used = [
            (label(one["field"], village_word), one["heading"]) for one in columns if one["field"]
        ]
        unused = [one["heading"] for one in columns if one["heading"] and not one["field"]]
        yield {"sheet": table["sheets"][0][0], "used": used, "unused": unused}


def match_of(table: Table) -> Match:
    """The match by which a table was read: empty where nobody could be."""
    if not table["complete"]:
        return {}
    return {one["field"]: one["at"] for one in table["columns"] if one["field"]}


def faults(table: Table, chosen: Mapping[int, str]) -> list[tuple[int | None, str]]:
    """What is wrong with an answer, `chosen` being column index → field: (index or None, sentence).

    An empty answer leaves the table out, which is never wrong by itself.
    """
    headings = {one["at"]: one["heading"] or "tanpa judul" for one in table["columns"]}
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
        for _, sentence in faults(known[signature], chosen):
            raise Refusal(sentence)
    others = [table for table in tables if table["signature"] not in answers]
    if not any(answers.values()) and not any(map(match_of, others)):
        raise Refusal(NOBODY_LEFT)
    return {
        signature: {field: at for at, field in sorted(chosen.items())}
        for signature, chosen in answers.items()
    }


def news(tables: Iterable[Table], matches: Matches) -> Matches:
    """Those of `matches` that say another thing than what the tables were read by."""
    return {
        table["signature"]: matches[table["signature"]]
        for table in tables
        if matches.get(table["signature"], match_of(table)) != match_of(table)
    }


def decided(tables: Sequence[Table], matches: Matches) -> Matches:
    """Those of `matches` that are worth remembering: news, and what had been in doubt."""
    doubts = {one["signature"] for one in tables if one["doubt"]} & matches.keys()
    return news(tables, matches) | {one: matches[one] for one in doubts}


def settled(tables: Iterable[Table], matches: Collection[str]) -> list[Table]:
    """The tables, those in `matches` no longer in doubt."""
    return [
        {**table, "doubt": False, "corrected": True} if table["signature"] in matches else table
        for table in tables
    ]


def remembered(office: Office) -> Matches:
    """signature → match, as `office` last matched its lists; to be called in its scope."""
    last = ColumnMemory.objects.filter(office=office)[:MOST_REMEMBERED]
    return {one.signature: one.columns for one in last}


def remember(office: Office, matches: Matches) -> None:
    """Use these matches for the next lists of `office` with those headings."""
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

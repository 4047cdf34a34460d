"""Classifying a single row: a person, or a heading, group title, total, signature or note."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from enrollment.fields.person import FIELDS
from enrollment.months import MONTHS
from enrollment.sheets.headings import Column, Heading, text_at
from enrollment.sheets.words import INTERNAL, OTHERS, meaning, normalise
from enrollment.workbooks.opening import Cell

if TYPE_CHECKING:
    from enrollment.sheets.reading import SheetReport

# Whether a table has ended: after a total people may still follow, after a signature or note only a
# legend does.
OPEN, TOTALLED, CLOSED = 0, 1, 2

TALLEST_HEADING = 4  # rows

NOT_KEPT = tuple(INTERNAL)
# Fields that are filled for actual people only. Others, such as the village, are often filled in
# beforehand down to the last row of an empty form.
PERSONAL = (*(field.name for field in FIELDS if field.personal), "birth", "sex_male", "sex_female")

MONTH = "|".join(["nopember", *map(str.lower, MONTHS)])
TOTAL = re.compile(
    r"(?:sub ?-? ?|grand )?(?:jumlah|total|jml)\b(?! penghasilan| pendapatan)|rata ?-? ?rata\b",
    re.I,
)
SEX = re.compile(r"(?:laki|perempuan|pria|wanita|lk\b|pr\b)", re.I)
SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|diperiksa|dibuat|yang membuat|"
    r"pembuat daftar|hormat kami|tertanda|ttd|tanda tangan|nip\b|nrp\b|petugas|pendata|verifikator|"
    r"(?:an|a\.n|pj|plt|plh|pjs)\b\.?|(?:kepala|sekretaris|kasi|kaur|ketua|koordinator|camat|lurah|"
    r"bupati|wali ?nagari|keuchik|kuwu|penghulu|peratin)\b)",
    re.I,
)
DATE_LINE = re.compile(
    rf"[^\d,;:]{{3,40}},[\s\d.…_]*(?:{MONTH}|[.…_]{{3,}})[\s.…_]*(?:20[\d.…_]{{2,}})?",
    re.I,
)
NOTE = re.compile(r"(?:keterangan|ket|catatan|note|nb|sumber|petunjuk|penjelasan)\b|\*", re.I)
LEGEND = re.compile(r"\S\s*=\s*\S")
GROUP = re.compile(
    r"(?:dusun|jorong|lingkungan|dukuh|padukuhan|kampung|banjar|korong|rt|rw|rukun|desa|kelurahan|"
    r"nagari|gampong|pekon|lembang|kalurahan|kecamatan|kelompok|blok|wilayah|zona|opd|dinas|"
    r"[ivx]+\.)(?:[\s.:]|\b\d)",
    re.I,
)
HAMLET = re.compile(
    r"(?:dusun|jorong|lingkungan|dukuh|padukuhan|banjar|korong)\b[\s.:]*(?=\S).+", re.I
)
RT = re.compile(r"\brt[\s.:]*(\d{1,3})\b", re.I)
RW = re.compile(r"\brw[\s.:]*(\d{1,3})\b", re.I)
UNTIL = (
    r"(?=\s*(?:[,;|(]|\b(?:kec|kecamatan|kab|kabupaten|kota|prov|provinsi|tahun|thn|th|periode|"
    r"bulan|desil|untuk|per|yang|dengan|dan)\b|\d{4}|$))"
)
VILLAGE = re.compile(
    r"\b(?:desa(?:\s*/\s*kel(?:urahan)?)?|kelurahan|kel\.|nagari|gampong|pekon|lembang|kalurahan)"
    rf"(?:[\s:]|\.\s)+(?:\d{{2,13}}[\s.-]+)?([^\W\d][^,;:|()\d]*?){UNTIL}",
    re.I,
)
DISTRICT = re.compile(
    r"\b(?:kecamatan|kec\b\.?|kapanewon|distrik)[\s:]*"
    rf"(?:\d{{2,13}}[\s.-]+)?([^\W\d][^,;:|()\d]*?){UNTIL}",
    re.I,
)
NOT_A_VILLAGE = re.compile(
    r"(?:dan|atau|se|di|yang|miskin|rentan|setempat|adat|tahun|thn|th|periode|bulan|untuk|per|"
    r"kecamatan|kec|kabupaten|kab|kota)\b",
    re.I,
)
HEADING_WORD = re.compile(
    r"n\W{0,2}i\W{0,2}k|k\W{0,2}t\W{0,2}p|n\W{0,2}a\W{0,2}m|induk|identitas|\bid\b", re.I
)


def texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]


def may_be_heading(cells: Sequence[Cell]) -> bool:
    """A quick first test: at least two texts, one of which mentions a NIK or a name."""
    words = texts(cells)
    if len(words) < 2 or not HEADING_WORD.search(" ".join(words)):
        return False
    return not any(map(has_nik, cells))


def spans_columns(line: Sequence[Cell]) -> bool:
    """Whether a line right above a heading belongs to it rather than to the letterhead."""
    filled = [text_at(line, at) for at, cell in enumerate(line) if cell != ""]
    if not all(filled) or any(":" in text or VILLAGE.search(text) for text in filled):
        return False
    known = [text for text in filled if meaning(text)[0] or OTHERS.search(normalise(text))]
    return len(filled) >= 3 or (bool(known) and line[0] != filled[0])


def continues(line: Sequence[Cell], heading: Heading, longer: Heading) -> bool:
    """Whether a line below a heading belongs to it: only texts, most of which name columns.

    `longer` is the heading with this line added.
    """
    filled = [at for at, cell in enumerate(line) if cell != ""]
    if not filled or not all(text_at(line, at) for at in filled) or is_column_numbers(line):
        return False
    if not heading.fields.keys() & {"nik", "name"} <= longer.fields.keys():
        return False
    known = [at for at in filled if meaning(text_at(line, at))[0]]
    gained = longer.fields.keys() - heading.fields.keys()
    joined = [at for at in filled if longer.columns[at].field and not longer.columns[at].guessed]
    return (
        bool(gained or known)
        and 2 * len({*known, *joined}) >= len(filled)
        and (bool(gained) or all(meaning(text_at(line, at))[0] for at in filled))
    )


def is_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 … or (1), (2), (3) … or a, b, c …"""
    letters = [text.strip("() .").casefold() for text in texts(cells)]
    if len(letters) >= 3 and letters == list("abcdefghijklmnopqrstuvwxyz"[: len(letters)]):
        return True
    numbers = []
    for cell in cells:
        if cell == "":
            continue
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        match = re.fullmatch(r"\(?\s*(\d{1,2})\s*(?:=.*|\))?\s*", text)
        if not match:
            return False
        numbers.append(int(match[1]))
    return len(numbers) >= 3 and all(a < b for a, b in itertools.pairwise(numbers))


def guess_nik(heading: Heading, samples: Sequence[Sequence[Cell]]) -> Heading:
    """Where no heading says NIK, guess it from the cells: 16 digits that contain a birth date.

    A guess made from the heading alone ("sesuai KTP", on a sheet that explains the columns) is
    dropped when no cell below it looks like a NIK.
    """
    heading = _without_unsupported_guess(heading, samples)
    if "nik" in heading.fields:
        return heading
    for column in heading.columns:
        free = column.field in (None, "number") and not column.rival
        if free and _is_of_niks(column.index, samples):
            named = replace(column, field="nik", guessed=True)
            return _with_column(heading, column, named)
    return heading


def _without_unsupported_guess(heading: Heading, samples: Sequence[Sequence[Cell]]) -> Heading:
    columns = heading.columns
    nik = next((column for column in columns if column.field == "nik" and column.guessed), None)
    if nik is None or not samples:
        return heading
    if any(has_nik(row[nik.index]) for row in samples if nik.index < len(row)):
        return heading
    return _with_column(heading, nik, replace(nik, field=None, guessed=False))


def _with_column(heading: Heading, old: Column, new: Column) -> Heading:
    columns = tuple(new if column is old else column for column in heading.columns)
    return replace(heading, columns=columns)


def holds_niks(heading: Heading) -> bool:
    """Whether the samples below the heading's NIK column contain a NIK."""
    niks = [column for column in heading.columns if column.field == "nik"]
    return any(has_nik(cell) for column in niks for cell in column.samples)


def _is_of_niks(index: int, samples: Sequence[Sequence[Cell]]) -> bool:
    cells = [row[index] for row in samples if index < len(row)]
    filled = [_digits(cell) for cell in cells if str(cell).strip()]
    good = [digits for digits in filled if len(digits) == 16 and _has_birth_date(digits)]
    return bool(filled) and len(good) * 10 >= len(filled) * 8


def _digits(cell: Cell) -> str:
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return re.sub(r"\D", "", str(whole))


def _has_birth_date(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return 1 <= day % 40 <= 31 and day <= 71 and 1 <= month <= 12


def has_nik(cell: Cell) -> bool:
    """Whether a cell was meant as a NIK, even a damaged one: enough digits, or Excel's 3.5E+15."""
    if isinstance(cell, str):
        if len(cell) == 16 and cell.isdigit():
            return True
        if len(cell) > 40 or cell[:3].upper() in ("NIP", "NRP"):
            return False
        return sum(map(str.isdigit, cell)) >= 10 or bool(
            re.fullmatch(r"\s*'?\d[.,]\d+\s*E\s*\+?\s*\d+\s*", cell, re.I)
        )
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e9


def kind_of(cells: Sequence[Cell], heading: Heading, closing: int) -> str:
    """ "person", or the kind of row this is (a key of `reading.KINDS`)."""
    fields = heading.fields
    nik, name = cells[fields["nik"]], cells[fields["name"]]
    number = cells[fields["number"]] if "number" in fields else ""
    numbered = isinstance(number, int | float) or str(number).strip(" .").isdigit()
    personal = sum(cells[fields[name]] != "" for name in PERSONAL if name in fields)
    words = texts(cells)
    if is_column_numbers(cells):
        return "column_numbers"
    if has_nik(nik) and not (closing == CLOSED and name == ""):
        return "person"
    if any(map(TOTAL.match, words[:3])):
        return "total"
    if (name != "" or nik != "") and personal >= 3:
        return "person"
    if closing != CLOSED and numbered and name != "" and not any(map(LEGEND.search, words)):
        return "person"
    if numbered and name == "" and nik == "" and personal < 2:
        return "unfilled"
    return _kind_by_words(words, name, personal) or _kind_by_cells(cells, fields, personal, closing)


def _kind_by_words(words: Sequence[str], name: Cell, personal: int) -> str | None:
    """A signature or a note, recognised by its words."""
    if any(map(SIGNATURE.match, words)):
        return "signature"
    if any(map(DATE_LINE.fullmatch, words if name == "" else texts([name]))):
        return "signature"
    if words and (NOTE.match(words[0]) or (personal < 2 and any(map(LEGEND.search, words)))):
        return "note"
    return None


def _kind_by_cells(
    cells: Sequence[Cell], fields: Mapping[str, int], personal: int, closing: int
) -> str:
    """A row with neither a NIK nor a word that decides: by which of its cells are filled."""
    nik, name = cells[fields["nik"]], cells[fields["name"]]
    filled = sum(cell != "" for cell in cells)
    if GROUP.match(" ".join(texts(cells))) and personal < 2:
        return "group"
    if closing == CLOSED:
        return "signature"
    if personal >= 2 or (nik != "" and personal):
        return "person"
    if name == "":
        return "group" if texts(cells) else "unfilled"
    if closing == TOTALLED and ("number" in fields or SEX.match(str(name))):
        return "total"  # "Laki-laki 12" below "Jumlah"
    # Where people are numbered, a text alone is a title; elsewhere it may be a person's name.
    return "group" if "number" in fields and filled == 1 else "person"


def ticked_sex(male: Cell, female: Cell) -> str:
    """L or P, where there is a column for each and one of them is ticked; else ""."""
    if (male != "") == (female != ""):
        return ""
    return "L" if male != "" else "P"


def group_fields(cells: Sequence[Cell]) -> dict[str, str]:
    """What a group title says of the people below it: `hamlet`, `rt`, `rw`."""
    title = " ".join(texts(cells))
    found = {}
    if match := HAMLET.match(title):
        found["hamlet"] = match[0]
        found["rt"] = found["rw"] = ""
    if match := RW.search(title):
        found["rw"], found["rt"] = match[1], ""
    if match := RT.search(title):
        found["rt"] = match[1]
    return found


def note_place(cells: Sequence[Cell], report: SheetReport) -> None:
    """Store in the report the village and district that a title names."""
    title = " ".join(" ".join(texts(cells)).split())
    if (match := VILLAGE.search(title)) and not NOT_A_VILLAGE.match(match[1]):
        report.village = match[1].strip(" .")
    if (match := DISTRICT.search(title)) and not NOT_A_VILLAGE.match(match[1]):
        report.district = match[1].strip(" .")

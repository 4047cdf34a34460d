"""What a workbook of answers says, row by row: found by the names of its columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from enrollment.matching.joining import Names, is_key
from enrollment.matching.rules import kpj_of
from enrollment.workbooks.opening import Cell, UnreadableWorkbook, read
from enrollment.workers.checks.dates import read_date
from enrollment.workers.checks.nik import check_nik, mask

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "key": ("NOPEGAWAI", "NOMORPEGAWAI", "KUNCI", "KUNCIBARIS"),
    "nik": ("NIK", "NOMORIDENTITAS", "NOIDENTITAS", "NOKTP", "NOMORINDUKKEPENDUDUKAN"),
    "kpj": ("KPJ", "NOKPJ", "NOMORKPJ", "NOMORIDENTITASKPJ"),
    "name": ("NAMA", "NAMALENGKAP", "NAMATK", "NAMAPESERTA", "NAMATENAGAKERJA"),
    "born": ("TANGGALLAHIR", "TGLLAHIR"),
    "words": (
        "STATUS", "HASIL", "KETERANGAN", "ALASAN", "PESAN", "CATATAN", "STATUSVALID",
        "STATUSKEPESERTAAN", "KETERANGANGAGAL", "ALASANTOLAK", "ALASANPENOLAKAN", "RESPON",
    ),
}  # fmt: skip
"""What a column of an answer holds, by its heading without anything but letters."""
_FIELD = {heading: field for field, headings in HEADINGS.items() for heading in headings}
WHO = {"key", "nik", "kpj", "name"}
FIRST_ROWS = 30
MOST_ROWS = 20_000
NO_COLUMNS = (
    "Tidak ada judul kolom yang dikenal di berkas ini. Jawaban harus berkolom NO_PEGAWAI, KPJ, NIK "
    "(NOMOR_IDENTITAS) atau nama, dan KPJ atau keterangannya."
)
TOO_LONG = "Berkas ini lebih dari 20.000 baris. Bagi menjadi beberapa berkas, lalu unggah lagi."
EMPTY = "Tidak ada baris jawaban di bawah judul kolomnya."
LONGEST = 300
"""Letters of an answer that are kept."""


class Answered(NamedTuple):
    """A row of a file of answers: its number, who it is about, its words (masked), and the KPJ."""

    row: int
    names: Names
    words: str
    kpj: str


def answers(path: Path, name: str, *, today: date) -> list[Answered]:
    """The rows of a workbook of answers; `UnreadableWorkbook` says what to do with another one."""
    found: list[Answered] = []
    understood = False
    for sheet in read(path, name=name):
        if not sheet.visible:
            continue
        rows = iter(sheet.rows)
        first = list(itertools.islice(rows, FIRST_ROWS))
        at = next((i for i, (_, cells) in enumerate(first) if _is_heading(cells)), None)
        if at is None:
            continue
        understood = True
        headings = [_text(cell) for cell in first[at][1]]
        for number, cells in itertools.chain(first[at + 1 :], rows):
            found.append(_answer(number, headings, cells, today))
            if len(found) > MOST_ROWS:
                raise UnreadableWorkbook(TOO_LONG)
    if not understood:
        raise UnreadableWorkbook(NO_COLUMNS)
    if not found:
        raise UnreadableWorkbook(EMPTY)
    return found


def _is_heading(cells: Sequence[Cell]) -> bool:
    fields = {field for cell in cells if (field := _field(cell))}
    return bool(fields & WHO) and len(fields) > 1


def _field(cell: Cell) -> str:
    letters = "".join(letter for letter in _text(cell).upper() if letter.isalpha())
    return _FIELD.get(letters, "")


def _answer(number: int, headings: Sequence[str], cells: Sequence[Cell], today: date) -> Answered:
    values: dict[str, Cell] = {}
    words = []
    for heading, cell in zip(headings, cells, strict=False):
        field = _field(heading) if cell != "" else ""
        if field == "words" and is_key(_text(cell)):  # of a layout that has no other place for it
            field = "key"
        if field == "words":
            words.append(_text(cell))
        elif field:
            values.setdefault(field, cell)
    kpj = kpj_of(_text(values.get("kpj", "")))
    said = _LONG_NUMBER.sub(_masked, "; ".join(words))[:LONGEST]
    return Answered(number, _names(values, kpj, today), said, kpj)


_LONG_NUMBER = re.compile(r"\d{12,}")


def _masked(number: re.Match[str]) -> str:
    """A NIK in an answer's words is masked like any other."""
    return mask(number[0])


def _names(values: Mapping[str, Cell], kpj: str, today: date) -> Names:
    nik, _ = check_nik(values.get("nik", ""))
    born = read_date(values.get("born", ""), today=today, nik=nik)
    return Names(
        key=_text(values.get("key", "")).upper(), kpj=kpj, nik=nik,
        name=_text(values.get("name", "")), born=born.isoformat() if born else "",
    )  # fmt: skip


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()

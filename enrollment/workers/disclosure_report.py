"""Who saw whose data, as a workbook."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Font, NamedStyle

from enrollment.formats import tanggal_waktu
from enrollment.workbooks.cells import text_cell
from enrollment.workers.checks.nik import mask
from enrollment.workers.showing import told_apart

COLUMNS = {
    "Waktu": 30,
    "Pengguna": 26,
    "Jabatan": 30,
    "Yang dilakukan": 20,
    "Untuk": 30,
    "Data siapa": 34,
    "Banyaknya orang": 16,
    "Wilayah": 24,
    "Halaman atau perintah": 50,
    "Alamat jaringan": 22,
}


ELSEWHERE = "Di kabupaten lain, sebelum pindah ke wilayah Anda"


def disclosures_workbook(worker, rows, elsewhere, file):
    """Write described disclosures into `file`; `worker` is the person asked about, or None, and
    `elsewhere` is what other regencies showed of the person."""
    book = Workbook(write_only=True)
    book.add_named_style(NamedStyle("kepala", font=Font(bold=True)))
    sheet = book.create_sheet("Catatan akses")
    for letter, width in zip("ABCDEFGHIJ", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    _add(sheet, [_title(worker)], "kepala")
    _add(sheet, COLUMNS, "kepala")
    for row in rows:
        _add(sheet, _line(row), "Normal")
    if elsewhere:
        _add(sheet, [ELSEWHERE], "kepala")
    for row in elsewhere:
        _add(sheet, _line_elsewhere(row), "Normal")
    book.save(file)


def _title(worker):
    if worker is None:
        return "Siapa melihat data siapa"
    known = ", ".join(filter(None, [mask(worker.nik), told_apart(worker)]))
    return f"Yang melihat data {worker.name} ({known})"


def _line(row):
    whose = row.worker.name if row.worker else row.what
    return [*_begin(row), whose, row.people, row.area.name, row.origin, row.network]


def _line_elsewhere(row):
    return [*_begin(row), row.what, row.people, row.place]


def _begin(row):
    shown = row.get_kind_display(), row.get_why_display()
    return [tanggal_waktu(row.at), row.who, row.title, *shown]


def _add(sheet, texts, style):
    sheet.append([text_cell(sheet, text, style=style) for text in texts])

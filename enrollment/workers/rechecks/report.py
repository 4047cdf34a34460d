"""The findings of an area as a workbook: one row per person, with the findings in words."""

from __future__ import annotations

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, NamedStyle

from enrollment.workbooks.cells import text_cell
from enrollment.workers.checking import as_findings
from enrollment.workers.checks.findings import Severity
from enrollment.workers.checks.nik import mask
from enrollment.workers.showing import birth_year
from villages.models import Area

MOST_PEOPLE = 20_000
"""Writing a workbook of more people takes longer than a browser waits."""

WIDTHS = dict(zip("ABCDEFGHIJ", (20, 22, 30, 12, 20, 6, 6, 30, 40, 40), strict=True))
SEVERITIES = (Severity.ERROR, Severity.GAP, Severity.WARNING)


def findings_workbook(area, people, file, *, unit_word):
    """Write the queryset `people` of `area` into `file`; NIKs are masked, no cell is a formula.

    `unit_word` is the regency's word for a village.
    """
    book, sheet = _empty_book()
    day = timezone.localdate()
    heading = [
        "Kecamatan", unit_word.capitalize(), "Nama", "Tahun lahir", "NIK", "RT", "RW",
        "Salah", "Kurang", "Perlu dilihat",
    ]  # fmt: skip
    _add(sheet, [f"Temuan data pekerja, {area.name}"], "judul")
    _add(sheet, [f"Keadaan {day:%d-%m-%Y}. NIK disamarkan."], "isi")
    _add(sheet, heading, "kepala")
    for cells in _lines(area, people):
        _add(sheet, cells, "isi")
    book.save(file)


def _empty_book():
    book = Workbook(write_only=True)
    for style in (
        NamedStyle("judul", font=Font(bold=True, size=14)),
        NamedStyle("kepala", font=Font(bold=True)),
        NamedStyle("isi", alignment=Alignment(wrap_text=True, vertical="top")),
    ):
        book.add_named_style(style)
    sheet = book.create_sheet("Temuan")
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A4"
    return book, sheet


def _add(sheet, texts, style):
    sheet.append([text_cell(sheet, text, style=style) for text in texts])


def _lines(area, people):
    districts = Area.objects.within(area.regency_code).districts()
    names = dict(districts.values_list("code", "name"))
    rows = people.select_related("area").order_by("area", "name", "pk")
    for worker in rows.iterator(chunk_size=2000):
        found = as_findings(worker.findings)
        yield [
            names.get(worker.area.district_code, ""),
            worker.area.name,
            worker.name,
            birth_year(worker),
            mask(worker.nik),
            worker.rt,
            worker.rw,
            *(_labels(found, severity) for severity in SEVERITIES),
        ]


def _labels(found, severity):
    return "; ".join(known.label for known in found if known.severity is severity)

"""The portal's own template of a decree's letter, built as a Word file: what a regency uses until
it uploads one, and what it may download and change.

Its words about places and offices come from the values, so one template serves kabupaten, kota and
nagari. F4, Bookman Old Style 12 (Permendagri 80/2015, annex III).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from enrollment.workbooks.archive import with_one_date

FONT = "Bookman Old Style"
WIDTH, HEIGHT, MARGIN = 215, 330, 25
"""Millimetres of F4 and of its margins."""
LABEL, COLON, MARK = 37, 5, 9
"""Millimetres of the columns before the text of a part."""
CENTRE, BOTH, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT,
)  # fmt: skip


@lru_cache(maxsize=1)
def template() -> bytes:
    """The file, the same bytes at every call."""
    document = Document()
    _set_up(document)
    _heading(document)
    _grounds(document)
    _decisions(document)
    _signature(document)
    out = BytesIO()
    document.save(out)
    return with_one_date(out.getvalue())


def _set_up(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.15
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = Mm(12)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    words = document.core_properties
    words.title = "Keputusan {{ kepala_daerah }} tentang {{ tentang }}"
    words.author = "{{ pemerintah_daerah }}"
    words.comments = words.keywords = ""
    words.created = words.modified = datetime(2026, 1, 1)


def _page_number(paragraph: Paragraph) -> None:
    """`- 2 -`, from the second page on."""
    paragraph.alignment = CENTRE
    paragraph.add_run("- ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
    paragraph.add_run(" -")


def _line(
    document: Any, words: str, *, before: float = 0, bold: bool = False, size: float = 12
) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


def _heading(document: Any) -> None:
    """The head of the page, with room above for the state's emblem, and the title."""
    _line(document, "{{ kepala_daerah|upper }}", before=62, bold=True, size=14)
    _line(document, "{%p if provinsi %}")
    _line(document, "PROVINSI {{ provinsi|upper }}", bold=True)
    _line(document, "{%p endif %}")
    _line(document, "KEPUTUSAN {{ kepala_daerah|upper }}", before=20)
    _line(document, "NOMOR {{ nomor }}")
    _line(document, "TENTANG", before=10)
    _line(document, "{{ tentang|upper }}", before=10)
    _line(document, "{{ kepala_daerah|upper }},", before=14)
    _line(document, "")


def _table(document: Any, widths: tuple[float, ...]) -> Any:
    """A table without frames; its widths in millimetres."""
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _row(table: Any, *cells: str, sides: tuple[Any, ...] = ()) -> _Row:
    row: _Row = table.add_row()
    _whole(row)
    for index, (cell, words) in enumerate(zip(row.cells, cells, strict=False)):
        cell.width = table.columns[index].width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.alignment = sides[index] if sides else LEFT
        paragraph.add_run(words)
    return row


_TEXT = WIDTH - 2 * MARGIN
_PARTS = (
    ("Menimbang", "menimbang", "huruf"),
    ("Mengingat", "mengingat", "nomor"),
    ("Memperhatikan", "memperhatikan", "nomor"),
)
"""Label, list, and what stands before each of its lines."""


def _grounds(document: Any) -> None:
    table = _table(document, (LABEL, COLON, MARK, _TEXT - LABEL - COLON - MARK))
    sides = (LEFT, LEFT, LEFT, BOTH)
    for label, name, mark in _PARTS:
        _row(table, f"{{%tr for butir in {name} %}}")
        _row(
            table,
            f"{{% if loop.first %}}{label}{{% endif %}}",
            "{% if loop.first %}:{% endif %}",
            f"{{{{ butir.{mark} }}}}",
            "{{ butir.isi }}",
            sides=sides,
        )
        _row(table, "{%tr endfor %}")


def _decisions(document: Any) -> None:
    _line(document, "MEMUTUSKAN:", before=8).paragraph_format.keep_with_next = True
    _line(document, "")
    table = _table(document, (LABEL, COLON, _TEXT - LABEL - COLON))
    sides = (LEFT, LEFT, BOTH)
    _row(
        table, "Menetapkan", ":",
        "KEPUTUSAN {{ jabatan_kepala_daerah|upper }} TENTANG {{ tentang|upper }}.", sides=sides,
    )  # fmt: skip
    _row(table, "{%tr for butir in diktum %}")
    _row(table, "{{ butir.ke }}", ":", "{{ butir.isi }}", sides=sides)
    _row(table, "{%tr endfor %}")


def _signature(document: Any) -> None:
    """In one cell that no page break splits."""
    document.add_paragraph()
    table = _table(document, (_TEXT * 0.46, _TEXT * 0.54))
    row: _Row = table.add_row()
    _whole(row)
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    cell = row.cells[1]
    lines = [
        "Ditetapkan di {{ tempat }}", "pada tanggal {{ tanggal }}",
        "{%p for baris in penandatangan.jabatan %}", "{{ baris }}", "{%p endfor %}",
        "", "{{ penandatangan.ttd }}", "", "{{ penandatangan.nama }}",
        "{%p for baris in penandatangan.bawah %}", "{{ baris }}", "{%p endfor %}",
    ]  # fmt: skip
    for index, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if not index else cell.add_paragraph()
        paragraph.alignment = CENTRE
        if words == "{{ baris }}" and index == 3:
            paragraph.paragraph_format.space_before = Pt(2)
        if words == "{{ penandatangan.ttd }}":
            paragraph.paragraph_format.space_before = Pt(14)
            paragraph.paragraph_format.space_after = Pt(14)
        paragraph.add_run(words)

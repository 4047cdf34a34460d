"""An annex as a Word file, for an office that edits it: what `Layout` says, as the PDF.

The rows are written as XML by ourselves, since python-docx takes longer for each row the more there
are. Words are escaped and become text: no field and no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from enrollment.decrees.annexes.columns import Column
from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.columns import CENTRE, LEFT, RIGHT
from enrollment.decrees.rules import AnnexRow
from enrollment.workbooks.archive import with_one_date

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

FONT = "Bookman Old Style"
MOST = 3000
"""People; Word itself grows slow with longer tables."""
_TWIPS = 1440 / 25.4
_LABEL, _COLON = 24, 4
"""Millimetres of the columns before number, date and title."""
_SIDES = {LEFT: "left", CENTRE: "center", RIGHT: "right"}
_SHADE, _DARKER = "EDEDED", "DBDBDB"
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def word_file(layout: Layout, rows: Iterable[AnnexRow | DecreeEntry]) -> bytes:
    """The annex; `rows` come in the order of their positions. The same header, rows and layout give
    the same bytes. ValueError when the rows of a group are not together."""
    document = Document()
    _set_up(document, layout)
    table = _Rows(layout)
    people, cost = 0, 0
    for group in layout.groups(rows, lambda row: [column.value(row) for column in layout.columns]):
        table.group(group.title, group.rows, group.sums)
        people, cost = people + group.people, cost + group.cost
    end = layout.end(people, cost)
    body = document.element.body
    for xml in (*_heading(layout), table.xml(end), _paragraph(""), _signature(layout, end)):
        body.insert(len(body) - 1, parse_xml(xml))  # the section's own properties stay last
    out = BytesIO()
    document.save(out)
    return with_one_date(out.getvalue())


def _set_up(document: Any, layout: Layout) -> None:
    size, sheet = layout.size, layout.sheet()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT if size.upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(size.width), Mm(size.height)
    section.left_margin = section.right_margin = Mm(size.side)
    section.top_margin, section.bottom_margin = Mm(15), Mm(20)
    section.footer_distance = Mm(8)
    foot = section.footer.paragraphs[0]._p
    foot.getparent().replace(foot, parse_xml(_foot(sheet["foot"], size.width - 2 * size.side)))
    about = document.core_properties
    about.title, about.author = sheet["title"][:255], sheet["author"][:255]
    about.comments = about.keywords = ""
    day = layout.header.day or layout.header.frozen_on or layout.header.first_month
    about.created = about.modified = datetime(day.year, day.month, day.day)


def _run(words: str, *, bold: bool = False, points: float | None = None) -> str:
    look = ("<w:b/>" if bold else "") + (
        f'<w:sz w:val="{round(points * 2)}"/>' if points is not None else ""
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def _paragraph(
    words: str, *, side: str = LEFT, bold: bool = False, points: float | None = None,
    after: float = 0, together: bool = False, named: bool = True,
) -> str:  # fmt: skip
    keep = "<w:keepNext/>" if together else ""
    space = (
        f'<w:spacing w:before="0" w:after="{round(after * 20)}" w:line="240" w:lineRule="auto"/>'
    )
    return (
        f"<w:p{' ' + nsdecls('w') if named else ''}><w:pPr>{keep}{space}"
        f'<w:jc w:val="{_SIDES[side]}"/></w:pPr>{_run(words, bold=bold, points=points)}</w:p>'
    )


def _heading(layout: Layout) -> list[str]:
    """The block at the right, and the title."""
    head = layout.heading()
    across = layout.size.width - 2 * layout.size.side
    right = layout.sheet()["block"]
    beside = _cell("", across - right)
    above = "\n".join(head["lines"])
    rows = f"<w:tr>{beside}{_cell(above, right, span=3)}</w:tr>"
    for label, words in head["labelled"]:
        rows += (
            f"<w:tr>{beside}{_cell(label, _LABEL)}{_cell(':', _COLON)}"
            f"{_cell(words, right - _LABEL - _COLON)}</w:tr>"
        )
    widths = [across - right, _LABEL, _COLON, right - _LABEL - _COLON]
    block = _table(widths, rows, framed=False)
    titles = [_paragraph(line, side=CENTRE, bold=True, points=12) for line in head["title"] if line]
    below = [
        _paragraph(head[name], side=CENTRE, points=10)
        for name in ("cover", "opening", "note")
        if head[name]
    ]
    return [block, _paragraph(""), *titles, *below, _paragraph("")]


def _table(widths: Sequence[float], rows: str, *, framed: bool = True) -> str:
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if framed else ""
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in widths)
    whole = round(sum(widths) * _TWIPS)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="68" w:type="dxa"/>'
        f'<w:right w:w="68" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _cell(
    words: str, width: float, *, side: str = LEFT, bold: bool = False, span: int = 1,
    points: float | None = None, fill: str = "", together: bool = False, middle: bool = False,
) -> str:  # fmt: skip
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    place = '<w:vAlign w:val="center"/>' if middle else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    inner = _paragraph(words, side=side, bold=bold, points=points, together=together, named=False)
    size = f'<w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{spans}{shade}{place}</w:tcPr>{inner}</w:tc>"


class _Rows:
    """The rows of the table while they are written, as XML."""

    def __init__(self, layout: Layout):
        self.columns, self.points = layout.columns, layout.size.points
        across = layout.size.width - 2 * layout.size.side
        share = across / sum(column.width for column in self.columns)
        self.widths = [column.width * share for column in self.columns]
        self.across = across
        self.rows = [
            self._head([column.heading for column in self.columns], self.points),
            self._head([str(n) for n in range(1, len(self.columns) + 1)], self.points - 1.5),
        ]

    def _head(self, words: Sequence[str], points: float) -> str:
        cells = "".join(
            _cell(word, width, side=CENTRE, bold=points == self.points, points=points, middle=True)
            for word, width in zip(words, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def group(self, title: str, rows: Sequence[Sequence[Any]], sums: dict[str, Any] | None) -> None:
        if title:
            self._line(title, fill=_SHADE, together=True)
        for row in rows:
            self.rows.append(self._person(row))
        if sums:
            self._sum(sums, _SHADE)

    def _person(self, row: Sequence[Any]) -> str:
        cells = "".join(
            self._value(column, width, value)
            for column, width, value in zip(self.columns, self.widths, row, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _value(self, column: Column, width: float, value: Any) -> str:
        return _cell(str(value), width, side=column.side, points=self.points)

    def _line(
        self, words: str, *, fill: str = "", bold: bool = True, together: bool = False
    ) -> None:
        cell = _cell(
            words, self.across, bold=bold, span=len(self.columns), points=self.points, fill=fill,
            together=together,
        )  # fmt: skip
        self.rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>")

    def _sum(self, sums: dict[str, Any], fill: str) -> None:
        """The amount under its column where that is the last; else it stands among the words."""
        if sums["amount"] is None:
            self._line(sums["words"], fill=fill)
            return
        last = self.widths[-1]
        look: dict[str, Any] = {"bold": True, "points": self.points, "fill": fill}
        words = _cell(sums["words"], self.across - last, span=len(self.columns) - 1, **look)
        amount = _cell(sums["amount"], last, side=RIGHT, **look)
        self.rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{words}{amount}</w:tr>")

    def xml(self, end: dict[str, Any]) -> str:
        for total in end["totals"]:
            self._sum(total, _DARKER)
        if end["totals"]:
            self._line(end["words"], bold=False)
        return _table(self.widths, "".join(self.rows))


def _signature(layout: Layout, end: dict[str, Any]) -> str:
    """One row that no page break splits: whoever else signs at the left, the head at the right."""
    across = layout.size.width - 2 * layout.size.side
    cells = [end["second"], end["signature"]]
    inner = "".join(_signed(one, across / 2) for one in cells)
    rows = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"
    return _table([across / 2, across / 2], rows, framed=False)


def _signed(one: dict[str, Any] | None, width: float) -> str:
    if one is None:
        return _cell("", width)
    lines = [
        *one["place"], *one["titles"], "", *([one["sign"]] if one["sign"] else ["", ""]), "",
        one["name"], *one["under"],
    ]  # fmt: skip
    inner = "".join(_paragraph(line, side=CENTRE, named=False) for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
    )


def _foot(words: str, across: float) -> str:
    """The decree at the left, the number of the page at the right."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(across * _TWIPS)}"/></w:tabs>'
    look = '<w:rPr><w:sz w:val="16"/></w:rPr>'

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'

    def text(some: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{escape(some)}</w:t></w:r>'

    return (
        f"<w:p {nsdecls('w')}><w:pPr>{tab}</w:pPr>{text(words)}<w:r><w:tab/></w:r>"
        f"{text('Halaman ')}{field('PAGE')}{text(' dari ')}{field('NUMPAGES')}</w:p>"
    )

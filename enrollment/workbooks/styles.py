"""How workbooks look: the paper, and the template's colours and typeface; every cell is text."""

from collections.abc import Iterator
from typing import TypedDict

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

FONT = "Calibri"
FOLIO = 14
"""Excel's code for paper of 8.5 × 13 inches (215.9 × 330.2 mm), in Indonesian offices F4."""
GREEN, GREEN_SOFT, PAPER, LINE, SOFT = "0F5C45", "E4F0E9", "F6F3EC", "B4D3C4", "565B52"
HEADINGS = {"wajib": (GREEN, "FFFFFF"), "menyusul": (GREEN_SOFT, GREEN), "boleh": (PAPER, SOFT)}


class Letters(TypedDict, total=False):
    bold: bool
    size: int
    color: str


TEXTS: dict[str, Letters] = {
    "judul": {"bold": True, "size": 16, "color": GREEN},
    "tempat": {"bold": True, "size": 12},
    "catatan": {"color": SOFT},
    "isi": {},
    "jelas": {},
}


def styles() -> Iterator[NamedStyle]:
    """The named styles of the template's cells."""
    thin, middle = Side(style="thin", color=LINE), Alignment(wrap_text=True, vertical="center")
    for name, (fill, ink) in HEADINGS.items():
        yield NamedStyle(
            name,
            font=Font(name=FONT, bold=True, color=ink),
            fill=PatternFill("solid", fgColor=fill),
            border=Border(bottom=thin, right=thin),
            alignment=middle,
            number_format="@",
        )
    for name, font in TEXTS.items():
        yield NamedStyle(
            name,
            font=Font(name=FONT, **font),
            border=Border(bottom=thin) if name == "jelas" else Border(),
            alignment=Alignment(vertical="center"),
            number_format="@",
        )


def ruled(first_row: int) -> Rule:
    """Borders around filled rows only: on all rows they would print a thousand empty ones."""
    thin = Side(style="thin", color=LINE)
    lines = Border(left=thin, right=thin, top=thin, bottom=thin)
    rule: Rule = FormulaRule(formula=[f'$A{first_row}&$C{first_row}<>""'], border=lines)
    return rule

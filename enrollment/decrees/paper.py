"""How the annex looks on paper: F4 landscape, Bookman Old Style 12, frames and numbers."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from enrollment.workbooks.styles import FOLIO

FONT = "Bookman Old Style"
SIZE = 12

LINE, SIGNATURE, HEADLINE, HEAD, TEXT, CENTRED, MONEY, GROUP, SUM = (
    "Lampiran baris",
    "Lampiran tanda tangan",
    "Lampiran judul",
    "Lampiran kepala tabel",
    "Lampiran teks",
    "Lampiran tengah",
    "Lampiran uang",
    "Lampiran kelompok",
    "Lampiran jumlah",
)

_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_AS_TEXT = "@"
_LINE_HEIGHT = 16.5
"""Points for a line of 12-point type."""
_PIXELS, _PADDING = 7, 3
"""Screen pixels of one character of column width in the workbook's standard font, and the
pixels of a column that text cannot use."""
_CAPITAL, _SMALL = 11.5, 9.5
_WIDTHS = {**dict.fromkeys(" .,:;/-'()Iijlft", 5.5), **dict.fromkeys("DGHMOQUWmw", 13.5)}
"""Pixels of Bookman at 12 points: most capitals, most small letters and digits, and the
characters that differ much from these."""
_WIDEST = max(_WIDTHS.values())


def add_styles(book: Workbook) -> None:
    """Add the named styles of the annex, so that the office can restyle all of it at once."""
    for name, horizontal, vertical, bold, framed in (
        (LINE, "left", "top", False, False),
        (SIGNATURE, "center", "top", False, False),
        (HEADLINE, "center", "center", True, False),
        (HEAD, "center", "center", True, True),
        (TEXT, "left", "top", False, True),
        (CENTRED, "center", "top", False, True),
        (MONEY, "right", "top", False, True),
        (GROUP, "left", "center", True, True),
        (SUM, "right", "center", True, True),
    ):
        style = NamedStyle(
            name,
            font=Font(name=FONT, size=SIZE, bold=bold),
            alignment=Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True),
            number_format="General" if name in (MONEY, SUM) else _AS_TEXT,
        )
        if framed:
            style.border = _FRAME
        book.add_named_style(style)


def set_up(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set widths (in characters), paper, margins and footer; call it before the first row."""
    for index, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = FOLIO
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.75, 0.3, 0.35
    footer = sheet.oddFooter.center  # type: ignore[union-attr]  # every sheet is made with one
    footer.text, footer.font, footer.size = "Halaman &P dari &N", f"{FONT},Regular", 10


def check_by(sheet: Worksheet, words: str) -> None:
    """Print at the foot of each page how anybody checks the decree."""
    footer = sheet.oddFooter.left  # type: ignore[union-attr]  # every sheet is made with one
    footer.text, footer.font, footer.size = words.replace("&", "&&"), f"{FONT},Regular", 8


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs for its `(words, width in characters)` pairs.

    Excel does not adjust row heights for merged cells, and LibreOffice does not adjust them at
    all when it only prints. So every height is computed here, rather a little too high than
    cutting a name off.
    """
    lines = max((_lines(words, width * _PIXELS - _PADDING) for words, width in texts), default=1)
    return lines * _LINE_HEIGHT + 3


def _lines(words: str, room: float) -> int:
    """Lines that `words` take when they are wrapped into `room` pixels."""
    if "\n" in words:
        return sum(_lines(line, room) for line in words.split("\n"))
    if len(words) * _WIDEST <= room:
        return 1
    lines, used = 1, 0.0
    for word in words.split():
        width = _pixels_of(word)
        if used and used + width > room:
            lines, used = lines + 1, 0
        broken = int(width // room)  # a word longer than a line is cut
        lines, used = lines + broken, used + width - broken * room + _WIDTHS[" "]
    return lines


@lru_cache(maxsize=4096)
def _pixels_of(word: str) -> float:
    """Remembered, because names and places repeat."""
    return sum(_pixels(letter) for letter in word)


def ems(word: str) -> float:
    """About how wide a word of Bookman is, in heights of its type."""
    return _pixels_of(word) / (SIZE * 4 / 3)


def _pixels(letter: str) -> float:
    return _WIDTHS.get(letter) or (_CAPITAL if letter.isupper() else _SMALL)


def dotted(number: int) -> str:
    """A number format with dots between thousands, whatever the language of the computer."""
    groups = (len(str(abs(number))) - 1) // 3
    return '0"."' + '000"."' * (groups - 1) + "000" if groups else "0"

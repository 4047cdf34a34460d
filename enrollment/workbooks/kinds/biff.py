"""What calamine does not tell of a legacy xls: damage, and struck-through cells."""

from __future__ import annotations

import io
import struct

from enrollment.workbooks.kinds.messages import Refused

# Record types: beginning and end of a part, the position of a sheet, a font, a cell's format.
BOF, EOF, BOUNDSHEET, FONT, XF = 0x0809, 0x000A, 0x0085, 0x0031, 0x00E0
LONGEST_RECORD = 8224
# LabelSst, RK, Number, Blank, BoolErr, Row
CELL_LENGTH = {0x00FD: 10, 0x027E: 10, 0x0203: 14, 0x0201: 6, 0x0205: 8, 0x0208: 16}
# Those that hold a value, which begin with row, column and format: also Label, Formula.
CELLS = {0x00FD, 0x027E, 0x0203, 0x0204, 0x0006}
STRUCK = 0x0008

Found = dict[int, list[int]]
"""Row as numbered → columns from 0."""


class Survey:
    """Checks the chain of records and takes notes of the struck-through cells.

    The format has no checksums, and calamine ends a sheet at the first thing that looks like an
    end: after one wrong length the rows below are lost without notice. In an undamaged file the
    records fill the stream: every sheet starts where the list of sheets says, and each part ends
    where the next starts. [MS-XLS] 2.1.4, 2.4.28
    """

    def __init__(self, content: bytes):
        self.stream = _workbook_stream(content)
        self.fonts: list[bool] = []
        self.struck_formats: set[int] = set()
        self.formats = 0
        self.sheets: list[int] = []
        self.struck: dict[int, Found] = {}
        self._look()

    def of(self, index: int) -> tuple[dict[int, dict[int, str]], Found]:
        """The cells without a result (xls always stores one), and the struck-through ones, of the
        sheet at this place."""
        start = self.sheets[index] if index < len(self.sheets) else -1
        return {}, self.struck.get(start, {})

    def _look(self) -> None:
        stream, depth, at, start = self.stream, 0, 0, 0
        starts = set()
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            if depth == 0 and kind != BOF:
                break
            if length > CELL_LENGTH.get(kind, LONGEST_RECORD) or at + 4 + length > len(stream):
                raise Refused("broken")
            if kind == BOF:
                if depth == 0:
                    start = at
                    starts.add(at)
                depth += 1
            elif kind == EOF:
                depth -= 1
            elif kind == BOUNDSHEET:
                self.sheets.append(struct.unpack_from("<I", stream, at + 4)[0])
            elif kind in (FONT, XF) and length >= 4:
                self._note_format(kind, *struct.unpack_from("<HH", stream, at + 4))
            elif self.struck_formats and kind in CELLS and length >= 6:
                row, column, look = struct.unpack_from("<HHH", stream, at + 4)
                if look in self.struck_formats:
                    self.struck.setdefault(start, {}).setdefault(row + 1, []).append(column)
            at += 4 + length
        if depth or not self.sheets or not starts.issuperset(self.sheets) or any(stream[at:]):
            raise Refused("broken")

    def _note_format(self, kind: int, first: int, second: int) -> None:
        if kind == FONT:
            self.fonts.append(bool(second & STRUCK))
            return
        # The number 4 is left out when fonts are numbered.
        font = first - (first > 4)
        if font < len(self.fonts) and self.fonts[font]:
            self.struck_formats.add(self.formats)
        self.formats += 1


def _workbook_stream(content: bytes) -> bytes:
    import olefile

    try:
        defects = olefile.DEFECT_INCORRECT
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=defects) as ole:
            name = next(name for name in ("Workbook", "Book") if ole.exists(name))
            stream: bytes = ole.openstream(name).read()
            return stream
    except (OSError, StopIteration, ValueError, IndexError, struct.error) as error:
        raise Refused("broken") from error

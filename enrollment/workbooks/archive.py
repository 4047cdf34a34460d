"""Saves a workbook with the same bytes at any time and on any computer."""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from enrollment.workbooks.rows import Rows

OLDEST = 1980
"""The first year that a zip archive can store."""
NO_ROWS = b"<sheetData></sheetData>"
"""What openpyxl writes for a sheet to which nothing was appended."""
CHUNK = 1 << 16


class _FrozenZip(ZipFile):
    """A zip whose members all carry one date instead of the clock's and the file system's."""

    def __init__(self, out: IO[bytes], day: date, rows: Rows):
        super().__init__(out, "w", ZIP_DEFLATED)
        self.stamp = (max(day.year, OLDEST), day.month, day.day, 0, 0, 0)
        self.rows = rows

    def _member(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self.stamp)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 3
        return info

    # openpyxl calls these two with only a name and the content.
    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]
        super().writestr(self._member(name), data)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        """Write the sheet, of which openpyxl has everything but the rows in the file `filename`."""
        above, below = Path(filename).read_bytes().split(NO_ROWS)
        self.rows.file.seek(0)
        with self.open(self._member(arcname), "w") as member:
            member.write(above + b"<sheetData>")
            shutil.copyfileobj(self.rows.file, member, CHUNK)
            member.write(b"</sheetData>" + below)


def save_frozen(book: Workbook, rows: Rows, out: BinaryIO, day: date) -> None:
    """Save an openpyxl workbook, whose only sheet gets the `rows`, to the binary file `out`.

    Every part is dated `day`. Unlike `Workbook.save` this leaves the document's own dates as they
    were set.
    """
    with TemporaryFile() as file:  # a zip has other bytes if `out` cannot seek
        ExcelWriter(book, _FrozenZip(file, day, rows)).save()
        file.seek(0)
        shutil.copyfileobj(file, out)


def with_one_date(loose: bytes) -> bytes:
    """The same zip archive (of a Word file, say) with one date for all its parts, so that what is
    made again has the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(loose)) as source, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            member = ZipInfo(name, (OLDEST, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = ZIP_DEFLATED, 3
            made.writestr(member, source.read(name))
    return out.getvalue()

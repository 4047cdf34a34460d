"""Saves a workbook with the same bytes at any time and on any computer."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

OLDEST = 1980
"""The first year that a zip archive can store."""


class _FrozenZip(ZipFile):
    """A zip whose members all carry one date instead of the clock's and the file system's."""

    def __init__(self, out: IO[bytes], day: date):
        super().__init__(out, "w", ZIP_DEFLATED)
        self.stamp = (max(day.year, OLDEST), day.month, day.day, 0, 0, 0)

    def _member(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self.stamp)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 3
        return info

    # openpyxl calls these two with only a name and the content.
    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]
        super().writestr(self._member(name), data)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        with Path(filename).open("rb") as source, self.open(self._member(arcname), "w") as member:
            shutil.copyfileobj(source, member)


def save_frozen(book: Workbook, out: BinaryIO, day: date) -> None:
    """Save an openpyxl workbook to the binary file `out`, every part dated `day`.

    Unlike `Workbook.save` this leaves the document's own dates as they were set.
    """
    with TemporaryFile() as file:  # a zip has other bytes if `out` cannot seek
        ExcelWriter(book, _FrozenZip(file, day)).save()
        file.seek(0)
        shutil.copyfileobj(file, out)


def discard(sheet: WriteOnlyWorksheet) -> None:
    """Delete the temporary file of an unfinished write-only sheet: it holds personal data."""
    sheet.close()
    sheet._writer.cleanup()  # type: ignore[attr-defined]  # not in the stubs of openpyxl

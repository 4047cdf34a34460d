"""The child process that reads a workbook: file on stdin, pickled messages on stdout.

`opening.read` runs it by its path and never imports it: when a hostile file makes the Rust library
abort, only this process dies. It uses nothing but the standard library, calamine and olefile, so
that it starts in milliseconds.

Messages, each a pickle after its length (4 bytes): `(name, visible, height)` opens a sheet, lists
of `(spreadsheet row, cells)` are its rows without the blank ones, `None` closes it; `"end"` closes
the workbook, `("refused", reason)` refuses it. `height` is roughly the sheet's number of rows.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import pickle
import resource
import statistics
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

T = TypeVar("T")

BATCH = 2000
LONGEST_CELL = 32_767  # Excel's own limit
DELIMITERS = ";,\t|"
MEGABYTE = 1 << 20
# Record types of a legacy xls: beginning and end of a part, and the position of a sheet.
BOF, EOF, BOUNDSHEET, LONGEST_RECORD = 0x0809, 0x000A, 0x0085, 8224
# LabelSst, RK, Number, Blank, BoolErr, Row
CELL_LENGTH = {0x00FD: 10, 0x027E: 10, 0x0203: 14, 0x0201: 6, 0x0205: 8, 0x0208: 16}


class Refused(Exception):
    """The workbook is refused; the text is a key of `opening.REASONS`."""


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"] + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"],) * 2)
    try:
        if order["kind"] == "xls":
            check_records(sys.stdin.buffer)
        messages = read_csv() if order["kind"] == "csv" else read_workbook()
        for message in messages:
            send(message)
        send("end")
    except Refused as refusal:
        send(("refused", str(refusal)))
    except MemoryError:
        send(("refused", "memory"))


def send(message: object) -> None:
    # Pickling without the memo takes half the time, and is safe as cells never contain themselves.
    buffer = io.BytesIO(b"\0\0\0\0")
    buffer.seek(4)
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump(message)
    view = buffer.getbuffer()
    struct.pack_into("<I", view, 0, len(view) - 4)
    sys.stdout.buffer.write(view)


def read_workbook() -> Iterator[object]:
    """Yield the messages of an xlsx, xls or ods file."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(sys.stdin.buffer)
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            visible = sheet.visible == calamine.SheetVisibleEnum.Visible
            if visible:
                rows = book.get_sheet_by_index(index)
                yield sheet.name, True, rows.height
                yield from batches(sheet_rows(rows))
            else:
                yield sheet.name, False, 0
            yield None
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except calamine.CalamineError as error:
        raise Refused("broken") from error
    except BaseException as error:
        # A panic in Rust is raised as a BaseException of a class of its own.
        if type(error).__name__ == "PanicException":
            raise Refused("broken") from error
        raise


def check_records(file: BinaryIO) -> None:
    """Refuse an xls whose chain of records is broken.

    The format has no checksums, and calamine ends a sheet at the first thing that looks like an
    end: after one wrong length the rows below are lost without notice. In an undamaged file the
    records fill the stream: every sheet starts where the list of sheets says, and each part ends
    where the next starts. [MS-XLS] 2.1.4, 2.4.28
    """
    import olefile

    try:
        with olefile.OleFileIO(file, raise_defects=olefile.DEFECT_INCORRECT) as ole:
            name = next(name for name in ("Workbook", "Book") if ole.exists(name))
            stream = ole.openstream(name).read()
    except (OSError, StopIteration, ValueError, IndexError, struct.error) as error:
        raise Refused("broken") from error
    finally:
        file.seek(0)
    starts, sheets, depth, at = set(), set(), 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if depth == 0 and kind != BOF:
            break
        if length > CELL_LENGTH.get(kind, LONGEST_RECORD) or at + 4 + length > len(stream):
            raise Refused("broken")
        if kind == BOF:
            if depth == 0:
                starts.add(at)
            depth += 1
        elif kind == EOF:
            depth -= 1
        elif kind == BOUNDSHEET:
            sheets.add(struct.unpack_from("<I", stream, at + 4)[0])
        at += 4 + length
    if depth or not sheets or not sheets <= starts or any(stream[at:]):
        raise Refused("broken")


def sheet_rows(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[object]]]:
    # calamine leaves out the empty columns on the left, but not the empty rows above.
    left = [""] * sheet.start[1] if sheet.start else []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if cells.count("") != len(cells):
            yield number, [*left, *cells] if left else cells


def read_csv() -> Iterator[object]:
    """Yield the messages of a text file. All its cells stay text: whether a comma in a number is
    the decimal sign cannot be known."""
    unfinished = not ends_with_a_line()
    encoding, size = find_encoding(), sys.stdin.buffer.seek(0, io.SEEK_END)
    sys.stdin.buffer.seek(0)
    text = io.TextIOWrapper(sys.stdin.buffer, encoding, newline="")
    sample = csv_lines(text, 50)
    height = size * len(sample) // max(1, len("".join(sample).encode(encoding)))
    yield "", True, height
    yield from batches(csv_rows(sample, text, unfinished))
    yield None


def csv_lines(text: TextIO, most: int) -> list[str]:
    try:
        return list(itertools.islice(text, most))
    except UnicodeDecodeError as error:
        raise Refused("broken") from error


def csv_rows(
    sample: Sequence[str], text: TextIO, unfinished: bool
) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    before: list[str] = []
    cells: list[str] = []
    separator = None
    if sample and sample[0].lower().startswith("sep="):
        separator = sample[0].strip()[4:5] or None
    separator = separator or find_delimiter(sample)
    lines = itertools.chain(sample, text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            before, cells = cells, row
            if number == 1 and cells and cells[0].lower().startswith("sep="):
                continue
            if cells.count("") != len(cells):
                yield number, cells
        if unfinished and len(cells) < len(before):
            raise Refused("cut")
    except csv.Error as error:
        raise Refused("quotes") from error
    except UnicodeDecodeError as error:
        raise Refused("broken") from error


def ends_with_a_line() -> bool:
    """Whether the file ends with a line break; one that was cut off within a row does not."""
    file = sys.stdin.buffer
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 2))
    tail = file.read()
    file.seek(0)
    return b"\n" in tail or b"\r" in tail


def find_encoding() -> str:
    """The encoding of stdin: by its byte order mark, else UTF-8 if valid, else Windows-1252."""
    file = sys.stdin.buffer
    head = file.read(4096)
    file.seek(0)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(MEGABYTE):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)


def find_delimiter(lines: Iterable[str]) -> str:
    """The delimiter by which these lines have the most cells (by the median)."""

    def cells(delimiter: str) -> float:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return 0
        return statistics.median(widths) if widths else 0

    return max(DELIMITERS, key=cells)


def batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


if __name__ == "__main__":
    main()

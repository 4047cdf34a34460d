"""Reading any workbook, however damaged, without risk to the calling process.

`inspect` checks the file without unpacking it. `read` starts a child process that reads it
(`reader.py`) under a memory limit and a deadline, and yields the rows as they arrive. Whatever is
wrong with the file raises an `UnreadableWorkbook` whose text tells the user what to do.
"""

import io
import itertools
import json
import os
import pickle
import selectors
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from enrollment.workbooks.inspection import (
    BROKEN,
    LOCKED,
    MEGABYTE,
    SAVE_AS,
    Inspection,
    UnreadableWorkbook,
    inspect,
)
from enrollment.workbooks.kinds.messages import About, Cell, Merged, Row

__all__ = ["Cell", "Merged", "Row", "Sheet", "UnreadableWorkbook", "inspect", "read"]

READER = Path(__file__).with_name("reader.py")
PIPE_SIZE = MEGABYTE

TOO_WIDE = (
    "Buku kerja ini meminta terlalu banyak memori: biasanya ada sel yang terisi jauh di luar tabel "
    "(tekan Ctrl+End di Excel untuk menemukannya). Hapus baris dan kolom di luar tabel, atau salin "
    "tabelnya saja ke buku kerja baru, lalu unggah lagi."
)
TOO_SLOW = (
    "Buku kerja ini tidak selesai dibaca pada waktunya. Salin tabelnya saja ke buku kerja baru, "
    "atau bagi menjadi beberapa berkas, lalu unggah lagi."
)
REASONS = {
    "password": LOCKED,
    "broken": BROKEN,
    "memory": TOO_WIDE,
    "page": (
        "Berkas ini halaman web, dan tidak ada tabel berisi daftar di dalamnya. Bila ini hasil "
        "unduhan, mungkin yang terunduh halaman masuknya: unduh lagi sesudah masuk. Atau buka di "
        "Excel, pilih Simpan Sebagai “Excel (.xlsx)”, lalu unggah hasilnya."
    ),
    "long": (
        "Ada isi sel yang lebih panjang daripada 32.767 huruf, yang tidak dapat ditulis Excel. "
        f"Mungkin berkas ini bukan daftar. {SAVE_AS}"
    ),
    "cut": (
        "Baris terakhir berkas ini terpotong, jadi mungkin ada baris sesudahnya yang hilang. "
        "Periksa berkas aslinya, simpan ulang di Excel, lalu unggah lagi."
    ),
    "quotes": (
        'Ada tanda kutip (") yang tidak ditutup di berkas CSV ini, sehingga batas barisnya tidak '
        "jelas. Buka di Excel, simpan sebagai .xlsx, lalu unggah hasilnya."
    ),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, whether the user can see it, and its rows.

    `rows` yields the rows once, without blank ones; read it before asking for the next sheet.
    The rows of a hidden sheet are not read. `expected` is the estimated number of rows in the whole
    workbook, better with each sheet.

    `merged` are the merged ranges and `struck` the cells that are struck through (row → columns
    from 0). Both fill up while the rows are read: what concerns a row is there before the row is.
    The value of a merged cell is in every row that it spans downwards (`kinds/messages.py`).
    """

    name: str
    visible: bool
    rows: Iterator[Row]
    expected: int = 0
    merged: list[Merged] = field(default_factory=list)
    struck: dict[int, tuple[int, ...]] = field(default_factory=dict)


def read(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    seconds: float | None = None,
    memory: int | None = None,
) -> Iterator[Sheet]:
    """Yield the sheets of the workbook at `path`, or raise `UnreadableWorkbook`.

    `name` is the user's name for the file (uploads are stored under random names): the only sheet
    of a CSV is named after it. `seconds` is how long we wait for the child in all, `memory` the
    bytes it may use; by default both follow from the size of the content. The child is killed when
    the generator is closed or garbage-collected.
    """
    found = inspect(path)
    seconds = seconds or 9 + found.content / (4 * MEGABYTE)
    memory = memory or memory_for(found)
    with Path(path).open("rb") as file:
        child = _start(file, found.kind, seconds, memory)
    with child:  # closes its pipe and waits for its end
        try:
            yield from _sheets(_messages(child, seconds), Path(name or path).stem, found.sheets)
        finally:
            child.kill()


def memory_for(found: Inspection) -> int:
    """Bytes a child may use: in proportion to the content, so that a small bomb gets little.

    calamine was measured to use 2.2 times the unpacked XML of a list of people, and 4.5 times where
    every cell is a single digit (ods 2.4; xls, which stores cells more compactly, 11.3). The others
    are read piece by piece, but of HTML the parser keeps what it has read.
    """
    times = {"xlsx": 5, "ods": 4, "xls": 16, "html": 3}.get(found.kind, 1)
    return min(40 * MEGABYTE + times * found.content, 1024 * MEGABYTE)


def _start(file: BinaryIO, kind: str, seconds: float, memory: int) -> subprocess.Popen[bytes]:
    # Not multiprocessing: Celery's prefork children are daemonic and may not use it. The file is
    # passed as stdin, so that neither its name nor its content appears in the list of processes.
    order = json.dumps({"kind": kind, "seconds": int(seconds), "memory": int(memory)})
    return subprocess.Popen(  # noqa: S603, our own program and our own order
        [sys.executable, "-I", str(READER), order],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "RUST_BACKTRACE": "0"},
        pipesize=PIPE_SIZE,
        bufsize=0,
    )


def _sheets(messages: Iterator[Any], file_name: str, sizes: Sequence[int]) -> Iterator[Sheet]:
    estimate = RowEstimate(sizes)
    for name, visible, height in messages:
        expected = estimate.expect(height if visible else None)
        sheet = Sheet(_printable(name or file_name), visible, iter(()), expected)
        rows = itertools.chain.from_iterable(_batches(messages, sheet))
        yield replace(sheet, rows=rows)
        for _ in rows:  # skip what the caller left unread
            pass


def _batches(messages: Iterator[Any], sheet: Sheet) -> Iterator[list[Row]]:
    for message in iter(lambda: next(messages), None):
        if isinstance(message, About):
            sheet.merged.extend(message.merged)
            sheet.struck.update(message.struck)
        else:
            yield message


class RowEstimate:
    """The estimated number of rows in all: sheets not yet opened are assumed to have as many rows
    per byte as those before."""

    def __init__(self, sizes: Sequence[int]):
        self.left = list(sizes)
        self.rows = self.bytes = 0

    def expect(self, height: int | None) -> int:
        """The estimate once the next sheet is open, with `height` rows (None: it is hidden)."""
        size = self.left.pop(0) if self.left else 0
        if height is not None:
            self.rows += height
            self.bytes += size
        to_come = sum(self.left) * self.rows // self.bytes if self.bytes else 0
        return self.rows + to_come


def _printable(name: str) -> str:
    """The name with spaces for characters that cannot be shown or stored, such as the NULs in a
    damaged xls."""
    return "".join(letter if letter.isprintable() else " " for letter in name)


def _messages(child: subprocess.Popen[bytes], seconds: float) -> Iterator[Any]:
    """Yield what the child sends up to its "end"; if it dies before, the workbook is refused."""
    receive = _receiver(child, seconds)
    try:
        while True:
            (size,) = struct.unpack("<I", receive(4))
            unpickler = pickle.Unpickler(io.BytesIO(receive(size)))  # noqa: S301, our own program
            unpickler.load()  # the classes of cells
            message = unpickler.load()
            if message == "end":
                return
            if isinstance(message, tuple) and len(message) == 2 and message[0] == "refused":
                raise UnreadableWorkbook(REASONS[message[1]])
            yield message
    except UnreadableWorkbook:
        # Now, since whoever reads the rows may keep this error, and with it `read`, for long.
        child.kill()
        child.wait()
        raise


def _receiver(child: subprocess.Popen[bytes], seconds: float) -> Callable[[int], bytearray]:
    """A function that reads exactly n bytes; all its waiting together may take `seconds`.

    Only the waiting counts: a caller that uses the rows slowly does not run into the deadline.
    """
    pipe = child.stdout.fileno()  # type: ignore[union-attr]  # `_start` asked for a pipe
    selector = selectors.DefaultSelector()
    selector.register(pipe, selectors.EVENT_READ)
    left = seconds

    def receive(size: int) -> bytearray:
        nonlocal left
        buffer = bytearray(size)
        view, filled = memoryview(buffer), 0
        while filled < size:
            started = monotonic()
            ready = left > 0 and selector.select(left)
            left -= monotonic() - started
            if not ready:
                raise UnreadableWorkbook(TOO_SLOW)
            count = os.readv(pipe, [view[filled:]])
            if not count:
                raise UnreadableWorkbook(_cause_of_death(child))
            filled += count
        return buffer

    return receive


def _cause_of_death(child: subprocess.Popen[bytes]) -> str:
    """The sentence for how the child ended: calamine aborts when memory runs out, and the kernel
    kills a process that exceeds its limits."""
    code = child.wait()
    return {-6: TOO_WIDE, -9: TOO_SLOW, -24: TOO_SLOW}.get(code, BROKEN)

"""In which encoding the bytes of a text file stand for letters."""

import codecs
from typing import BinaryIO

HEAD = 4096
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked(head: bytes) -> str | None:
    """The encoding by the byte order mark, or None."""
    return next((name for mark, name in MARKS if head.startswith(mark)), None)


def unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: of plain text nearly every second byte is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if 10 * max(even, odd) < 3 * len(head) or 10 * min(even, odd) > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def find_encoding(file: BinaryIO) -> str:
    """The encoding of the file: by its byte order mark, else UTF-8 if valid, else Windows-1252."""
    head = file.read(HEAD)
    file.seek(0)
    return marked(head) or unmarked_utf16(head) or _by_trying(file)


def _by_trying(file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)

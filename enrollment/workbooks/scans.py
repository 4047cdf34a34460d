"""Scans and photos of signed papers: what a file is, told by its content and not by its name.

They are kept and given back as they came, never decoded and never shown in a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import IO

from django.core.files import File
from django.db.models import TextChoices

from enrollment.workbooks import whole
from enrollment.workbooks.inspection import MEGABYTE

LARGEST_SCAN = 12 * MEGABYTE
"""Bytes of one file: a photo of a phone has 3 to 8 MB, ten scanned pages 2 to 6."""
LARGEST_MB = LARGEST_SCAN // MEGABYTE
MOST_SCANS = 20
"""Files that one version of the signed papers may have."""
_HEAD = 1024
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")

EMPTY = "kosong (0 byte). Pilih berkasnya sekali lagi."
SMALLER = (
    "Di pengaturan kamera HP, pilih ukuran foto yang lebih kecil (misalnya 8 MP), lalu foto lagi "
    "halamannya. PDF: kirim beberapa halaman saja."
)
CUT_OFF = "rusak atau terpotong sewaktu dikirim. Foto atau pindai lagi, lalu unggah."
UNKNOWN = "bukan PDF atau foto (JPEG, PNG, HEIC). Foto halamannya, atau simpan sebagai PDF."


class Kind(TextChoices):
    PDF = "pdf", "PDF"
    JPEG = "jpeg", "foto JPEG"
    PNG = "png", "foto PNG"
    HEIC = "heic", "foto HEIC"


ENDINGS = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png", Kind.HEIC: "heic"}
TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.HEIC: "image/heic",
}
WHOLE: dict[Kind, Callable[[bytes], bool]] = {
    Kind.PDF: whole.pdf,
    Kind.JPEG: whole.jpeg,
    Kind.PNG: whole.png,
    Kind.HEIC: whole.heic,
}


ACCEPTED = ",".join(["application/pdf", "image/*", *(f".{ending}" for ending in ENDINGS.values())])
"""What the dialogue of a phone or computer offers to choose."""


class UnreadableScan(ValueError):
    """A file that is not taken; `str()` is the end of a sentence that begins with its name."""


def kind_of(
    file: IO[bytes] | File[bytes], size: int, *, largest: int = LARGEST_SCAN, smaller: str = SMALLER
) -> Kind:
    """What a file of `size` bytes is; raises `UnreadableScan`, also where its end is missing.

    A room whose files may be larger says so: `largest` (bytes), and with `smaller` what to do about
    one that is larger still.
    """
    if not size:
        raise UnreadableScan(EMPTY)
    if size > largest:
        raise UnreadableScan(f"lebih besar dari {largest // MEGABYTE} MB. {smaller}")
    file.seek(0)
    content = file.read(largest)
    file.seek(0)
    kind = _by_beginning(content[:_HEAD])
    if not WHOLE[kind](content):
        raise UnreadableScan(CUT_OFF)
    return kind


def _by_beginning(head: bytes) -> Kind:
    if head.lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return Kind.PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Kind.HEIC
    raise UnreadableScan(UNKNOWN)


def digest(file: File[bytes]) -> str:
    """The SHA-256 of a file as it came, read piece by piece; afterwards it is read from its
    beginning again."""
    seal = hashlib.sha256()
    file.seek(0)
    for piece in file.chunks():
        seal.update(piece)
    file.seek(0)
    return seal.hexdigest()

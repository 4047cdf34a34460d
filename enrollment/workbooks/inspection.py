"""Checking an uploaded file before anything reads it.

A workbook is a zip or an OLE container that cannot be trusted: 400 KB may unpack to 400 MB, and the
file name may be wrong. `inspect` looks at the first bytes and the zip's directory, in milliseconds
and without unpacking; `verify` then compares every part with its checksum.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1 << 20
LARGEST_FILE = 64 * MEGABYTE
LARGEST_CONTENT = 640 * MEGABYTE
MOST_PARTS = 2000
# A list of people is compressed ten to thirty times; the most that deflate can do is 1,032.
BOMB_RATIO = 150
BOMB_SIZE = 8 * MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# All exceptions that zipfile raises on damaged archives.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error)
SHEET = re.compile(r"xl/worksheets/sheet(\d{1,6})\.xml")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

SAVE_AS = (
    "Buka di Excel atau LibreOffice, pilih Simpan Sebagai “Excel (.xlsx)”, lalu unggah hasilnya."
)
TYPE_IT = "Ketik daftarnya di Excel, lalu unggah berkas Excel itu."
COPY_IT = "Salin tabelnya ke Excel, simpan, lalu unggah hasilnya."
UNPACK = "Keluarkan dahulu berkas Excel dari dalamnya, lalu unggah berkas itu."
NO_LIST = "Pilih berkas Excel atau CSV yang berisi daftarnya, lalu unggah lagi."
SEND_AGAIN = "Simpan ulang di Excel, lalu unggah lagi."
LOCKED = (
    "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya "
    "(File > Info > Protect Workbook > Encrypt with Password, kosongkan), simpan, "
    "lalu unggah lagi."
)
BROKEN = f"Berkas ini rusak atau terpotong sewaktu dikirim. {SEND_AGAIN}"
TOO_MUCH = (
    "Isi berkas ini tidak wajar besarnya, sehingga tidak dibuka. "
    "Salin tabelnya saja ke buku kerja baru, simpan, lalu unggah hasilnya."
)

FOREIGN = (
    (b"\x89PNG", "gambar", TYPE_IT),
    (b"\xff\xd8\xff", "gambar", TYPE_IT),
    (b"GIF8", "gambar", TYPE_IT),
    (b"BM", "gambar", TYPE_IT),
    (b"%PDF", "PDF", TYPE_IT),
    (
        b"{\\rtf",
        "dokumen Word (RTF)",
        "Salin tabelnya ke Excel, simpan, lalu unggah berkas Excel itu.",
    ),
    (b"Rar!", "arsip RAR", UNPACK),
    (b"7z\xbc\xaf", "arsip 7z", UNPACK),
    (b"\x1f\x8b", "arsip gzip", UNPACK),
    (b"MZ", "program", NO_LIST),
)


class UnreadableWorkbook(ValueError):
    """A file that cannot be read; `str()` is a sentence in Indonesian that says what to do."""


@dataclass(frozen=True)
class Inspection:
    """What is known without unpacking: the `kind` (xlsx, ods, xls, csv), and the unpacked bytes.

    `sheets` are the bytes of each sheet of an xlsx, most likely in their order; they serve to
    estimate how much is left to read.
    """

    kind: str
    content: int
    sheets: tuple[int, ...] = ()


def inspect(path: str | os.PathLike[str]) -> Inspection:
    """Tell what kind of workbook `path` is, or raise `UnreadableWorkbook`. Unpacks little."""
    size = Path(path).stat().st_size
    if not size:
        raise UnreadableWorkbook(
            "Berkas ini kosong (0 byte). Periksa berkas di komputer Anda, lalu unggah lagi."
        )
    if size > LARGEST_FILE:
        raise UnreadableWorkbook(
            f"Berkas ini lebih besar dari {LARGEST_FILE // MEGABYTE} MB. "
            "Bagi menjadi beberapa berkas, misalnya satu per kecamatan, lalu unggah satu per satu."
        )
    with Path(path).open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        return _inspect_zip(path)
    if head.startswith(OLE):
        return _inspect_ole(path, size)
    _refuse_foreign(head)
    return Inspection("csv", size)


def verify(path: str | os.PathLike[str]) -> None:
    """Check every part of a zip against its checksum, or raise `UnreadableWorkbook`.

    The libraries that read workbooks stop at the last row and never look at the checksum: without
    this, a damaged file could be read with rows missing or changed, unnoticed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    while stream.read(MEGABYTE):
                        pass
    except DAMAGE as error:
        raise UnreadableWorkbook(BROKEN) from error


def _inspect_zip(path: str | os.PathLike[str]) -> Inspection:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = {part.filename for part in parts}
            kind = _zip_kind(names)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        _refuse_entities(stream.read(4096))
            if kind == "ods" and _is_locked_ods(archive, names):
                raise UnreadableWorkbook(LOCKED)
    except UnreadableWorkbook:
        raise
    except DAMAGE as error:
        raise UnreadableWorkbook(BROKEN) from error
    return Inspection(kind, sum(part.file_size for part in parts), _sheet_sizes(parts))


def _sheet_sizes(parts: Collection[zipfile.ZipInfo]) -> tuple[int, ...]:
    matches = ((SHEET.fullmatch(part.filename), part.file_size) for part in parts)
    numbered = sorted((int(match[1]), size) for match, size in matches if match)
    return tuple(size for _, size in numbered)


def _is_locked_ods(archive: zipfile.ZipFile, names: Collection[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    if manifest not in names:
        return False
    with archive.open(manifest) as stream:
        return b"encryption-data" in stream.read(MEGABYTE)


def _refuse_bombs(parts: Collection[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableWorkbook(LOCKED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        raise UnreadableWorkbook(TOO_MUCH)
    for part in parts:
        if part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * part.compress_size:
            raise UnreadableWorkbook(TOO_MUCH)


def _zip_kind(names: Collection[str]) -> str:
    if any(name.startswith(("xl/", "xl\\")) for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        what = "dokumen Word"
    elif any(name.startswith("ppt/") for name in names):
        what = "presentasi PowerPoint"
    else:
        raise UnreadableWorkbook(
            "Ini arsip ZIP, bukan buku kerja. Ekstrak dahulu, lalu unggah berkas Excel di dalamnya."
        )
    raise UnreadableWorkbook(f"Ini {what}, bukan buku kerja. {COPY_IT}")


def _refuse_entities(head: bytes) -> None:
    """Refuse a DTD: no spreadsheet program writes one, only attacks by entity expansion need it."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableWorkbook(
            "Berkas ini memuat definisi XML yang tidak pernah ditulis oleh Excel, "
            f"sehingga tidak dibuka. {SAVE_AS}"
        )


def _inspect_ole(path: str | os.PathLike[str], size: int) -> Inspection:
    content = Path(path).read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableWorkbook(LOCKED)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book", "WORKBOOK")):
        raise UnreadableWorkbook(f"Ini bukan buku kerja Excel. {SAVE_AS}")
    return Inspection("xls", size)


def _refuse_foreign(head: bytes) -> None:
    """Refuse what is neither a workbook nor text, whatever its file name says."""
    if head.startswith(b"PK"):
        raise UnreadableWorkbook(BROKEN)
    for magic, what, todo in FOREIGN:
        if head.startswith(magic):
            raise UnreadableWorkbook(f"Ini {what}, bukan buku kerja. {todo}")
    if head.startswith(BYTE_ORDER_MARKS[:2]):
        return
    start = head.removeprefix(BYTE_ORDER_MARKS[2]).lstrip()
    if start.startswith(b"<"):
        raise UnreadableWorkbook(
            f"Berkas ini halaman web (HTML/XML) yang dinamai seperti buku kerja. {SAVE_AS}"
        )
    odd = sum(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in head)
    # In UTF-16 without a byte order mark every second byte is zero. Control characters without so
    # many zeros mean a picture or a program.
    if odd and head.count(0) < len(head) // 4:
        raise UnreadableWorkbook(f"Berkas ini bukan buku kerja Excel atau CSV. {SAVE_AS}")

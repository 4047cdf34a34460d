"""Checking an uploaded file before anything reads it.

A workbook is a zip, an OLE container or text that cannot be trusted: 400 KB may unpack to 400 MB,
and the file name may be wrong. `inspect` looks at the first bytes and the zip's directory, in
milliseconds and without unpacking.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from enrollment.workbooks.decoding import marked, unmarked_utf16

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

SAVE_AS = (
    "Buka di Excel atau LibreOffice, pilih Simpan Sebagai “Excel (.xlsx)”, lalu unggah hasilnya."
)
EXPORT_IT = "Ekspor tabelnya ke Excel, lalu unggah berkas Excel itu."
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
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP", "gambar", TYPE_IT),
    (rb".{4}ftyp(?:hei|hev|mif|avi)", "gambar", TYPE_IT),
    (rb".{4}ftyp|RIFF.{4}AVI|\x1aE\xdf\xa3", "video", TYPE_IT),
    (rb"%PDF", "PDF", TYPE_IT),
    (rb"\{\\rtf", "dokumen Word (RTF)", COPY_IT),
    (rb"Rar!", "arsip RAR", UNPACK),
    (rb"7z\xbc\xaf", "arsip 7z", UNPACK),
    (rb"\x1f\x8b", "arsip gzip", UNPACK),
    (rb"MZ.{0,60}\0|\x7fELF", "program", NO_LIST),
    (rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", "basis data Access", EXPORT_IT),
    (rb"SQLite format 3\0", "basis data SQLite", EXPORT_IT),
    (rb"L\0{3}\x01\x14\x02\0|\s*\[InternetShortcut\]", "pintasan ke berkas lain", NO_LIST),
    (
        rb'\s*\{[^{}]{0,2000}"(?:url|doc_id|resource_id)"\s*:',
        "tautan ke Google Sheets tanpa datanya",
        "Buka di Google Sheets, pilih File > Download > Microsoft Excel (.xlsx), lalu unggah "
        "hasilnya.",
    ),
    (
        rb"(?i:(?:[a-z-]{2,40}:[^\r\n]*\r?\n){0,20}?(?:mime-version:|content-type:\s*multipart/))",
        "arsip halaman web (.mht)",
        SAVE_AS,
    ),
)
"""How a file begins that is no workbook, what it is, and what to do."""
APPLE = ("Index/Document.iwa", "Index.zip", "index.apxl")
DOCUMENTS = {
    "word/": "dokumen Word",
    "ppt/": "presentasi PowerPoint",
    "visio/": "gambar Visio",
}
OPEN_DOCUMENTS = {
    b"text": "dokumen teks (ODT)",
    b"presentation": "presentasi (ODP)",
    b"graphics": "gambar (ODG)",
}
OLE_DOCUMENTS = {
    "WordDocument": "dokumen Word",
    "PowerPoint Document": "presentasi PowerPoint",
    "__properties_version1.0": "surel Outlook",
}
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".fods", ".csv")
# What an HTML page begins with, or a piece of one.
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|style|script|table|thead|tbody|tr|td|th|div|p|"
    r"center|font|h[1-6]|b|br|span|link|img|form|caption|pre)\b",
    re.I,
)


class UnreadableWorkbook(ValueError):
    """A file that cannot be read; `str()` is a sentence in Indonesian that says what to do."""


class Inspection(NamedTuple):
    """What is known without unpacking: the `kind` (a key of `reader.MODULES`), the unpacked bytes.

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
    return Inspection(_text_kind(head), size)


def _inspect_zip(path: str | os.PathLike[str]) -> Inspection:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = {part.filename for part in parts}
            kind = _zip_kind(archive, names)
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


def _zip_kind(archive: zipfile.ZipFile, names: Collection[str]) -> str:
    if any(name.startswith(("xl/", "xl\\")) for name in names):
        return "xlsx"
    if "content.xml" in names:
        _refuse_other_documents(archive, names)
        return "ods"
    for folder, what in DOCUMENTS.items():
        if any(name.startswith(folder) for name in names):
            raise UnreadableWorkbook(f"Ini {what}, bukan buku kerja. {COPY_IT}")
    if any(name.endswith(APPLE) for name in names):
        raise UnreadableWorkbook(
            "Ini dokumen Apple (Numbers, Pages atau Keynote). Buka di Numbers, pilih File > Ekspor "
            "Ke > Excel, lalu unggah hasilnya."
        )
    if any(name.lower().endswith(WORKBOOKS) for name in names):
        raise UnreadableWorkbook(
            "Ini arsip ZIP dengan buku kerja di dalamnya. Ekstrak dahulu, lalu unggah buku kerja "
            "itu satu per satu."
        )
    raise UnreadableWorkbook(f"Ini arsip ZIP tanpa buku kerja di dalamnya. {NO_LIST}")


def _refuse_other_documents(archive: zipfile.ZipFile, names: Collection[str]) -> None:
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(100).removeprefix(b"application/vnd.oasis.opendocument.")
        if what := OPEN_DOCUMENTS.get(kind.partition(b"-")[0].strip()):
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
        for stream, what in OLE_DOCUMENTS.items():
            if stream.encode("utf-16-le") in content:
                raise UnreadableWorkbook(f"Ini {what}, bukan buku kerja. {COPY_IT}")
        raise UnreadableWorkbook(f"Ini bukan buku kerja Excel. {SAVE_AS}")
    return Inspection("xls", size)


def _text_kind(head: bytes) -> str:
    """The kind of a text file; what is neither a workbook nor text is refused."""
    if head.startswith(b"PK"):
        raise UnreadableWorkbook(BROKEN)
    for magic, what, todo in FOREIGN:
        if re.match(magic, head, re.S):
            raise UnreadableWorkbook(f"Ini {what}, bukan buku kerja. {todo}")
    encoding = marked(head) or unmarked_utf16(head)
    text = head.decode(encoding or "latin-1", "ignore").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("<") or "<table" in text.lower():
        return _markup_kind(text)
    # A few control characters come out of databases; a picture or a program is full of them.
    odd = sum(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in head.rstrip(b"\0"))
    if encoding is None and odd > 8 + len(head) // 20:
        raise UnreadableWorkbook(f"Berkas ini bukan buku kerja Excel atau CSV. {SAVE_AS}")
    return "csv"


def _markup_kind(text: str) -> str:
    """The kind of a text file in HTML or XML, by how it begins."""
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and "<html" not in text.lower():
        kind = "sheetml"
    elif "office:document" in text and "opendocument.spreadsheet" in text:
        kind = "fods"
    elif _TAG.search(text):
        return "html"
    elif text.startswith("<?xml"):
        _refuse_entities(text.encode())
        raise UnreadableWorkbook(f"Berkas ini XML yang bukan buku kerja. {EXPORT_IT}")
    else:
        return "csv"
    _refuse_entities(text.encode())
    return kind

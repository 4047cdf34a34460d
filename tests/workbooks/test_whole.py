"""A scan or photo that is cut short is told from a whole one, wherever it was cut."""

import io
import struct
import zlib

import pytest

from enrollment.workbooks.scans import CUT_OFF, Kind, UnreadableScan, kind_of
from tests.proposals.papers import signing

NOISE = bytes(range(256)).replace(b"\xff", b"\xff\0")
THUMBNAIL = b"Exif\0\0" + b"\xff\xd8\xff\xda\0\2" + NOISE + b"\xff\xd9"


def part(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


SCAN = part(0xDA, b"\1\1\0\0?\0")
PHOTO = (
    b"\xff\xd8" + part(0xE1, THUMBNAIL) + part(0xDB, b"\1" * 65) + part(0xC2, b"\1" * 9)
    + SCAN + NOISE * 4 + b"\xff\xd0" + NOISE * 4 + b"\xff\xff" + part(0xC4, b"\2" * 20)[1:]
    + SCAN + NOISE * 4 + b"\xff\xd9"
)  # fmt: skip
"""As a phone writes it: a small photo inside, two passes, a restart in between."""


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    [chunk(b"IHDR", b"\1" * 13), chunk(b"IDAT", b"IEND" * 500), chunk(b"IEND", b"")]
)
PDF = (
    b"%PDF-1.7\n1 0 obj <</Linearized 1/L 3303/H [ 9 9 ]>> endobj\nstartxref\n0\n%%EOF\n"
    + b"1 0 obj\n" * 400 + b"trailer\nstartxref\n0\n%%EOF\n"
)  # fmt: skip
assert len(PDF) == 3303
"""Made to be shown before it is all there, so with a first end near its beginning."""


def box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


HEIC = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"\1" * 400)
LARGE_BOX = struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 16 + 1500) + b"\1" * 1500
WHOLE = {
    "photo": (Kind.JPEG, PHOTO),
    "png": (Kind.PNG, PNG),
    "pdf": (Kind.PDF, PDF),
    "heic": (Kind.HEIC, HEIC + box(b"mdat", b"\1" * 1500)),
    "heic with a large box": (Kind.HEIC, HEIC + LARGE_BOX),
    "heic with its data first": (
        Kind.HEIC,
        HEIC[:24] + box(b"mdat", b"\1" * 1500) + box(b"meta", b"\1" * 400),
    ),
}


def told(content):
    return kind_of(io.BytesIO(content), len(content))


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_one_is_taken_and_one_cut_anywhere_is_not(name):
    kind, content = WHOLE[name]
    assert told(content) == kind
    last = len(content) - (1 if kind is not Kind.PDF else 2)  # the last byte of a PDF ends a line
    for length in {*range(40, last, 97), 1024, last}:
        with pytest.raises(UnreadableScan, match="terpotong") as refused:
            told(content[:length])
        assert str(refused.value) == CUT_OFF


@pytest.mark.parametrize("name", ["photo", "png", "heic"])
@pytest.mark.parametrize("behind", [b"SEFT" * 20, b"\0" * 90_000, b"\xff\xd8\xff\xe1" * 900])
def test_what_a_phone_writes_behind_a_photo_does_not_matter(name, behind):
    kind, content = WHOLE[name]
    assert told(content + behind) == kind
    with pytest.raises(UnreadableScan, match="terpotong"):
        told(content[: len(content) // 2])


@pytest.mark.parametrize("content", [signing.JPEG, signing.PNG, signing.PDF, signing.HEIC])
def test_the_files_of_other_tests_are_whole(content):
    assert told(content)


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG])
def test_a_picture_that_a_browser_made(kind, page_at):
    page = page_at(360)
    page.set_content("<h1>Naskah</h1>" + "<p>Pernyataan tanggung jawab</p>" * 50)
    picture = page.screenshot(type=kind.value)
    assert len(picture) > 2000
    assert told(picture) == kind
    for length in (1024, len(picture) // 2, len(picture) - 2):
        with pytest.raises(UnreadableScan, match="terpotong"):
            told(picture[:length])


def test_a_pdf_that_a_browser_made(page_at):
    page = page_at(360)
    page.set_content("<h1>Naskah</h1>" + "<p>Pernyataan tanggung jawab</p>" * 50)
    printed = page.pdf()
    assert told(printed) == Kind.PDF
    for length in (1024, len(printed) // 2):
        with pytest.raises(UnreadableScan, match="terpotong"):
            told(printed[:length])

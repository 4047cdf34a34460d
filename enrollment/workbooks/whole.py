"""Whether a scan or photo is there to its end, told by how each format is built, without decoding.

Phones write more behind the end of a photo, and put a small photo with an end of its own before it:
so the parts are walked from the beginning, and what comes behind the end is not looked at.
"""

from __future__ import annotations

import re

_PDF_END = 1024
"""Bytes at the end of a PDF in which readers look for its last mark."""
_PLANNED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
"""Of a PDF that is shown while it comes: how long it is. It has an end near its beginning, too."""
_MARKER = re.compile(rb"\xff+([^\x00\xff])")
"""Of JPEG; behind it stands the length of its part, but for those without one."""
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
_SCAN, _END = 0xDA, 0xD9


def pdf(content: bytes) -> bool:
    """ISO 32000-1, 7.5.5 and annex F."""
    planned = _PLANNED.search(content[:_PDF_END])
    if planned and int(planned[1]) > len(content):
        return False
    return b"%%EOF" in content[-_PDF_END:]


def jpeg(content: bytes) -> bool:
    """ITU-T T.81, annex B: the mark of the end comes after the data of the picture."""
    at, seen = 2, False
    while marker := _MARKER.search(content, at):
        kind, at = marker[1][0], marker.end()
        if kind == _END:
            return seen
        if kind in _ALONE:
            continue
        at += int.from_bytes(content[at : at + 2])
        seen |= kind == _SCAN
    return False


def png(content: bytes) -> bool:
    """ISO/IEC 15948: length, name, data and check sum of each part, until IEND."""
    at = 8
    while at + 12 <= len(content):
        name = content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4])
        if name == b"IEND":
            return at <= len(content)
    return False


def heic(content: bytes) -> bool:
    """ISO/IEC 14496-12: boxes with their lengths. A photo has its description and its data."""
    at, lacking = 0, {b"meta", b"mdat"}
    while lacking and at + 8 <= len(content):
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16])
        if length == 0:  # until the end of the file, so nobody can say where that was
            length = len(content) - at
        if length < 8 or at + length > len(content):
            return False
        at += length
        lacking.discard(name)
    return not lacking

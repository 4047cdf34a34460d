"""Which characters the faces of the annex have. PDF/A asks for a shape of every character, so what
none of them can draw becomes an empty box before it is set."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
OWN = ("texgyrebonum-regular.otf", "texgyrebonum-bold.otf")
OTHERS = "DejaVuSans-others.ttf"
BOX = "\u25a1"
BREAK = "\u200b"
"""Where a word that is wider than its column may go on in the next line; it has no width."""


def drawable(words: str) -> str:
    """The words with a box for each character that has no shape in our faces; marks upon a letter
    are left out instead."""
    if words.isascii():
        return words
    return _without_shape().sub(
        lambda found: "" if unicodedata.category(found[0]).startswith("M") else BOX, words
    )


@cache
def _without_shape() -> re.Pattern[str]:
    have = "".join(f"{chr(first)}-{chr(last)}" for first, last in _runs(characters()))
    return re.compile(f"[^\n\x20-\x7e{BREAK}{have}]")


@cache
def characters() -> frozenset[int]:
    """Those that stand in an annex upright as well as bold, as code points."""
    own = [set(_mapped(FONTS / name)) for name in OWN]
    others = set(_mapped(FONTS / OTHERS))
    return frozenset(code for code in set.intersection(*own) | others if code > 0x7E)


def _runs(codes: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last of those that follow each other."""
    first = last = None
    for code in sorted(codes):
        if last is not None and code == last + 1:
            last = code
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = code
    if first is not None and last is not None:
        yield first, last


def _mapped(face: Path) -> Iterator[int]:
    """The code points of a face: its `cmap` in format 4 (OpenType), those that have a glyph."""
    data = face.read_bytes()
    table = _table(data, b"cmap")
    count = _number(data, table + 2)
    places = (table + 4 + 8 * index for index in range(count))
    start = next(
        table + struct.unpack_from(">I", data, place + 4)[0]
        for place in places
        if struct.unpack_from(">HH", data, place) == (3, 1)
    )
    segments = _number(data, start + 6) // 2
    ends, starts = start + 14, start + 16 + 2 * segments
    deltas, offsets = starts + 2 * segments, starts + 4 * segments
    for index in range(segments):
        at = offsets + 2 * index
        first, offset = _number(data, starts + 2 * index), _number(data, at)
        for code in range(first, _number(data, ends + 2 * index) + 1):
            glyph = code
            if offset and not (glyph := _number(data, at + offset + 2 * (code - first))):
                continue
            if (glyph + _number(data, deltas + 2 * index)) & 0xFFFF and code != 0xFFFF:
                yield code


def _table(data: bytes, tag: bytes) -> int:
    """Where a table of the face begins."""
    for index in range(_number(data, 4)):
        name, _, place, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if name == tag:
            return int(place)
    raise ValueError(f"The face has no {tag!r}.")


def _number(data: bytes, place: int) -> int:
    return int(struct.unpack_from(">H", data, place)[0])

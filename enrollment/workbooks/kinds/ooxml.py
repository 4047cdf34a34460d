"""What calamine does not tell of an xlsx: damage, formulas without a result, struck-through cells.

The bytes are looked at once, in a thread, while calamine parses them (it does so without Python).
Finding a few fixed words in them costs next to nothing; only where they are found is a cell looked
at closer.
"""

from __future__ import annotations

import io
import posixpath
import re
import threading
import zipfile
from collections.abc import Iterator
from typing import IO

from enrollment.workbooks.inspection import DAMAGE, MEGABYTE
from enrollment.workbooks.kinds.messages import UNCOMPUTED, Refused

LONGEST_CELL = 16_384
"""Bytes of a cell with a formula; the longest formula has 8,192 letters."""
MOST_STYLES = 64
PIECE = 256 * 1024
"""Bytes of a part that are looked at together: so few that they stay in the processor's cache."""
_POSITION = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ROOT = re.compile(rb"<(\w+:)?worksheet[\s>]")
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")

Found = dict[int, list[int]]
"""Row as numbered → columns from 0."""
Results = dict[int, dict[int, str]]
"""Row as numbered → column → what a cell with a formula and no result holds."""
_CONSTANT = re.compile(rb'<(?:\w+:)?f(?:\s[^>]*)?>\s*(?:"|&quot;)([^"&<]*)(?:"|&quot;)\s*</')
"""A formula that is only a text in quotes, with which people keep a NIK from becoming a number."""


class Survey:
    """Checks every part of the zip against its checksum and takes notes of its sheets.

    The libraries that read workbooks stop at the last row and never look at the checksum: without
    this, a damaged file could be read with rows missing or changed, unnoticed.
    """

    def __init__(self, content: bytes):
        self.content = content
        self.notes: dict[str, tuple[Results, Found]] = {}
        self.parts: list[str] = []
        self.trouble: BaseException | None = None
        self.thread = threading.Thread(target=self._look, daemon=True)
        threading.stack_size(MEGABYTE)
        try:
            self.thread.start()
        except RuntimeError as error:
            raise MemoryError from error

    def of(self, index: int) -> tuple[Results, Found]:
        """The cells without a result, and the struck-through ones, of the sheet at this place."""
        self.thread.join()
        if isinstance(self.trouble, DAMAGE):
            raise Refused("broken") from self.trouble
        if self.trouble:
            raise self.trouble
        part = self.parts[index] if index < len(self.parts) else ""
        return self.notes.get(part, ({}, {}))

    def _look(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                struck = _struck_styles(archive)
                self.parts = _sheet_parts(archive)
                for name in archive.namelist():
                    with archive.open(name) as stream:
                        if name in self.parts:
                            self.notes[name] = _look_at_sheet(stream, struck)
                        while stream.read(PIECE):
                            pass
        except BaseException as error:
            self.trouble = error


def _look_at_sheet(stream: IO[bytes], struck: list[bytes]) -> tuple[Results, Found]:
    chunk = stream.read(PIECE)
    root = _ROOT.search(chunk)
    notes = _Notes(struck, (root and root[1]) or b"")
    while chunk:
        notes.look(chunk)
        chunk = stream.read(PIECE)
    return notes.uncomputed, notes.struck


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small part of the workbook; nothing where it is missing."""
    try:
        with archive.open(name) as stream:
            return stream.read(8 * MEGABYTE)
    except KeyError:
        return b""


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The parts that hold the sheets, in the order of the sheets."""
    targets = {}
    for relation in _RELATION.findall(_read(archive, "xl/_rels/workbook.xml.rels")):
        given = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        target = given.get(b"Target", b"").decode("utf-8", "replace")
        targets[given.get(b"Id")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    names = _SHEET.findall(_read(archive, "xl/workbook.xml"))
    return [targets.get(name, "") for name in names]


def _struck_styles(archive: zipfile.ZipFile) -> list[bytes]:
    """The numbers of the styles of cells whose font is struck through."""
    styles = _read(archive, "xl/styles.xml")
    if b"strike" not in styles:
        return []
    fonts = _inside(styles, b"fonts", b"font")
    struck = {at for at, font in enumerate(fonts) if _STRIKE.search(font)}
    looks = _inside(styles, b"cellXfs", b"xf")
    return [
        str(at).encode()
        for at, look in enumerate(looks)
        if (font := re.search(rb'\bfontId="(\d{1,6})"', look)) and int(font[1]) in struck
    ][:MOST_STYLES]


_STRIKE = re.compile(rb'<(?:\w+:)?strike(?:\s*/>|\s+val="(?:1|true|on)")')


def _inside(styles: bytes, group: bytes, name: bytes) -> list[bytes]:
    """The elements of this name within a group, each as far as the next one."""
    begin = re.search(rb"<(?:\w+:)?" + group + rb"[\s>]", styles)
    end = re.search(rb"</(?:\w+:)?" + group + rb">", styles)
    if not begin or not end:
        return []
    return re.split(rb"<(?:\w+:)?" + name + rb"(?=[\s/>])", styles[begin.end() : end.start()])[1:]


class _Notes:
    """Which cells of a sheet have no result or are struck through."""

    def __init__(self, styles: list[bytes], prefix: bytes):
        self.open, self.close = b"<%sc " % prefix, b"</%sc>" % prefix
        self.formula, self.value = b"<%sf" % prefix, b"<%sv" % prefix
        self.formulas, self.formula_end = False, b"</%sf>" % prefix
        # What a cell with a formula and no result contains: candidates, to be looked at closer.
        self.ends = [
            self.formula_end + self.close,
            b"/>" + self.close,
            b"<%sv></%sv>" % (prefix, prefix) + self.close,
            b' t="e"',
        ]
        self.struck_marks = [b' s="%s"' % style for style in styles]
        self.rest = b""
        self.uncomputed: Results = {}
        self.struck: Found = {}

    def look(self, chunk: bytes) -> None:
        content = self.rest + chunk
        # A cell at the end of the chunk is looked at with the next one.
        whole = content.rfind(self.close, max(0, len(content) - 4 * LONGEST_CELL))
        whole = len(content) if whole < 0 else whole + len(self.close)
        self.rest = content[whole:]
        self.formulas = self.formulas or self.formula_end in content
        for mark in self.ends if self.formulas else ():
            for cell in self._cells(content, mark, whole):
                if self._has_no_result(cell) and (place := _place(cell)):
                    row, column = place
                    self.uncomputed.setdefault(row, {})[column] = _constant(cell)
        for mark in self.struck_marks:
            for place in map(_place, self._cells(content, mark, whole)):
                if place:
                    self.struck.setdefault(place[0], []).append(place[1])

    def _cells(self, content: bytes, mark: bytes, end: int) -> Iterator[bytes]:
        """The cells in which the mark stands, each from its beginning."""
        before, at = 0, content.find(mark, 0, end)
        while at >= 0:
            begin = content.rfind(self.open, max(before, at - LONGEST_CELL), at)
            close = content.find(self.close, at, at + LONGEST_CELL)
            if 0 <= begin < close:
                yield content[begin:close]
            before, at = at, content.find(mark, at + len(mark), end)

    def _has_no_result(self, cell: bytes) -> bool:
        head, _, inside = cell.partition(b">")
        if b' t="e"' in head:
            return True
        if self.formula not in inside:
            return False
        _, value, text = inside.partition(self.value)
        if b' t="str"' in head and value:
            return False  # the result is an empty text
        return not value or not text.partition(b">")[2].partition(b"<")[0]


def _place(cell: bytes) -> tuple[int, int] | None:
    """Row as numbered and column from 0."""
    position = _POSITION.search(cell.partition(b">")[0])
    if not position:
        return None
    column = 0
    for letter in position[1]:
        column = 26 * column + letter - 64
    return int(position[2]), column - 1


def _constant(cell: bytes) -> str:
    """The text of a formula such as `="3522…"`; for any other that its result is not known."""
    found = _CONSTANT.search(cell)
    return found[1].decode("utf-8", "replace") if found else UNCOMPUTED

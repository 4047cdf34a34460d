"""Parsing HTML and XML piece by piece with lxml, which builds no tree and fetches nothing."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from lxml import etree

from enrollment.workbooks.decoding import find_encoding
from enrollment.workbooks.kinds.messages import Event, Refused

CHUNK = 1 << 18
NO_MEMORY = etree.ErrorTypes.ERR_NO_MEMORY
# Control characters get into exports out of databases; XML forbids them.
_SPACES = b"\x0b\x0c\x1c\x1d\x1e\x1f"
_BLANKED = bytes.maketrans(_SPACES, b" " * len(_SPACES))
_DROPPED = bytes({*range(32), 127} - {*b"\t\n\r", *_SPACES})


class Target(Protocol):
    """What the parser calls; `events` are those found since they were last taken."""

    events: list[Event]

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


def html_events(file: BinaryIO, target: Target) -> Iterator[Event]:
    """The events of an HTML page, however careless it is."""
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    decoder = codecs.getincrementaldecoder(find_encoding(file))("replace")
    pieces = (decoder.decode(piece).encode("utf-8", "replace") for piece in _pieces(file))
    return _events(parser, map(_clean, pieces), target)


def xml_events(file: BinaryIO, target: Target) -> Iterator[Event]:
    """The events of an XML document. One with a DTD is refused, so that no entity is expanded."""
    encoding = find_encoding(file)
    parser = etree.XMLParser(
        target=target,
        encoding="windows-1252" if encoding == "cp1252" else None,  # whatever the file says
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    pieces = _pieces(file)
    if not encoding.startswith("utf-16"):
        first = next(pieces, b"").lstrip()  # nothing may stand before the declaration
        pieces = map(_clean, itertools.chain([first], pieces))
    return _events(parser, pieces, target)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _clean(piece: bytes) -> bytes:
    return piece.translate(_BLANKED, _DROPPED)


def _events(
    parser: etree.HTMLParser | etree.XMLParser, pieces: Iterator[bytes], target: Target
) -> Iterator[Event]:
    try:
        for piece in pieces:
            parser.feed(piece)
            yield from _taken(target)
        parser.close()
        # A parser that forgives everything also forgives itself where it has to stop.
        if stopped := parser.feed_error_log.filter_from_fatals():
            raise Refused("memory" if stopped[0].type == NO_MEMORY else "broken")
        yield from _taken(target)
    except etree.XMLSyntaxError as error:
        raise Refused("memory" if error.code == NO_MEMORY else "broken") from error


def _taken(target: Target) -> list[Event]:
    events, target.events = target.events, []
    return events


def height(file: BinaryIO, row: bytes) -> int:
    """Roughly how many rows a file has, by the first of them."""
    sample = file.read(CHUNK)
    size = file.seek(0, 2)
    file.seek(0)
    return sample.count(row) * size // max(1, len(sample))

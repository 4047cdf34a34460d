"""The child process that looks into a PDF that came back, beside those that were sent.

`examining.examine` runs it by its path and never imports it: the file comes from outside, and when
it makes a library abort, only this process dies. Its input is the returned file and the sent ones,
one after another; its argument says in JSON how long each is, how much time and memory there is,
and where the known roots are. Its output is one line of JSON; nothing of the network is asked.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from time import monotonic
from typing import Any

import pikepdf
import pypdf

OPEN = re.compile(r"\$\{\w+\}|…{6,}")
"""What is filled in outside: the words for Srikandi, and the dots for number and date."""
FILLED = 150
"""Characters that may stand in the place of each of them."""
DEEPEST = 40
MOST_PAGES = 500
"""Differing pages that are told by number."""
_SPACE = re.compile(r"[\s\u200b]+")
_OF_THE_FILE = frozenset(["/Length", "/Filter", "/DecodeParms", "/Parent", "/StructParents"])
"""How a stream is packed, and where it hangs; nothing of it can be seen."""


class Looks:
    """What can be seen of the pages of a document, as digests: what is drawn, with which fonts and
    pictures, on which paper, and notes laid over it; but not the fields of signatures."""

    def __init__(self, document: pikepdf.Pdf):
        self.known: dict[tuple[int, int], bytes] = {}
        self.pages = list(document.pages)

    def of(self, page: pikepdf.Page) -> bytes:
        seal = hashlib.sha256()
        for name in ("/MediaBox", "/CropBox", "/Resources"):
            seal.update(self._digest(_inherited(page.obj, name), 0))
        for name in ("/Rotate", "/UserUnit"):
            seal.update(repr(_inherited(page.obj, name)).encode())
        seal.update(_drawn(page))
        for note in page.obj.get("/Annots", []):
            if not _is_signature(note):
                seal.update(self._digest(note, 0))
        return seal.digest()

    def _digest(self, thing: Any, depth: int) -> bytes:
        if depth > DEEPEST:
            raise pikepdf.PdfError("nested too deep")
        number = thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)
        if number != (0, 0) and number in self.known:
            return self.known[number]
        if number != (0, 0):
            self.known[number] = b"again"  # what refers to itself
        made = hashlib.sha256()
        for piece in self._pieces(thing, depth + 1):
            made.update(piece)
        if number != (0, 0):
            self.known[number] = made.digest()
        return made.digest()

    def _pieces(self, thing: Any, depth: int) -> Iterator[bytes]:
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            for name in sorted(set(thing.keys()) - _OF_THE_FILE):
                if name == "/P" and depth == 1:  # the page of a note
                    continue
                yield name.encode() + self._digest(thing[name], depth)
            if isinstance(thing, pikepdf.Stream):
                yield _unpacked(thing)
        elif isinstance(thing, pikepdf.Array):
            for item in thing:
                yield self._digest(item, depth)
        else:
            yield repr(thing).encode()


def _inherited(node: Any, name: str) -> Any:
    for _ in range(DEEPEST):
        if name in node:
            return node[name]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _drawn(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    if contents is None:
        return b""
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(map(_unpacked, streams))


def _unpacked(stream: pikepdf.Object) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture, which only its own program unpacks
        return stream.read_raw_bytes()


def _is_signature(note: Any) -> bool:
    return bool(note.get("/Subtype") == "/Widget" and _inherited(note, "/FT") == "/Sig")


class Words:
    """The text of pages, without spaces, as pypdf reads it."""

    def __init__(self, content: bytes):
        self.document = pypdf.PdfReader(io.BytesIO(content))

    def of(self, index: int) -> str:
        return _SPACE.sub("", self.document.pages[index].extract_text())


def fits(ours: str, theirs: str) -> bool:
    """Whether the text of a page is ours, with the open places filled in."""
    if ours == theirs:
        return True
    first, *rest = OPEN.split(ours)
    if not rest or not theirs.startswith(first):
        return False
    at = len(first)
    for words in rest[:-1]:
        found = theirs.find(words, at, at + FILLED + len(words))
        if found < 0:
            return False
        at = found + len(words)
    return theirs.endswith(rest[-1]) and 0 <= len(theirs) - len(rest[-1]) - at <= FILLED


def compared(returned: bytes, sent: bytes, time_left: Callable[[], bool]) -> dict[str, Any]:
    """A `rules.Compared`. Pages that look alike are alike; of the others the text is read."""
    with pikepdf.open(io.BytesIO(returned)) as theirs, pikepdf.open(io.BytesIO(sent)) as ours:
        here, there = Looks(theirs), Looks(ours)
        counts = len(here.pages), len(there.pages)
        looks = zip_longest(map(here.of, here.pages), map(there.of, there.pages))
        unlike = [index for index, (one, other) in enumerate(looks) if one != other]
    alike = len(unlike) < max(counts)
    pages, text, finished = [], alike, True
    mine, yours = Words(returned), Words(sent)
    for index in unlike:
        if not time_left():
            finished = False
            break
        words = mine.of(index) if index < counts[0] else ""
        text = text or bool(words)
        other = yours.of(index) if index < counts[1] else None
        ends = index in (0, counts[1] - 1)  # where number, date and signature stand
        if (
            other is None
            or index >= counts[0]
            or not (fits(other, words) if ends else other == words)
        ):
            pages.append(index + 1)
    return {
        "prefix": returned.startswith(sent) and not unlike,
        "returned": counts[0],
        "sent": counts[1],
        "pages": pages[:MOST_PAGES],
        "text": text,
        "finished": finished,
    }


def signatures(content: bytes, roots: str) -> list[dict[str, Any]]:
    """A `rules.Signature` for each signature, in the order of the file."""
    from pyhanko.pdf_utils.misc import PdfError, PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
    except (PdfError, PdfReadError, ValueError, KeyError, TypeError):
        return []
    known = _certificates(roots)
    return [_signature(one, known) for one in found]


def _signature(one: Any, known: list[Any]) -> dict[str, Any]:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    said = one.self_reported_timestamp
    read = {"who": "", "when": said.isoformat() if said else "", "intact": False, "known": False}
    try:
        read["who"] = _name(one.signer_cert)
        context = ValidationContext(
            trust_roots=known, allow_fetching=False, moment=said, revocation_mode="soft-fail"
        )
        usage = KeyUsageConstraints(
            key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
        )
        status = validate_pdf_signature(one, context, key_usage_settings=usage, skip_diff=True)
        read |= {"intact": bool(status.intact and status.valid), "known": bool(status.trusted)}
    except Exception:  # whatever a hostile one makes a library raise: it is not intact
        return read
    return read


def _name(certificate: Any) -> str:
    """Of the certificate only the name: it may bear a NIK too."""
    name = certificate.subject.native.get("common_name", "")
    words = " ".join(name) if isinstance(name, list) else str(name)
    return "".join(letter for letter in words if letter.isprintable())[:200]


def _certificates(roots: str) -> list[Any]:
    from asn1crypto import pem, x509

    if not roots:
        return []
    blocks = pem.unarmor(Path(roots).read_bytes(), multiple=True)
    return [x509.Certificate.load(data) for kind, _, data in blocks if kind == "CERTIFICATE"]


def pages_of(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"] + 5,) * 2)
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"],) * 2)
    until = monotonic() + order["seconds"] * 0.6
    returned, *sent = (sys.stdin.buffer.read(length) for length in order["lengths"])
    try:
        answer: dict[str, Any] = {
            "returned": pages_of(returned),
            "compared": [compared(returned, one, lambda: monotonic() < until) for one in sent],
            "signatures": signatures(returned, order["roots"]),
        }
    except pikepdf.PasswordError:
        answer = {"refused": "locked"}
    except MemoryError:
        answer = {"refused": "large"}
    except Exception:
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""An annex as PDF: set in parts by processes of their own, joined, numbered and checked.

Typst keeps all it has set in memory, so a part has at most ROWS_A_PART people. An annex of one
part flows from one kecamatan to the next; in a larger one each kecamatan begins on a new page. A
kecamatan of several parts goes on without a gap: a part's last page is left out, and the next part
begins with the first row of that page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO

from enrollment.decrees.annexes.faces import drawable
from enrollment.decrees.annexes.layout import Group, Layout
from enrollment.decrees.rules import AnnexRow

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

BASE = Path(__file__).resolve().parents[3]
ROOM = "enrollment.decrees.annexes"
ROWS_A_PART = 1200
"""About 200 MB and a second."""
TOLD = 80
"""Rows at the end of a part of which typst says where they stand: more than fit on a page."""
AT_ONCE = min(2, os.cpu_count() or 1)
"""Parts that are set at the same time."""
POINTS_AN_INCH = 72
"""Of the picture of a page: 935 points for F4 across, about 80 KB."""
SECONDS = 300
"""After which a part counts as stuck. To join takes as long for each hundred parts."""


class NotSet(Exception):
    """A part could not be set, or the file is damaged. It holds no words of the annex."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Kecamatan that are set together, with what only the first and the last piece have."""

    groups: list[Group]
    first: bool
    last: bool
    flowing: bool
    end: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF, and how many of its last pages the next part sets again."""

    pdf: bytes
    left_out: int = 0


def write_pdf(out: BinaryIO, layout: Layout, rows: Iterable[AnnexRow | DecreeEntry]) -> None:
    """Write the annex to `out`, a file on disk; returns nothing and leaves it open.

    `rows` come in the order of their positions and are streamed: in memory are those of the
    kecamatan that are being set. The same header, rows and layout give the same bytes. ValueError
    when the rows of a kecamatan are not together, NotSet when it cannot be made.
    """
    lengths, left_out = [], []
    with TemporaryFile() as file:  # it holds personal data, and has no name
        for part in _parts(layout, _pieces(layout, rows)):
            lengths.append(file.write(part.pdf))
            left_out.append(part.left_out)
        file.seek(0)
        _join(file, out, layout, lengths, left_out)


def _pieces(layout: Layout, rows: Iterable[AnnexRow | DecreeEntry]) -> Iterator[Piece]:
    """Kecamatan after kecamatan, as many together as make a part."""
    gathered: list[Group] = []
    first, people, cost = True, 0, 0
    for group in layout.groups(rows):
        if gathered and sum(len(one.rows) for one in [*gathered, group]) > ROWS_A_PART:
            yield Piece(gathered, first, last=False, flowing=False, end=None)
            gathered, first = [], False
        gathered.append(group)
        people, cost = people + group.people, cost + group.cost
    yield Piece(gathered, first, last=True, flowing=first, end=layout.end(people, cost))


def first_page(layout: Layout, rows: Iterable[AnnexRow | DecreeEntry]) -> bytes:
    """A picture (PNG) of the first page of a small annex. NotSet when it cannot be made."""
    piece = next(_pieces(layout, rows))
    groups = [_group(group, group.rows, whole=True) for group in piece.groups]
    data = layout.part(groups, first=True, flowing=True, end=piece.end, marked=None)
    order = {"template": "annex.typ", "data": data, "timestamp": 0, "picture": POINTS_AN_INCH}
    return _child("typesetter", input=_written(order).encode(), stdout=subprocess.PIPE)


def _written(order: dict[str, Any]) -> str:
    """An order as JSON, in the characters that can be set."""
    return drawable(json.dumps(order, ensure_ascii=False))


def _parts(layout: Layout, pieces: Iterable[Piece]) -> Iterator[Part]:
    """The parts in their order, while a few pieces are being set at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun: deque[Future[list[Part]]] = deque()
        for piece in pieces:
            begun.append(pool.submit(_set, layout, piece))
            while len(begun) > AT_ONCE:
                yield from begun.popleft().result()
        for future in begun:
            yield from future.result()


def _set(layout: Layout, piece: Piece) -> list[Part]:
    if sum(len(group.rows) for group in piece.groups) <= ROWS_A_PART:
        groups = [_group(group, group.rows, whole=True) for group in piece.groups]
        return [_part(layout, piece, groups, first=piece.first, last=True)[0]]
    (group,) = piece.groups  # more than a part can hold are never together with others
    parts: list[Part] = []
    begin, first = 0, piece.first
    while begin < len(group.rows):
        rows = group.rows[begin : begin + ROWS_A_PART]
        last = begin + len(rows) == len(group.rows)
        groups = [_group(group, rows, whole=last)]
        part, next_position = _part(layout, piece, groups, first=first, last=last)
        parts.append(part)
        if last:
            break
        begin, first = begin + _index(rows, next_position), False
    return parts


def _index(rows: Sequence[list[Any]], position: int | None) -> int:
    """Where in `rows` the last page begins, which is never at their very beginning."""
    found = next(index for index, row in enumerate(rows) if row[0] == position)
    if not found:
        raise NotSet("A part has one page only.")
    return found


def _group(group: Group, rows: Sequence[list[Any]], *, whole: bool) -> dict[str, Any]:
    """A kecamatan, or rows of it; its sum stands under the last ones."""
    return {"title": group.title, "rows": rows, "sum": group.sums if whole else None}


def _part(
    layout: Layout, piece: Piece, groups: list[dict[str, Any]], *, first: bool, last: bool
) -> tuple[Part, int | None]:
    """Set one part; returns it and, unless it is the piece's last, the row that follows it."""
    rows = groups[-1]["rows"]
    data = layout.part(
        groups,
        first=first,
        flowing=piece.flowing,
        end=piece.end if last else None,
        marked=None if last else rows[-TOLD:][0][0],
    )
    order = _written({"template": "annex.typ", "data": data, "timestamp": _timestamp(layout)})
    answer = _child("typesetter", input=order.encode(), stdout=subprocess.PIPE)
    head, _, pdf = answer.partition(b"\n")
    position = json.loads(head)["last"]
    return Part(pdf, left_out=0 if last else 1), position


def _join(
    parts: BinaryIO, out: BinaryIO, layout: Layout, lengths: list[int], left_out: list[int]
) -> None:
    order = {
        "lengths": lengths,
        "left_out": left_out,
        "foot": layout.sheet(),
        "timestamp": _timestamp(layout),
        "id": layout.identity,
    }
    hundreds = 1 + len(lengths) // 100
    _child("binder", _written(order), seconds=SECONDS * hundreds, stdin=parts, stdout=out)


def _timestamp(layout: Layout) -> int:
    """Midnight of the decree's day; as long as it has none, of the day on which the list was
    frozen."""
    header = layout.header
    day: date = header.day or header.frozen_on or header.first_month
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _child(program: str, *arguments: str, seconds: int = SECONDS, **pipes: Any) -> bytes:
    """Run one of our two programs. The words of the annex go through pipes and unnamed files, so
    that they do not appear in the list of processes; nor do they in an error."""
    try:
        done = subprocess.run(  # noqa: S603, our own program and our own order
            [sys.executable, "-s", "-B", "-m", f"{ROOM}.{program}", *arguments],
            cwd=BASE,
            env={"LC_ALL": "C.UTF-8", "RAYON_NUM_THREADS": "1"},
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            **pipes,
        )
    except subprocess.TimeoutExpired:
        raise NotSet(f"{program} did not end in {seconds} seconds.") from None
    if done.returncode:
        raise NotSet(f"{program} ended with {done.returncode}.")
    return done.stdout or b""

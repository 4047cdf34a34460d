"""The rows of an annex in the order in which they are printed: of a decree its people, of an
amendment its lists, with running numbers over the list in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from enrollment.decrees import amending
from enrollment.decrees.models import Decree, DecreeChange, DecreeEntry
from enrollment.decrees.rules import FROZEN, AnnexRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from enrollment.decrees.numbering import Numbering

Turn = Callable[[], AbstractContextManager[Any]]
"""Enters the transaction in which a job reads its next rows."""

ROWS_A_TURN = 2000
OUT, COMING = "Keluar", "Masuk"
CORRECTED, CORRECT = "Diperbaiki, semula", "Diperbaiki, menjadi"


def amendment_rows(decree: Decree, turn: Turn) -> Iterator[AnnexRow]:
    """Who goes, who comes, and who is corrected (as they stood, and as they stand now). They are
    read in turns: each is made by `turn`."""
    with turn():
        earlier = amending.before(decree)
        old, new = amending.numbering(earlier), amending.numbering([*earlier, decree])
        changes = decree.changes.select_related("row")
        gone = changes.filter(kind=DecreeChange.Kind.OUT)
        corrected = changes.filter(kind=DecreeChange.Kind.CORRECTED)
    yield from _changes(gone, OUT, old, turn)
    for batch in _batches(decree.entries.all(), turn):
        for row in batch:
            yield _printed(row, new.number(row.decree_id, row.position), COMING)
    for batch in _batches(corrected, turn):
        with turn():
            amending.correct([change.row for change in batch], earlier)
        for change in batch:
            yield _printed(change.row, _number(new, change), CORRECTED)
    yield from _changes(corrected, CORRECT, new, turn)


def _changes(
    rows: QuerySet[DecreeChange], section: str, numbers: Numbering, turn: Turn
) -> Iterator[AnnexRow]:
    for batch in _batches(rows, turn):
        for change in batch:
            yield _printed(change, _number(numbers, change), section)


def _number(numbers: Numbering, change: DecreeChange) -> int:
    return numbers.number(change.row.decree_id, change.row.position)


def _batches(rows: QuerySet[Any], turn: Turn) -> Iterator[list[Any]]:
    last = 0
    while True:
        with turn():
            found = list(rows.filter(position__gt=last).order_by("position")[:ROWS_A_TURN])
        if not found:
            return
        yield found
        last = found[-1].position


def _printed(row: DecreeEntry | DecreeChange, number: int, section: str) -> AnnexRow:
    values = {name: getattr(row, name) for name in (*FROZEN, "prices")}
    return AnnexRow(**values | {"position": number, "section": section})

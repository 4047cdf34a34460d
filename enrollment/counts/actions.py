"""The counts that triggers keep as rows: folding them, and counting everybody again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction


class Difference(NamedTuple):
    """A count that was wrong: `people` and `rupiah` are what it lacked."""

    place: str
    what: str
    people: int
    rupiah: int


def fold() -> None:
    """Replace rows that are alike by their sum, so that pages read few of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_counts()")


def recount() -> list[Difference]:
    """Count everybody, correct what was kept, and tell what differed."""
    with transaction.atomic():
        found = [*_entries(), *_people()]
        fold()
    return found


def _entries() -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, stage, lacking, rupiah FROM recount_entries()")
        yield from map(Difference._make, cursor.fetchall())


def _people() -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, 'people', lacking, 0 FROM recount_people()")
        yield from map(Difference._make, cursor.fetchall())

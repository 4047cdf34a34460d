"""Good plans for bulk statements, whatever the planner's statistics say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

MANY = 1000
"""Rows. Fewer do not change how a page is planned; autovacuum sees to them."""


def refresh(written: int) -> None:
    """Renew the statistics when `written` rows are many.

    Autovacuum comes about a minute later: meanwhile choosing people for a list took 70 s.
    """
    if written >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT refresh_statistics()")


@contextmanager
def reading_whole_tables() -> Iterator[None]:
    """For statements about everybody of a programme: join by hash or merge, never by nested loops.

    Row security makes the planner expect a handful of rows of any table, for which nested loops
    are best. With everybody they compare every row with every other.
    """
    with transaction.atomic(), connection.cursor() as cursor:  # on an error it restores the setting
        cursor.execute("SHOW enable_nestloop")
        (before,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SELECT set_config('enable_nestloop', %s, true)", [before])

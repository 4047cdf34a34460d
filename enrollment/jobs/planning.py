"""Good query plans for bulk statements, even when the planner's statistics are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model

MANY = 1000
"""Rows. Fewer do not change the plans of a page; autovacuum handles them."""


def refresh(written: int, *tables: type[Model]) -> None:
    """Refresh the planner's statistics of these tables if at least MANY rows were `written`.

    Without tables, of all that bulk writes fill.

    Autovacuum runs about a minute later: until then, choosing people for a list took 70 s.
    """
    if written >= MANY:
        with connection.cursor() as cursor:
            names = [table._meta.db_table for table in tables]
            cursor.execute("SELECT refresh_statistics(%s)", [names or None])


@contextmanager
def reading_whole_tables() -> Iterator[None]:
    """For statements about everybody of a programme: join by hash or merge, never by nested loops.

    The planner expects few rows where row security and several joins come together or the
    statistics are old, and nested loops are best for few rows. For a whole programme they would
    compare every row with every other.
    """
    with transaction.atomic(), connection.cursor() as cursor:  # on an error it restores the setting
        cursor.execute("SHOW enable_nestloop")
        (before,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SELECT set_config('enable_nestloop', %s, true)", [before])

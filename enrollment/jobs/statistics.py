"""The planner's statistics after bulk writes."""

from __future__ import annotations

from django.db import connection

MANY = 1000
"""Rows. Fewer do not change how a page is planned; autovacuum sees to them."""


def refresh(written: int) -> None:
    """Renew the statistics when `written` rows are many.

    Autovacuum comes about a minute later: meanwhile choosing people for a list took 70 s.
    """
    if written >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT refresh_statistics()")

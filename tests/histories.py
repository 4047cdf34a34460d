"""Events of the past, for histories that are divided by month."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection

from villages import audit, scope

DIVIDED = [model for model in apps.get_models() if getattr(model, "by_month", False)]
JAKARTA = ZoneInfo("Asia/Jakarta")


def at(year, month, day=1, hour=0):
    return datetime(year, month, day, hour, tzinfo=JAKARTA)


def happened(history, when):
    """Add the last event of a history once more, as of another time; returns its key.

    The application may add to a history, so this is how a past comes about in tests.
    """
    names = [field.column for field in history._meta.concrete_fields if field.name != "pgh_id"]
    values = ["%s" if name == "pgh_created_at" else name for name in names]
    with scope.whole_country("tests"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} ({', '.join(names)})"
            f" SELECT {', '.join(values)} FROM {history._meta.db_table}"
            " ORDER BY pgh_id DESC LIMIT 1 RETURNING pgh_id",
            [when],
        )
        return cursor.fetchone()[0]


def in_its_month(history, when):
    """The same, in a part of its own month, as it would lie if the portal had been there then."""
    key = happened(history, when)
    audit.make_months()
    return key


def part_of(history, key):
    """The name of the part of a history in which an event lies."""
    with scope.whole_country("tests"), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tableoid::regclass::text FROM {history._meta.db_table} WHERE pgh_id = %s",
            [key],
        )
        return cursor.fetchone()[0]


def parts(history):
    """The names of all its parts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relid::regclass::text FROM pg_partition_tree(%s) WHERE isleaf ORDER BY 1",
            [history._meta.db_table],
        )
        return [name for (name,) in cursor.fetchall()]

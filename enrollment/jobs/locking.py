"""A lock for as long as a connection to the database lives.

A transaction's lock would be gone between two turns of a job, and a row of a table would stay when
its worker dies. A session's lock does neither. But it belongs to a session of PostgreSQL, and a
pooler such as PgBouncer gives the next transaction another one: no lock is taken through a pooler.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

POOLED = (
    "The address in DATABASE_URL leads through a connection pooler. Workers, and commands that run "
    "jobs, hold a lock for as long as their connection lives: give them the address of PostgreSQL "
    'itself (docs/operations.md, "Several machines").'
)
_IS_ONE_SESSION = "SELECT pg_backend_pid() = %s"
_TAKE = """
SELECT CASE WHEN pg_backend_pid() = %s THEN pg_try_advisory_lock(hashtextextended(%s, 0)) END
"""
_GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


def take(key: str) -> bool:
    """Take the lock of this name; False if another connection has it."""
    taken = _ask(_TAKE, key)
    if taken is None:
        raise ImproperlyConfigured(POOLED)
    return taken


def give_back(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [key])


def refuse_pooler() -> None:
    """Raise ImproperlyConfigured if this process reaches the database through a pooler."""
    if not _ask(_IS_ONE_SESSION):
        raise ImproperlyConfigured(POOLED)


def _ask(question: str, *values: str) -> bool | None:
    """The number of the session that the server has told us at the beginning is the first value: a
    pooler tells one of its own, since it cannot know who will answer later."""
    with connection.cursor() as cursor:
        cursor.execute(question, [cursor.connection.info.backend_pid, *values])
        answer: bool | None = cursor.fetchone()[0]
    return answer

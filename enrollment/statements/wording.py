"""The statement that a person still works, in one sentence: for pages, and for papers to sign."""

from __future__ import annotations

from django.db import connection

SENTENCE = """
CASE WHEN concat(w.workplace, w.work, w.work_said_by, w.work_said_on) = '' THEN '' ELSE
    'Masih bekerja' || coalesce(' di ' || nullif(w.workplace, ''), '')
    || coalesce(': ' || nullif(w.work, ''), '')
    || CASE WHEN concat(w.work_said_by, w.work_said_on) = '' THEN '' ELSE
        ' (dinyatakan' || coalesce(' oleh ' || nullif(w.work_said_by, ''), '')
        || coalesce(' pada ' || to_char(w.work_said_on, 'DD-MM-YYYY'), '') || ')' END
    || '.' END
"""
"""SQL about a worker `w`: text of at most 600 characters, "" where nothing was said. It stands
beside the occupation, so it does not repeat it, and it says nothing of an illness."""


def of(worker_id: int) -> str:
    """The sentence about one person whom the office sees; "" where nothing was said."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SENTENCE} FROM enrollment_worker w WHERE w.id = %s", [worker_id])  # noqa: S608 a constant
        row = cursor.fetchone()
    return row[0] if row else ""

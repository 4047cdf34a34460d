"""Writing many people at once."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from enrollment.workers.models import Worker


def write(workers: Iterable[Worker], fields: Iterable[str]) -> None:
    """Write these fields (of `Worker`) of all `workers` in one statement.

    Django's `bulk_update` asks PostgreSQL to find each new value among all the others.
    """
    known = {field.name: field for field in Worker._meta.concrete_fields}
    columns = [known[name] for name in fields]
    rows = [
        {"id": one.pk, **{it.column: getattr(one, it.attname) for it in columns}} for one in workers
    ]
    sets = ", ".join(f"{it.column} = fresh.{it.column}" for it in columns)
    types = ", ".join(f"{it.column} {it.db_type(connection)}" for it in columns)
    statement = f"""
        UPDATE enrollment_worker SET {sets}
        FROM jsonb_to_recordset(%s::jsonb) AS fresh (id bigint, {types})
        WHERE enrollment_worker.id = fresh.id
    """  # noqa: S608, our own column names
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, cls=DjangoJSONEncoder)])

"""Writing many people at once."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from enrollment.workers.models import Worker


def write(workers, fields):
    """Write these fields (of `Worker`) of all `workers` in one statement.

    Django's `bulk_update` asks PostgreSQL to find each new value among all the others.
    """
    columns = [Worker._meta.get_field(name) for name in fields]
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

"""The rows that a table starts with, in a file beside the migrations: `seeds/NAME.vN.json`."""

import json

from django.db.migrations import RunSQL


class Seed(RunSQL):
    """Insert the rows in `path` into `table`; from then on an administrator keeps them.

    The file is a list of objects, column → value, all with the same columns. Backwards the rows
    stay, so that nothing an administrator changed is lost; forwards again they are not doubled.
    """

    def __init__(self, table, path):
        self.table, self.path = table, path
        text = path.read_text()
        names = list(json.loads(text)[0])
        columns, new, present = (
            ", ".join(f"{prefix}{name}" for name in names) for prefix in ("", "new.", "present.")
        )
        insert = f"""
            INSERT INTO {table} ({columns})
            SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s) new
            WHERE NOT EXISTS (
                SELECT FROM {table} present WHERE ({present}) IS NOT DISTINCT FROM ({new})
            )
            ON CONFLICT DO NOTHING
        """  # noqa: S608, the columns of our own file
        super().__init__([(insert, [text])], RunSQL.noop)

    def deconstruct(self):
        return "Seed", [self.table, self.path], {}

    def describe(self):
        return f"Insert the rows in {self.path.name} into {self.table}"

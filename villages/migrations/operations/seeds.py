"""The rows that a table starts with, in a file beside the migrations: `seeds/NAME.vN.json`."""

import json

from django.db.migrations import RunSQL


class Seed(RunSQL):
    """Insert the rows in `path` into `table`; from then on an administrator keeps them.

    The file is a list of objects, column → value, all with the same columns.
    """

    def __init__(self, table, path):
        self.table, self.path = table, path
        text = path.read_text()
        columns = ", ".join(json.loads(text)[0])
        insert = f"""
            INSERT INTO {table} ({columns})
            SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)
            ON CONFLICT DO NOTHING
        """  # noqa: S608, the columns of our own file
        super().__init__([(insert, [text])], RunSQL.noop)

    def deconstruct(self):
        return "Seed", [self.table, self.path], {}

    def describe(self):
        return f"Insert the rows in {self.path.name} into {self.table}"

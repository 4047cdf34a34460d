"""Histories that grow for years: keys of 64 bits, and a part of the table for each month."""

from django.db.migrations import AddIndex, AlterField, RunSQL
from django.db.models import DO_NOTHING, BigAutoField, ForeignKey, Index


class _OfHistories(RunSQL):
    def state_forwards(self, app_label, state):
        """After each single change Django would build all related models anew, which takes longer
        than the SQL."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class BigKeys(_OfHistories):
    """Give the histories `tables` keys of 64 bits."""

    def __init__(self, *tables):
        self.tables = tables
        alter = "ALTER TABLE {} ALTER COLUMN pgh_id TYPE {}"
        super().__init__(
            [alter.format(table, "bigint") for table in tables],
            [alter.format(table, "integer") for table in tables],
            state_operations=[_big_key(table) for table in tables],
        )

    def deconstruct(self):
        return "BigKeys", [*self.tables], {}

    def describe(self):
        return f"Keys of 64 bits for {', '.join(self.tables)}"


class ByMonth(_OfHistories):
    """Divide the history `table` by the month of its events, and give it keys of 64 bits.

    Django reads and writes the whole table, whose row policies hold then, and knows of no parts.
    Columns, events, indexes and policies stay, but for the index by row, which now has the order of
    its events as well. The events are written once more, which their longer keys need anyway. What
    belongs to no month that has a part of its own goes into the part `…_others`, so that a change
    is never refused for want of a part (`make_history_months`).
    """

    def __init__(self, table):
        self.table = table
        super().__init__(
            _made_anew(table, _DIVIDED),
            _made_anew(table, _WHOLE),
            state_operations=[_big_key(table), *_index(table)],
        )

    def deconstruct(self):
        return "ByMonth", [self.table], {}

    def describe(self):
        return f"Divide {self.table} by month"


def _big_key(table):
    model = table.partition("_")[2]
    return AlterField(model, "pgh_id", BigAutoField(primary_key=True, serialize=False))


def _index(table):
    app, event = table.split("_")
    row = ForeignKey(
        f"{app}.{event.removesuffix('event')}", DO_NOTHING,
        db_constraint=False, db_index=False, related_name="events",
    )  # fmt: skip
    newest = Index(fields=["pgh_obj", "-pgh_id"], name=f"{event}_row")
    return [AlterField(event, "pgh_obj", row), AddIndex(event, newest)]


def _made_anew(table, differences):
    names = {"table": table, "sequence": f"{table}_pgh_id_seq", "row": table.split("_")[1] + "_row"}
    parts = {name: sql.format(**names) for name, sql in differences.items()}
    return _MADE_ANEW.format(**names, **parts)


# The owner must see all rows to move them: row security binds the owner as well, until it is no
# longer forced. Indexes are made last, when their names are free and all rows are there.
_MADE_ANEW = r"""
DO $do$
DECLARE
    remake text[] := ARRAY(
        SELECT indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = '{table}' AND indexname <> '{table}_pkey'
            AND indexdef !~ '\(pgh_obj_id'
    ) || ARRAY(
        SELECT format('CREATE POLICY %I ON {table} FOR %s', policyname, cmd)
            || coalesce(' USING (' || qual || ')', '')
            || coalesce(' WITH CHECK (' || with_check || ')', '')
        FROM pg_policies WHERE schemaname = 'public' AND tablename = '{table}'
    );
    statement text;
BEGIN
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} RENAME TO {table}_before;
    CREATE TABLE {table} (LIKE {table}_before INCLUDING CONSTRAINTS) {division};
    ALTER TABLE {table} ALTER COLUMN pgh_id TYPE {key};
    {parts}
    INSERT INTO {table} SELECT * FROM {table}_before;
    DROP TABLE {table}_before;
    {numbered}
    PERFORM setval('{sequence}', (SELECT max(pgh_id) FROM {table}));
    ALTER TABLE {table} ADD PRIMARY KEY ({unique});
    {index}
    FOREACH statement IN ARRAY remake LOOP
        EXECUTE replace(statement, ' ON ONLY ', ' ON ');
    END LOOP;
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
END $do$
"""
_DIVIDED = {
    "division": "PARTITION BY RANGE (pgh_created_at)",
    "key": "bigint",
    "parts": """
    PERFORM make_history_others('{table}');
    PERFORM make_history_month('{table}', month) FROM (
        SELECT DISTINCT date_trunc('month', pgh_created_at AT TIME ZONE 'Asia/Jakarta')::date
        FROM {table}_before
    ) months (month);
    """,
    # Not an identity, which PostgreSQL 15 and 16 refuse to a divided table.
    "numbered": """
    CREATE SEQUENCE {sequence} OWNED BY {table}.pgh_id;
    ALTER TABLE {table} ALTER COLUMN pgh_id SET DEFAULT nextval('{sequence}');
    """,
    "unique": "pgh_id, pgh_created_at",
    "index": "CREATE INDEX {row} ON {table} (pgh_obj_id, pgh_id DESC);",
}
_WHOLE = {
    "division": "",
    "key": "integer",
    "parts": "",
    "numbered": "ALTER TABLE {table} ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY;",
    "unique": "pgh_id",
    "index": "CREATE INDEX {table}_pgh_obj_id ON {table} (pgh_obj_id);",
}

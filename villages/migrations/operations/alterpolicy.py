"""Changing a row policy that stands, and adding one that restricts all the others of a table."""

from django.db.migrations import RunSQL


class AlterPolicy(RunSQL):
    """Give `policy` of `table` other conditions. `new` and `old` are `USING (…)`, `WITH CHECK (…)`
    or both; what they do not name stays."""

    def __init__(self, table, policy, new, old):
        self.arguments = [table, policy, new, old]
        alter = f"ALTER POLICY {policy} ON {table} "
        super().__init__(alter + new, alter + old)

    def deconstruct(self):
        return "AlterPolicy", self.arguments, {}


class Restrict(RunSQL):
    """Rows of `table` are read only where `using` holds, too, whatever its other policies say."""

    def __init__(self, table, name, using):
        self.arguments = [table, name, using]
        super().__init__(
            f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR SELECT USING ({using})",
            f"DROP POLICY {name} ON {table}",
        )

    def deconstruct(self):
        return "Restrict", self.arguments, {}

"""Row security as a migration operation, and the conditions of which policies are made."""

from django.db.migrations import RunSQL

_SETTING = "(SELECT current_setting('portal.{name}', true))"
LOW, HIGH, AGENCY, USER, LOGIN = (
    _SETTING.format(name=name) for name in ("low", "high", "agency", "user", "login")
)


def within(column):
    """SQL: the code in `column` lies in the entered scope.

    Comparisons of text are leakproof, so PostgreSQL may answer them from an index; the
    sub-selects are read once a statement, not once a row.
    """
    return f"({column} >= {LOW} AND {column} < {HIGH})"


def of_regency(column):
    """SQL: `column` names the regency in which the entered scope lies, or one inside the scope."""
    return f"({column} = (SELECT left(current_setting('portal.low', true), 5)) OR {within(column)})"


def of_agency(column):
    """SQL: an agency (OPD pengusul) sees its own rows, everybody else sees all in the area."""
    return f"({AGENCY} = '' OR {column}::text = {AGENCY})"


class RowSecurity(RunSQL):
    """ENABLE and FORCE row security on `table`.

    `using` is the SQL condition for rows that may be read and changed. `check` is the one for
    rows as written, `read` a wider one for reading alone; both are `using` when not given.
    `append_only` leaves out the policies for changing and deleting: rows are added and read.
    """

    def __init__(self, table, using, *, check=None, read=None, append_only=False):
        self.table, self.using = table, using
        self.options = {"check": check, "read": read, "append_only": append_only}
        policies = _policies(using, check or using, read, append_only)
        super().__init__(
            sql=[
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                *(f"CREATE POLICY {name} ON {table} {rule}" for name, rule in policies.items()),
            ],
            reverse_sql=[
                *(f"DROP POLICY {name} ON {table}" for name in policies),
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )

    def deconstruct(self):
        return "RowSecurity", [self.table, self.using], self.options


def _policies(using, check, read, append_only):
    """Policy name → rule."""
    reading = {"reading": f"FOR SELECT USING ({read or using})"}
    if append_only:
        return {**reading, "adding": f"FOR INSERT WITH CHECK ({check})"}
    scope = {"scope": f"USING ({using}) WITH CHECK ({check})"}
    return {**scope, **reading} if read else scope

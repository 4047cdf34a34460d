"""Row policies whose bounds the planner sees.

It evaluates `current_setting` when it makes a plan, but no sub-select: with the bounds in one, it
expected a single row of every table and joined a whole regency by nested loops. A comparison with
the agency, which it cannot foresee, it expects to be false but for one row in a hundred; of a CASE
it expects that half of the rows remain.
"""

from django.db.migrations import RunSQL

LOW, HIGH = (f"current_setting('portal.{name}', true)" for name in ("low", "high"))
AGENCY = "(SELECT current_setting('portal.agency', true))"


def within(column):
    """SQL: the code in `column` lies in the entered scope.

    Comparisons of text are leakproof, so PostgreSQL may answer them from an index.
    """
    return f"({column} >= {LOW} AND {column} < {HIGH})"


def of_regency(column):
    """SQL: `column` names the regency in which the entered scope lies, or one inside the scope."""
    return f"({column} = left({LOW}, 5) OR {within(column)})"


def of_agency(column):
    """SQL: an agency (OPD pengusul) sees its own rows, everybody else sees all in the area."""
    return f"CASE WHEN {AGENCY} = '' THEN true ELSE {column}::text = {AGENCY} END"


def of_own_parents(column, parents):
    """SQL: an agency sees the rows of its own `parents`, everybody else sees all in the area.

    For parents of which an agency has a few hundred: their ids are read once a statement. The
    planner expects EXISTS to be run for each row, and so takes no index in the order of a list.
    """
    seen = f"{column} IN (SELECT id FROM {parents})"  # noqa: S608
    return f"CASE WHEN {AGENCY} = '' THEN true ELSE {seen} END"


def _hidden(name):
    """A setting in a sub-select, as PostgreSQL writes it in `pg_policies`."""
    return f"( SELECT {_seen(name)} AS current_setting)"


def _seen(name):
    return f"current_setting('portal.{name}'::text, true)"


_REGENCY = f'"left"({_seen("low")}, 5)'
_SHOW = {
    **{_hidden(name): _seen(name) for name in ("low", "high")},
    f'( SELECT {_REGENCY} AS "left")': _REGENCY,
    f"(({_hidden('agency')} = ''::text) OR ((agency_id)::text = {_hidden('agency')}))": of_agency(
        "agency_id"
    ),
}
_HIDE = {_seen(name): f"(SELECT {_seen(name)})" for name in ("low", "high")}
_REWRITE = """
DO $do$
DECLARE
    policy record;
BEGIN
    FOR policy IN
        SELECT tablename, policyname, {qual} AS qual, {with_check} AS with_check
        FROM pg_policies WHERE schemaname = 'public' AND starts_with(tablename, '{prefix}')
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I', policy.policyname, policy.tablename)
            || coalesce(' USING (' || policy.qual || ')', '')
            || coalesce(' WITH CHECK (' || policy.with_check || ')', '');
    END LOOP;
END $do$
"""


class BoundsInSight(RunSQL):
    """Take the bounds in all policies of tables `prefix`… out of their sub-selects, and put the
    comparison with the agency into a CASE, which stays when the migration is undone."""

    def __init__(self, prefix):
        self.prefix = prefix
        super().__init__(_rewritten(prefix, _SHOW), _rewritten(prefix, _HIDE))

    def deconstruct(self):
        return "BoundsInSight", [self.prefix], {}

    def describe(self):
        return f"Show the planner the bounds in the policies of {self.prefix}…"


def _rewritten(prefix, changes):
    qual, with_check = "qual", "with_check"
    for old, new in changes.items():
        qual, with_check = (f"replace({sql}, $${old}$$, $${new}$$)" for sql in (qual, with_check))
    return _REWRITE.format(prefix=prefix, qual=qual, with_check=with_check)

"""How many rows a statement looks at, whatever the planner believed when it made its plan."""

from contextlib import contextmanager

from django.db import connection

EXPLAINED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF)"


@contextmanager
def rows_looked_at():
    """Yield a list that receives (rows, statement) for each statement that runs inside."""
    seen = []

    def explained(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(EXPLAINED):
            seen.append((_explain(sql, params), sql))
        return execute(sql, params, many, context)

    # The first sees the statement as it was written, before pghistory puts its context into it.
    connection.execute_wrappers.insert(0, explained)
    try:
        yield seen
    finally:
        connection.execute_wrappers.remove(explained)


def _explain(sql, params):
    """Run the statement, count its rows and take it back."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SAVEPOINT explained")
        cursor.execute(f"{EXPLAIN} {sql}", params)
        ((plans,),) = cursor.fetchall()
        cursor.execute("ROLLBACK TO SAVEPOINT explained; RELEASE SAVEPOINT explained")
    return sum(looked_at(plan["Plan"]) for plan in plans)


def looked_at(node):
    """The rows that a part of a plan, and those below it, have looked at; not those of the areas of
    the country where they are read once, whatever the number of people."""
    if node.get("Relation Name") == "villages_area" and node["Actual Loops"] == 1:
        return 0
    seen = 0 if node["Node Type"] in ("Hash", "Result") else node["Actual Rows"]
    seen += sum(rows for name, rows in node.items() if name.startswith("Rows Removed by"))
    return seen * node["Actual Loops"] + sum(map(looked_at, node.get("Plans", [])))

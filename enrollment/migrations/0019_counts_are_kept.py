from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
COME, WENT = "NEW TABLE AS come", "OLD TABLE AS went"


def counted(table, function):
    """Triggers by which `function` adds what each statement has changed in `table`."""
    seen = {"INSERT": COME, "UPDATE": f"{COME} {WENT}", "DELETE": WENT}
    return [
        trigger(f"{function}_{event.lower()}", f"AFTER {event}", table, rows, f"{function}()")
        for event, rows in seen.items()
    ]


def trigger(name, event, table, rows, function):
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {event} ON enrollment_{table} REFERENCING {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}",
        f"DROP TRIGGER {name} ON enrollment_{table}",
    )


def of_decree(name, event, rows, sign):
    """The trigger `name` that counts rows of decrees which come (sign 1) or go (-1)."""
    rows, function = f"{rows} TABLE AS touched", f"count_decree_entries('{sign}')"
    return trigger(name, f"AFTER {event}", "decreeentry", rows, function)


class Migration(migrations.Migration):
    """Triggers keep the counts, whatever writes; those of the people who are there are filled in."""

    dependencies = [("enrollment", "0018_counts_kept_as_rows")]

    operations = [
        Function(SQL / "mark_gone.v1.sql"),
        Function(SQL / "mark_gone_of_people.v1.sql"),
        Function(SQL / "mark_gone_of_entries.v1.sql"),
        Function(SQL / "count_entries.v1.sql"),
        Function(SQL / "count_decree_entries.v1.sql"),
        Function(SQL / "count_people.v1.sql"),
        Function(SQL / "fold_counts.v1.sql"),
        Function(SQL / "recount_entries.v1.sql"),
        Function(SQL / "recount_people.v1.sql"),
        trigger(
            "mark_gone_of_people",
            "AFTER UPDATE",
            "worker",
            f"{COME} {WENT}",
            "mark_gone_of_people()",
        ),
        trigger("mark_gone_of_entries", "AFTER INSERT", "entry", COME, "mark_gone_of_entries()"),
        *counted("entry", "count_entries"),
        *counted("worker", "count_people"),
        of_decree("count_decree_entries_insert", "INSERT", "NEW", 1),
        of_decree("count_decree_entries_came", "UPDATE", "NEW", 1),
        of_decree("count_decree_entries_went", "UPDATE", "OLD", -1),
        of_decree("count_decree_entries_delete", "DELETE", "OLD", -1),
        migrations.RunSQL(
            "SELECT count(*) FROM recount_entries(), recount_people()", migrations.RunSQL.noop
        ),
    ]

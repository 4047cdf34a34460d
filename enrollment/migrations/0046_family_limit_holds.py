from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


def after(event, given):
    """The trigger that asks the function once a statement."""
    return migrations.RunSQL(
        f"CREATE TRIGGER family_limit_holds_{event.lower()} AFTER {event} ON enrollment_entry "
        f"REFERENCING {given} FOR EACH STATEMENT EXECUTE FUNCTION family_limit_holds()",
        f"DROP TRIGGER family_limit_holds_{event.lower()} ON enrollment_entry",
    )


class Migration(migrations.Migration):
    """Nobody gets round the number of a family that a programme takes, not even a script."""

    dependencies = [
        ("enrollment", "0045_makers_and_sight"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "family_limit_holds.v1.sql"),
        after("INSERT", "NEW TABLE AS come"),
        after("UPDATE", "OLD TABLE AS went NEW TABLE AS come"),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
MOVED = """
CREATE TRIGGER worker_takes_along AFTER UPDATE OF area_id ON enrollment_worker
FOR EACH ROW WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION worker_takes_along()
"""
NAMED = """
CREATE TRIGGER entry_in_decree_stays_approved BEFORE UPDATE OF state ON enrollment_entry
FOR EACH ROW WHEN (OLD.state = 'approved' AND NEW.state <> 'approved')
EXECUTE FUNCTION entry_in_decree_stays_approved()
"""
ISSUED = """
CREATE TRIGGER decree_issued_is_frozen BEFORE UPDATE OR DELETE ON enrollment_decree
FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION decree_refuse_change()
"""
ROWS = {
    "decree_entry_added": ("INSERT", "NEW"),
    "decree_entry_changed": ("UPDATE", "OLD"),
    "decree_entry_moved": ("UPDATE", "NEW"),
    "decree_entry_deleted": ("DELETE", "OLD"),
}


def trigger(name, table, create):
    return migrations.RunSQL(create, f"DROP TRIGGER {name} ON {table}")


def on_rows_of_a_decree(name, event, which):
    return trigger(
        name,
        "enrollment_decreeentry",
        f"CREATE TRIGGER {name} AFTER {event} ON enrollment_decreeentry"
        f" REFERENCING {which} TABLE AS touched FOR EACH STATEMENT"
        " EXECUTE FUNCTION decree_entries_of_drafts_only()",
    )


class Migration(migrations.Migration):
    """What the database does and refuses across rooms."""

    dependencies = [("enrollment", "0003_row_security"), ("villages", "0004_functions")]

    operations = [
        Function(SQL / "niks_registered.v1.sql"),
        Function(SQL / "open_duplicate_cases.v1.sql"),
        Function(SQL / "claim_registered_person.v1.sql"),
        Function(SQL / "move_claimed_person.v1.sql"),
        Function(SQL / "withdraw_duplicate_cases.v1.sql"),
        Function(SQL / "people_on_lists.v1.sql"),
        Function(SQL / "what_holds_people.v1.sql"),
        Function(SQL / "drop_from_drafts.v1.sql"),
        Function(SQL / "worker_takes_along.v1.sql"),
        trigger("worker_takes_along", "enrollment_worker", MOVED),
        Function(SQL / "entry_in_decree_stays_approved.v1.sql"),
        trigger("entry_in_decree_stays_approved", "enrollment_entry", NAMED),
        Function(SQL / "decree_refuse_change.v1.sql"),
        trigger("decree_issued_is_frozen", "enrollment_decree", ISSUED),
        Function(SQL / "decree_entries_of_drafts_only.v1.sql"),
        Function(SQL / "refresh_statistics.v1.sql"),
        *(on_rows_of_a_decree(name, *when) for name, when in ROWS.items()),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
RESTS = """
CREATE TRIGGER decree_rests BEFORE INSERT ON enrollment_decreestep
FOR EACH ROW EXECUTE FUNCTION decree_rests()
"""
MONTHS = """
CREATE TRIGGER months_promised_once AFTER UPDATE ON enrollment_entry
REFERENCING OLD TABLE AS went NEW TABLE AS come
FOR EACH STATEMENT EXECUTE FUNCTION months_promised_once()
"""
STAY = """
CREATE TRIGGER months_of_approved_stay AFTER UPDATE ON enrollment_premiumsubsidy FOR EACH ROW
WHEN ((OLD.first_month, OLD.months) IS DISTINCT FROM (NEW.first_month, NEW.months))
EXECUTE FUNCTION months_of_approved_stay()
"""
_SAID = ("entry_id", "area_id", "from_state", "to_state", "office_id", "name", "role", "reason")
_OLD, _NEW = (", ".join(f"{row}.{word}" for word in _SAID) for row in ("OLD", "NEW"))
STEPS = f"""
CREATE TRIGGER step_is_not_changed AFTER UPDATE ON enrollment_step FOR EACH ROW
WHEN (({_OLD}) IS DISTINCT FROM ({_NEW})) EXECUTE FUNCTION step_stays()
"""
RECORD = """
CREATE CONSTRAINT TRIGGER step_stays AFTER DELETE ON enrollment_step
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION step_stays()
"""


def trigger(name, table, sql):
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}")


class Migration(migrations.Migration):
    """The database holds a freeze of decrees, months that are promised once and stay, and the steps of
    lists; says in one place whom a decree names and does not pay; and knows what villages have
    verified along a whole chain of continued waves."""

    dependencies = [
        ("enrollment", "0051_who_is_not_paid"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "rows_not_paid.v1.sql"),
        Function(SQL / "mark_gone.v3.sql"),
        Function(SQL / "last_reverified.v2.sql"),
        Function(SQL / "decree_rests.v1.sql"),
        trigger("decree_rests", "enrollment_decreestep", RESTS),
        Function(SQL / "months_promised_once.v1.sql"),
        trigger("months_promised_once", "enrollment_entry", MONTHS),
        Function(SQL / "months_of_approved_stay.v1.sql"),
        trigger("months_of_approved_stay", "enrollment_premiumsubsidy", STAY),
        Function(SQL / "step_stays.v1.sql"),
        trigger("step_is_not_changed", "enrollment_step", STEPS),
        trigger("step_stays", "enrollment_step", RECORD),
    ]

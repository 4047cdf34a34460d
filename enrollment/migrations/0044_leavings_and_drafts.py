from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
ENDS = """
CREATE TRIGGER withdraw_open_leavings AFTER INSERT ON enrollment_step
FOR EACH ROW WHEN (NEW.from_state = 'approved' AND NEW.to_state NOT IN ('approved', 'left'))
EXECUTE FUNCTION withdraw_open_leavings()
"""


class Migration(migrations.Migration):
    """Nobody leaves while a draft names them, and a leaving ends with the approval it was for."""

    dependencies = [
        ("enrollment", "0043_families_of_the_unrepaired"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "entry_in_decree_stays_approved.v4.sql"),
        Function(SQL / "move_person_back.v3.sql"),
        Function(SQL / "withdraw_open_leavings.v1.sql"),
        migrations.RunSQL(ENDS, "DROP TRIGGER withdraw_open_leavings ON enrollment_step"),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
RESTS = """
CREATE TRIGGER decree_rests BEFORE INSERT ON enrollment_decreestep
FOR EACH ROW EXECUTE FUNCTION decree_rests()
"""


class Migration(migrations.Migration):
    """The database holds a freeze of decrees, says in one place whom a decree names and does not
    pay, and knows what villages have verified along a whole chain of continued waves."""

    dependencies = [
        ("enrollment", "0051_who_is_not_paid"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "rows_not_paid.v1.sql"),
        Function(SQL / "mark_gone.v3.sql"),
        Function(SQL / "last_reverified.v2.sql"),
        Function(SQL / "decree_rests.v1.sql"),
        migrations.RunSQL(RESTS, "DROP TRIGGER decree_rests ON enrollment_decreestep"),
    ]

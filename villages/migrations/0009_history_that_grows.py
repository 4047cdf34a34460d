from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function
from villages.migrations.operations.history import BigKeys

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """Histories have keys of 64 bits, and can be divided by month."""

    dependencies = [("villages", "0008_bounds_in_sight")]

    operations = [
        BigKeys(
            "villages_agencyevent",
            "villages_officeevent",
            "villages_regencyevent",
            "villages_userevent",
        ),
        Function(SQL / "make_history_part.v1.sql"),
        Function(SQL / "make_history_others.v1.sql"),
        Function(SQL / "make_history_month.v1.sql"),
        Function(SQL / "make_history_months.v1.sql"),
    ]

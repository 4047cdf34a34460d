from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """Whoever answers for a breach learns who saw a person before they moved here."""

    dependencies = [("enrollment", "0013_retention")]

    operations = [
        Function(SQL / "seen_in_other_regencies.v1.sql"),
        Function(SQL / "names_of_viewers.v2.sql"),  # stops at an account's first record
    ]

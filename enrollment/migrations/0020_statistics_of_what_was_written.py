from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """Bulk writes renew the statistics of the tables that they have written, and of no others."""

    dependencies = [("enrollment", "0019_counts_are_kept")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION refresh_statistics()", "DROP FUNCTION refresh_statistics(text[])"
        ),
        Function(SQL / "refresh_statistics.v2.sql"),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """What replaces the function of django-pghistory's own migrations."""

    dependencies = [
        ("villages", "0003_row_security"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [Function(SQL / "_pgh_attach_context.v1.sql", stays=True)]

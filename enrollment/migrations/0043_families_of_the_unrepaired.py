"""Families are counted with those who are handed in unrepaired, without marking them first."""

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
THREE = "DROP FUNCTION family_before(uuid, bigint[], bigint[])"
TWO = "DROP FUNCTION family_before(uuid, bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0042_number_of_approvers"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.RunSQL(TWO, migrations.RunSQL.noop),
        Function(SQL / "family_before.v5.sql"),
        migrations.RunSQL(migrations.RunSQL.noop, THREE),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """The page of a taken import of a whole regency answers: it took longer than three minutes."""

    dependencies = [("enrollment", "0014_seen_in_other_regencies")]

    operations = [Function(SQL / "people_on_lists.v2.sql")]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function


class Migration(migrations.Migration):
    """An office whose term ends before it begins is refused by its constraint, in words."""

    dependencies = [("villages", "0012_dpmd_and_duties_apart")]

    operations = [Function(Path(__file__).with_name("sql") / "duties_stay_apart.v2.sql")]

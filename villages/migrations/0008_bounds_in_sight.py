from django.db import migrations

from villages.migrations.operations.rowbounds import BoundsInSight


class Migration(migrations.Migration):
    """The planner sees which areas a row policy shows."""

    dependencies = [("villages", "0007_usernames_in_small_letters")]

    operations = [BoundsInSight("villages_")]

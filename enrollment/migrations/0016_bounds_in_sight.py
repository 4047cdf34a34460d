from django.db import migrations

from villages.migrations.operations.rowbounds import BoundsInSight


class Migration(migrations.Migration):
    """The planner sees which areas a row policy shows."""

    dependencies = [
        ("enrollment", "0015_people_on_lists_one_by_one"),
        ("villages", "0008_bounds_in_sight"),
    ]

    operations = [BoundsInSight("enrollment_")]

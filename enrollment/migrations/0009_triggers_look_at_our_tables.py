from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """A temporary table of the same name no longer stands in the way of what these look up."""

    dependencies = [("enrollment", "0008_quota_in_use_stays")]

    operations = [
        Function(SQL / "worker_takes_along.v2.sql"),
        Function(SQL / "entry_in_decree_stays_approved.v2.sql"),
        Function(SQL / "decree_entries_of_drafts_only.v2.sql"),
    ]

from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
STAYS = """
CREATE TRIGGER quota_in_use_stays BEFORE DELETE ON enrollment_quota
FOR EACH ROW WHEN (OLD.used > 0 OR OLD.queued > 0) EXECUTE FUNCTION quota_in_use_stays()
"""


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0007_bulk_decisions_and_issuing")]

    operations = [
        Function(SQL / "quota_in_use_stays.v1.sql"),
        migrations.RunSQL(STAYS, "DROP TRIGGER quota_in_use_stays ON enrollment_quota"),
    ]

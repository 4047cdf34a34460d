from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
OPEN_CASES = "DROP FUNCTION open_duplicate_cases(uuid{})"
CLAIM = "DROP FUNCTION claim_registered_person(text, text, bigint, jsonb{})"
ASKED_BY = ", bigint, text, inet"


class Migration(migrations.Migration):
    """That a NIK is registered elsewhere is told to who knows the person, or with a case."""

    dependencies = [("enrollment", "0011_usage_limits_and_lists_that_wait")]

    operations = [
        Function(SQL / "niks_told.v1.sql"),
        migrations.RunSQL(
            "DROP FUNCTION niks_registered(text[])", (SQL / "niks_registered.v1.sql").read_text()
        ),
        migrations.RunSQL(OPEN_CASES.format(""), migrations.RunSQL.noop),
        Function(SQL / "open_duplicate_cases.v2.sql"),
        migrations.RunSQL(
            migrations.RunSQL.noop, OPEN_CASES.format(f", integer, integer, text{ASKED_BY}")
        ),
        migrations.RunSQL(CLAIM.format(""), migrations.RunSQL.noop),
        Function(SQL / "claim_registered_person.v2.sql"),
        migrations.RunSQL(migrations.RunSQL.noop, CLAIM.format(ASKED_BY)),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    """Every row of a history holds its own context (`villages.audit`), so nothing is upserted.

    The library's function keeps contexts in a table that the application's role would have to
    be able to change: that role may only ever add to the audit trail.
    """

    dependencies = [("villages", "0002_row_security"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(
            """
            CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE
            LANGUAGE sql STABLE AS $$
                SELECT nullif(current_setting('pghistory.context_id', true), '')::uuid
            $$
            """,
            migrations.RunSQL.noop,
        )
    ]

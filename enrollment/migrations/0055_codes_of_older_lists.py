from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
# A code stands beside the list: the sealed header stays as it is, and so do all files. Its characters
# come from random UUIDs, three bytes of their hash for each, as nobody can foresee.
GIVE_CODES = """
DO $$
DECLARE
    letters CONSTANT text := 'ACDEFGHJKMNPQRTVWXY34679';
    older record;
    drawn bytea;
    new_code text;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    FOR older IN
        SELECT id, regency_id FROM enrollment_decree d
        WHERE state IN ('issued', 'revoking', 'revoked') AND header->>'code' IS NULL
            AND NOT EXISTS (SELECT FROM enrollment_decreecode c WHERE c.decree_id = d.id)
    LOOP
        LOOP
            drawn := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
            SELECT string_agg(substr(letters, 1 + (get_byte(drawn, 3 * n) * 65536
                + get_byte(drawn, 3 * n + 1) * 256 + get_byte(drawn, 3 * n + 2)) % 24, 1), ''
                ORDER BY n)
            INTO new_code FROM generate_series(0, 9) n;
            INSERT INTO enrollment_decreecode (code, decree_id, regency_id, given_at)
            VALUES (new_code, older.id, older.regency_id, now()) ON CONFLICT DO NOTHING;
            EXIT WHEN FOUND;
        END LOOP;
    END LOOP;
    PERFORM set_config('portal.high', '', true);
END
$$
"""

EACH_ROW = """
CREATE TRIGGER decree_change_fits BEFORE INSERT OR UPDATE ON enrollment_decreechange
FOR EACH ROW EXECUTE FUNCTION decree_change_fits()
"""


def drop(name):
    return f"DROP TRIGGER {name} ON enrollment_decreechange"


def together(name, event):
    """The trigger once for each statement."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON enrollment_decreechange"
        " REFERENCING NEW TABLE AS touched FOR EACH STATEMENT"
        " EXECUTE FUNCTION decree_change_fits()",
        drop(name),
    )


class Migration(migrations.Migration):
    """Anybody can look up a decree that was issued before there were codes. What an amendment may
    change is asked once for each statement."""

    dependencies = [
        ("enrollment", "0054_amendments_and_the_public_page"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "public_decree.v2.sql"),
        migrations.RunSQL(GIVE_CODES, migrations.RunSQL.noop),
        migrations.RunSQL(drop("decree_change_fits"), EACH_ROW),
        Function(SQL / "decree_change_fits.v2.sql"),
        together("decree_change_fits", "INSERT"),
        together("decree_change_still_fits", "UPDATE"),
    ]

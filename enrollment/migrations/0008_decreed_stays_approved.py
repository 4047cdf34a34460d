from django.db import migrations

GUARD = """
CREATE FUNCTION entry_in_decree_stays_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM enrollment_decreeentry named WHERE named.entry_id = OLD.id) THEN
        RAISE EXCEPTION 'entry % is named by a decree', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_decree_stays_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_in_decree_stays_approved BEFORE UPDATE OF state ON enrollment_entry
FOR EACH ROW WHEN (OLD.state = 'approved' AND NEW.state <> 'approved')
EXECUTE FUNCTION entry_in_decree_stays_approved();
"""
UNGUARD = """
DROP TRIGGER entry_in_decree_stays_approved ON enrollment_entry;
DROP FUNCTION entry_in_decree_stays_approved();
"""


class Migration(migrations.Migration):
    """An approval can be taken back until a decree names the person, and not after.

    Lists come before decrees and know nothing of them, so the database holds this. Whoever puts
    people into a decree locks their entries (FOR SHARE) first, so that the two cannot cross.
    """

    dependencies = [("enrollment", "0007_tariffs")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]

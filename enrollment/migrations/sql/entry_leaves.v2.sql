-- A row of a list gets into the state 'left' from 'approved', with an approved leaving or while the
-- decree that names the person is revoked, and never out of it. A plain trigger, since a signed list depends on it.
CREATE OR REPLACE FUNCTION entry_leaves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    fits boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        fits := NEW.state = 'left' AND OLD.state IN ('approved', 'left') AND (
            EXISTS (
                SELECT FROM enrollment_leaving l WHERE l.entry_id = NEW.id AND l.state = 'approved')
            OR EXISTS (
                SELECT FROM enrollment_decreeentry r JOIN enrollment_decree d ON d.id = r.decree_id
                JOIN enrollment_decree base ON base.id = coalesce(d.amends_id, d.id)
                WHERE r.entry_id = NEW.id AND base.state IN ('revoking', 'revoked')));
    END IF;
    IF NOT fits THEN
        RAISE EXCEPTION 'A person leaves by an approved leaving, and does not come back on that row'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'entry_leaves', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

-- An amendment changes rows of its own decree, or of an issued amendment before it, that are still in force.
CREATE OR REPLACE FUNCTION decree_change_fits() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM enrollment_decree mine
        JOIN enrollment_decree theirs ON theirs.id = mine.amends_id OR theirs.amends_id = mine.amends_id
        JOIN enrollment_decreeentry r ON r.decree_id = theirs.id
        WHERE mine.id = NEW.decree_id AND r.id = NEW.row_id AND r.area_id = NEW.area_id
            AND theirs.state = 'issued' AND theirs.ordinal < mine.ordinal
    ) OR EXISTS (
        SELECT FROM enrollment_decreechange o
        WHERE o.row_id = NEW.row_id AND o.kind = 'out' AND o.decree_id <> NEW.decree_id
    ) THEN
        RAISE EXCEPTION 'An amendment changes rows of the list in force'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_change_fits',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

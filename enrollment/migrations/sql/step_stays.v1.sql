-- A step of a list is never changed, and goes only with the row of the list itself: who may sign for a
-- person follows from the steps (earlier_makers). What deletes both in one transaction is let
-- through, so this is asked at its end. Whether the row is still there is asked over all areas.
CREATE OR REPLACE FUNCTION step_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    broken boolean := TG_OP = 'UPDATE';
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF broken OR EXISTS (SELECT FROM enrollment_entry WHERE id = OLD.entry_id) THEN
        RAISE EXCEPTION 'A step of a list is neither changed nor taken out of the record'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'step_stays', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

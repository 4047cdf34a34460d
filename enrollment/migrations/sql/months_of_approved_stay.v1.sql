-- The months of a wave stay as they are while somebody is approved in it, who may cost nothing: their
-- price, their decree and the months promised to them (programmes/months.py) follow from them.
CREATE OR REPLACE FUNCTION months_of_approved_stay() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF EXISTS (
        SELECT FROM enrollment_entry e WHERE e.programme_id = NEW.id AND e.state = 'approved'
    ) THEN
        RAISE EXCEPTION 'The months of a wave in which somebody is approved stay as they are'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'months_of_approved_stay', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

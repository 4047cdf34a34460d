-- A code that was given is never given again: its row is neither deleted nor made another's. Only when a
-- draft is thrown away does it lose its decree.
CREATE OR REPLACE FUNCTION decree_code_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.decree_id IS NULL
        AND (NEW.code, NEW.regency_id, NEW.given_at) = (OLD.code, OLD.regency_id, OLD.given_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A code that was given stays'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_code_stays',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

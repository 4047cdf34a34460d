-- A wave whose recipients villages name stays paid from villages' budgets: whoever changes its fund lets the regency
-- decide first. Whoever changes who decides waits for this, and the other way round.
CREATE OR REPLACE FUNCTION who_decides_pays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('who_decides'), hashtext(NEW.id::text));
    IF EXISTS (SELECT FROM enrollment_decidedbyvillages WHERE programme_id = NEW.id)
        AND NOT EXISTS (SELECT FROM enrollment_fund f WHERE f.key = NEW.fund AND f.of_villages)
    THEN
        RAISE EXCEPTION 'The wave is not paid by villages'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'who_decides_pays',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

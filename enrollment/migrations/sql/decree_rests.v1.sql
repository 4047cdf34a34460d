-- While a freeze of decrees, or of everything, holds in a regency and has not been lifted, no decree
-- takes a step forward, whether a page, a job that had begun or a script takes it. It may be opened
-- again, thrown away, and what came back signed is kept; a job that is stopped by this goes back to
-- where it began. Drawing up a list is no step.
CREATE OR REPLACE FUNCTION decree_rests() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.to_state NOT IN ('draft', 'withdrawn', 'returned') AND EXISTS (
        SELECT FROM enrollment_freeze f
        WHERE f.regency_id = NEW.regency_id AND f.move IN ('all', 'issue')
            AND f.lifted_at IS NULL
            AND (now() AT TIME ZONE 'Asia/Jakarta')::date BETWEEN f.first AND f.last
    ) THEN
        RAISE EXCEPTION 'Decrees rest in a freeze'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'decree_rests', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

-- Who decides on a wave is changed as long as no decree of it exists, and no village may decide what is not paid
-- from villages' budgets.
CREATE OR REPLACE FUNCTION who_decides_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    asked uuid := coalesce(NEW.programme_id, OLD.programme_id);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('who_decides'), hashtext(asked::text));
    IF EXISTS (SELECT FROM enrollment_decree WHERE programme_id = asked AND state <> 'withdrawn') THEN
        RAISE EXCEPTION 'A decree of the wave exists'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'who_decides_stays',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM enrollment_premiumsubsidy p JOIN enrollment_fund f ON f.key = p.fund
        WHERE p.id = asked AND f.of_villages
    ) THEN
        RAISE EXCEPTION 'The wave is not paid by villages'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'who_decides_pays',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

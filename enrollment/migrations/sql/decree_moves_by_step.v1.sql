-- The state of a decree changes only as its last step says, so every change has somebody who made it.
CREATE OR REPLACE FUNCTION decree_moves_by_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before text;
    step record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := OLD.state;
    END IF;
    SELECT from_state, to_state INTO step FROM enrollment_decreestep
        WHERE decree_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF before IS NULL OR step IS NULL
        OR before IS DISTINCT FROM step.from_state OR NEW.state IS DISTINCT FROM step.to_state
    THEN
        RAISE EXCEPTION 'A decree moves by its steps, not to %', NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_moves_by_step',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

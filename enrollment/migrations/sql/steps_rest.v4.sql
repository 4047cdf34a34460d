-- While a freeze holds in a regency and has not been lifted, no step of its kind is written; putting
-- people on a draft is none, and neither is noting that somebody returned is repaired (the state stays). The regency's freezes are looked up whoever takes the step: the village reads them, too.
CREATE OR REPLACE FUNCTION steps_rest() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM come
        JOIN enrollment_freeze f ON f.regency_id = left(come.area_id, 5)
        WHERE come.to_state <> 'draft' AND come.to_state <> come.from_state
            AND (now() AT TIME ZONE 'Asia/Jakarta')::date BETWEEN f.first AND f.last
            AND f.lifted_at IS NULL
            AND f.move IN ('all', CASE come.role
                WHEN 'kecamatan' THEN 'check' WHEN 'dpmd' THEN 'check'
                WHEN 'verifikator' THEN 'verify' WHEN 'penyetuju' THEN 'approve' ELSE 'submit' END)
    ) THEN
        RAISE EXCEPTION 'Steps of this kind rest in a freeze'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'steps_rest', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

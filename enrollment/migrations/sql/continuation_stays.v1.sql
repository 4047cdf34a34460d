-- A wave whose months change still follows upon the one it continues, and is followed by its successor.
CREATE OR REPLACE FUNCTION continuation_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM enrollment_continuation c
        JOIN enrollment_premiumsubsidy n ON n.id = c.programme_id
        JOIN enrollment_premiumsubsidy p ON p.id = c.previous_id
        WHERE NEW.id IN (c.programme_id, c.previous_id)
            AND (n.regency_id <> p.regency_id
                OR n.first_month < p.first_month + make_interval(months => p.months))
    ) THEN
        RAISE EXCEPTION 'A continuation would not follow upon its predecessor any more'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'continuation_follows', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

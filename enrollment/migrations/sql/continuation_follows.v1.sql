-- A wave continues one of the same regency whose months are over before its own begin: so months never
-- overlap, and no circle can arise. Both rows are held, so that neither changes meanwhile.
CREATE OR REPLACE FUNCTION continuation_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM enrollment_premiumsubsidy WHERE id IN (NEW.programme_id, NEW.previous_id)
    ORDER BY id FOR SHARE;
    IF TG_OP = 'UPDATE' OR NOT EXISTS (
        SELECT FROM enrollment_premiumsubsidy n JOIN enrollment_premiumsubsidy p ON p.id = NEW.previous_id
        WHERE n.id = NEW.programme_id AND n.regency_id = NEW.regency_id AND p.regency_id = NEW.regency_id
            AND n.first_month >= p.first_month + make_interval(months => p.months)
    ) THEN
        RAISE EXCEPTION 'A continuation follows upon its predecessor, and is never changed'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'continuation_follows', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

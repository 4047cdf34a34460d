-- An amendment changes an issued decree of its programme, never another amendment, and says so for ever.
-- It is dated no earlier than what it changes. The decree is held, so that it is not revoked meanwhile.
CREATE OR REPLACE FUNCTION amendment_fits() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    base record;
    newest date;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.amends_id, OLD.ordinal) IS DISTINCT FROM (NEW.amends_id, NEW.ordinal)
    THEN
        RAISE EXCEPTION 'An amendment changes the same decree for ever'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'amendment_fits',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF NEW.amends_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT state, amends_id, programme_id, regency_id INTO base FROM enrollment_decree
        WHERE id = NEW.amends_id FOR SHARE;
    IF base.state IS DISTINCT FROM 'issued' OR base.amends_id IS NOT NULL
        OR (base.programme_id, base.regency_id) IS DISTINCT FROM (NEW.programme_id, NEW.regency_id)
    THEN
        RAISE EXCEPTION 'An amendment changes an issued decree of its programme'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'amendment_fits',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF NEW.state IN ('returned', 'issuing', 'issued') THEN
        SELECT max(date) INTO newest FROM enrollment_decree
            WHERE id = NEW.amends_id
                OR amends_id = NEW.amends_id AND ordinal < NEW.ordinal AND state = 'issued';
        IF NEW.date < newest THEN
            RAISE EXCEPTION 'An amendment is not older than what it changes'
                USING ERRCODE = 'integrity_constraint_violation',
                    CONSTRAINT = 'amendment_in_order',
                    TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- No more people of one family (one card number) are approved in a programme than it takes. Asked once
-- a statement, for those who have just been approved. The programme is locked first, as it is by whoever
-- spends its money, so of two who approve at one moment the later one counts the earlier.
CREATE OR REPLACE FUNCTION family_limit_holds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    fresh bigint[];
    limited uuid[];
    broken boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(c.id) INTO fresh FROM come c WHERE c.state = 'approved';
    ELSE
        SELECT array_agg(c.id) INTO fresh FROM come c JOIN went w ON w.id = c.id
        WHERE c.state = 'approved' AND w.state <> 'approved';
    END IF;
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF fresh IS NOT NULL THEN
        SELECT array_agg(locked.id) INTO limited FROM (
            SELECT p.id FROM enrollment_premiumsubsidy p
            WHERE p.id IN (SELECT c.programme_id FROM come c WHERE c.id = ANY (fresh))
                AND p.family_limit IS NOT NULL
            ORDER BY p.id FOR NO KEY UPDATE
        ) locked;
    END IF;
    broken := limited IS NOT NULL AND EXISTS (
        SELECT FROM (
            SELECT DISTINCT c.programme_id, w.kk
            FROM come c JOIN enrollment_worker w ON w.id = c.worker_id
            WHERE c.id = ANY (fresh) AND c.programme_id = ANY (limited) AND w.kk ~ '^[0-9]{16}$'
        ) family
        JOIN enrollment_premiumsubsidy p ON p.id = family.programme_id
        WHERE p.family_limit < (
            SELECT count(*) FROM enrollment_worker w
            JOIN enrollment_entry e ON e.worker_id = w.id
            WHERE w.kk = family.kk AND w.kk <> '' AND e.programme_id = family.programme_id
                AND e.state = 'approved'
        )
    );
    IF broken THEN
        RAISE EXCEPTION 'More people of a family would be approved than the programme takes'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'family_limit_holds', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

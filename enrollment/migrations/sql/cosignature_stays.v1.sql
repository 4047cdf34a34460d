-- A signature goes with the approval, never without it.
CREATE OR REPLACE FUNCTION cosignature_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    refused boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    refused := EXISTS (SELECT FROM went w JOIN enrollment_entry e ON e.id = w.entry_id
        WHERE e.state IN ('cosigned', 'approved', 'left'));
    IF refused THEN
        RAISE EXCEPTION 'The signature of an approver stays while the approval does'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'cosignature_stays', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

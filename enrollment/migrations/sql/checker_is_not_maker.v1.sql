-- Nobody passes on to the Dinas whom they have proposed: the step of kecamatan or DPMD is a signature
-- that stands in no column of the entry.
CREATE OR REPLACE FUNCTION checker_is_not_maker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    entries bigint[];
    accounts bigint[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT array_agg(c.entry_id), array_agg(o.user_id) INTO entries, accounts
    FROM come c JOIN villages_office o ON o.id = c.office_id
    WHERE c.from_state = 'checking' AND c.to_state = 'submitted';
    IF entries IS NOT NULL AND EXISTS (SELECT FROM earlier_makers(entries, accounts,
        '{operator_desa,kepala_desa,opd}')) THEN
        RAISE EXCEPTION 'Somebody passes on a person whom they proposed'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'checker_is_not_maker', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

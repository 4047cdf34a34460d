-- An approver signs for a person who has been verified, and is neither who proposed or checked them,
-- from whatever office, nor who verified them. The entries are locked, so that none is sent back
-- while somebody signs for it.
CREATE OR REPLACE FUNCTION cosigner_is_not_maker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    broken text;
    entries bigint[];
    accounts bigint[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT array_agg(c.entry_id ORDER BY c.entry_id), array_agg(c.user_id ORDER BY c.entry_id)
    INTO entries, accounts FROM come c;
    PERFORM FROM enrollment_entry e WHERE e.id = ANY (entries) ORDER BY e.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM come c JOIN enrollment_entry e ON e.id = c.entry_id
        JOIN villages_office o ON o.id = c.office_id
        WHERE e.state NOT IN ('verified', 'cosigned') OR e.area_id <> c.area_id
            OR o.user_id <> c.user_id OR o.role <> 'penyetuju'
    ) THEN
        broken := 'cosignature_of_an_approver';
    ELSIF EXISTS (
        SELECT FROM come c JOIN enrollment_entry e ON e.id = c.entry_id
        WHERE c.user_id IN (e.submitted_by_id, e.verified_by_id)
    ) OR entries IS NOT NULL AND EXISTS (SELECT FROM earlier_makers(entries, accounts,
        '{operator_desa,kepala_desa,opd,kecamatan,dpmd}')) THEN
        broken := 'cosigner_is_not_maker';
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'Somebody signs for a person whom they may not approve'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = broken, TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

-- Nobody verifies or approves whom they have proposed or checked before, from whatever office, and
-- whoever has handed the person in since. Asked once a statement, and only where a signature is new.
CREATE OR REPLACE FUNCTION entry_signer_is_not_maker() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    entries bigint[];
    accounts bigint[];
BEGIN
    SELECT array_agg(c.id), array_agg(signed.account) INTO entries, accounts
    FROM come c JOIN went w ON w.id = c.id
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN c.verified_by_id IS DISTINCT FROM w.verified_by_id THEN c.verified_by_id END),
        (CASE WHEN c.approved_by_id IS DISTINCT FROM w.approved_by_id THEN c.approved_by_id END)
    ) AS signed (account)
    WHERE signed.account IS NOT NULL;
    IF entries IS NOT NULL AND EXISTS (SELECT FROM earlier_makers(entries, accounts,
        '{operator_desa,kepala_desa,opd,kecamatan,dpmd}')) THEN
        RAISE EXCEPTION 'Somebody signs for a person whom they proposed or checked'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'entry_signer_is_not_maker', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

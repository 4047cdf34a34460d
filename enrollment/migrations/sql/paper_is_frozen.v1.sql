-- Sealed papers, their rows, their scans and the record of what was handed in with them are never
-- changed and never deleted. As with decrees, its triggers are plain ones and not django-pgtrigger's,
-- which any session can switch off with SET pgtrigger.ignore.
CREATE OR REPLACE FUNCTION paper_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Papers of a list can be neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'paper_is_frozen',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

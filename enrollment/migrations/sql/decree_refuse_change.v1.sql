-- An issued decree can be neither changed nor deleted. As with the other two of decrees, its trigger
-- is a plain one and not django-pgtrigger's, which any session can switch off with
-- SET pgtrigger.ignore: a signed list must withstand SQL typed in the application's own login.
CREATE OR REPLACE FUNCTION decree_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued decree can be neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_issued_is_frozen',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

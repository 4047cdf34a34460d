-- What was approved is neither changed nor deleted: the money of a programme follows from it.
CREATE OR REPLACE FUNCTION leaving_approved_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An approved leaving can be neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'leaving_approved_stays',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

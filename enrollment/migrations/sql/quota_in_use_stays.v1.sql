-- The places and waiting numbers counted in a quota exist nowhere else: deleting it would lose them.
CREATE OR REPLACE FUNCTION quota_in_use_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A quota cannot be deleted while it counts places or waiting numbers'
        USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = 'quota_in_use_stays', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

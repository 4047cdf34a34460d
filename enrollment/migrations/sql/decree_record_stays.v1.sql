-- Steps and files of a decree are never changed and never deleted. Only the steps of a draft go, with
-- it. As with decrees, its triggers are plain ones and not django-pgtrigger's, which any session can
-- switch off with SET pgtrigger.ignore.
CREATE OR REPLACE FUNCTION decree_record_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'enrollment_decreestep' AND EXISTS (
        SELECT FROM enrollment_decree WHERE id = OLD.decree_id AND state IN ('draft', 'review')
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Steps and files of a decree can be neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_record_stays',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$;

-- Rows are added to papers of the same village while these have no seal yet, so within the transaction
-- that makes them. Papers that the session cannot see count as sealed.
CREATE OR REPLACE FUNCTION paper_rows_before_the_seal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT paper_id, area_id FROM come) added
        WHERE NOT EXISTS (
            SELECT FROM enrollment_paper p
            WHERE p.id = added.paper_id AND p.area_id = added.area_id AND p.sha256 = '')
    ) THEN
        RAISE EXCEPTION 'Sealed papers get no more rows'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'paper_is_frozen',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$$;

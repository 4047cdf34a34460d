-- A PDF is asked for, and finished, only of the list as it is now: not of one that was opened again
-- since, and with number and date only once the decree is issued.
CREATE OR REPLACE FUNCTION annex_pdf_of_this_list() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM enrollment_decree
        WHERE id = NEW.decree_id AND sha256 = NEW.seal AND sha256 <> ''
            AND (state IN ('issued', 'revoking', 'revoked')) = NEW.issued
            AND (NEW.issued OR state IN ('ready', 'sent', 'returned'))
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A PDF belongs to the list as it is now'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'annex_pdf_of_this_list',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

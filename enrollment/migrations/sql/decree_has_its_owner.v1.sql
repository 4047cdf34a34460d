-- Who decides is settled by the programme: villages where it says so, else the head of the regency. A decree stays
-- whose it is; a village's is of a village of the regency with a budget of its own (no kelurahan), is signed by that
-- village's head, and amends that village's.
CREATE OR REPLACE FUNCTION decree_has_its_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    fits boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Whoever changes who decides waits for this, and the other way round.
        PERFORM pg_advisory_xact_lock_shared(hashtext('who_decides'), hashtext(NEW.programme_id::text));
        fits := (NEW.village_id IS NOT NULL) = EXISTS (
                SELECT FROM enrollment_decidedbyvillages WHERE programme_id = NEW.programme_id)
            AND (NEW.village_id IS NULL OR NEW.village_id ~ '^\d\d\.\d\d\.\d\d\.[23]\d{3}$'
                AND left(NEW.village_id, 5) = NEW.regency_id)
            AND (NEW.amends_id IS NULL OR EXISTS (
                SELECT FROM enrollment_decree base WHERE base.id = NEW.amends_id
                    AND base.village_id IS NOT DISTINCT FROM NEW.village_id));
    ELSE
        fits := (NEW.village_id, NEW.regency_id, NEW.programme_id)
            IS NOT DISTINCT FROM (OLD.village_id, OLD.regency_id, OLD.programme_id);
    END IF;
    IF NEW.signatory_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.signatory_id IS DISTINCT FROM OLD.signatory_id)
    THEN
        fits := fits AND EXISTS (SELECT FROM enrollment_signatory s
            WHERE s.id = NEW.signatory_id AND s.village_id IS NOT DISTINCT FROM NEW.village_id);
    END IF;
    IF NOT fits THEN
        RAISE EXCEPTION 'A decree is of whom its programme says'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_has_its_owner',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

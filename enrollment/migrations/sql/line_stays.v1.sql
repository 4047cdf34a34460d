-- What was sent stays as it was: lines are added until their batch is sealed, and only what was
-- answered changes afterwards.
CREATE OR REPLACE FUNCTION line_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    sealed boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.batch_id, NEW.number, NEW.kind, NEW.about, NEW.worker_id, NEW.area_id, NEW.payload)
            IS DISTINCT FROM
            (OLD.batch_id, OLD.number, OLD.kind, OLD.about, OLD.worker_id, OLD.area_id, OLD.payload)
        THEN
            RAISE integrity_constraint_violation
                USING MESSAGE = 'A line stays as it was sent', CONSTRAINT = 'line_stays';
        END IF;
        RETURN NEW;
    END IF;
    SELECT sha256 <> '' INTO sealed FROM enrollment_batch
    WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.batch_id ELSE OLD.batch_id END;
    IF sealed THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'A sealed batch keeps its lines', CONSTRAINT = 'line_stays';
    END IF;
    RETURN CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
END $$;

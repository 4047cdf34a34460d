-- What hangs on a person moves to the village the person moves to.
-- It looks at our tables, whatever temporary ones of their names the session has made.
CREATE OR REPLACE FUNCTION worker_takes_along() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE enrollment_workersource SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_membership SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_cover SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    RETURN NULL;
END
$$;

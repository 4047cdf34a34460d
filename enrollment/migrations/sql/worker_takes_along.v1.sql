-- What hangs on a person moves to the village the person moves to.
CREATE OR REPLACE FUNCTION worker_takes_along() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE enrollment_workersource SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_membership SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_cover SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    RETURN NULL;
END
$$;

-- The decrees of a village cost no more than its own budget has for the wave: asked when a list is frozen or
-- issued from a draft, and when the budget is changed or taken away. The budget is held meanwhile, so two decrees
-- cannot share what is left.
CREATE OR REPLACE FUNCTION village_budget_holds() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    allowed bigint;
    cost bigint;
BEGIN
    IF TG_TABLE_NAME = 'enrollment_decree' THEN
        SELECT ceiling INTO allowed FROM enrollment_villagebudget
            WHERE programme_id = NEW.programme_id AND area_id = NEW.village_id FOR NO KEY UPDATE;
        cost := village_named_cost(NEW.programme_id, NEW.village_id, NEW.id);
    ELSE
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.programme_id, NEW.area_id) IS DISTINCT FROM (OLD.programme_id, OLD.area_id) THEN
                RAISE EXCEPTION 'A budget stays that of its village and programme'
                    USING ERRCODE = 'integrity_constraint_violation',
                        CONSTRAINT = 'village_budget_holds',
                        TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
            END IF;
            allowed := NEW.ceiling;
        ELSE
            allowed := 0;
        END IF;
        cost := village_named_cost(OLD.programme_id, OLD.area_id, NULL);
    END IF;
    IF allowed IS NULL OR cost > allowed THEN
        RAISE EXCEPTION 'The decrees of a village cost more than its budget'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'village_budget_holds',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

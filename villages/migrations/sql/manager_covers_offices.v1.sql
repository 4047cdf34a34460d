-- The other side of office_lies_with_manager: an account gets a manager only if all its offices,
-- those that have ended too, lie in the manager's area.
CREATE OR REPLACE FUNCTION manager_covers_offices() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    refused boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    refused := EXISTS (SELECT FROM villages_office WHERE user_id = NEW.id
        AND (area_id < NEW.area_id OR area_id >= NEW.area_id || '/'));
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF refused THEN
        RAISE EXCEPTION 'The account holds or held offices outside the area that is to manage it'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'manager_covers_offices', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

-- Whoever manages an account (its area) can become its owner. So an account gets a manager only if
-- all its offices, those that have ended too, lie in the manager's area; when it leaves a manager, or
-- becomes a superuser, whatever password or code that manager may know ends; and only the platform
-- makes superusers.
CREATE OR REPLACE FUNCTION manager_covers_offices() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    promoted boolean := NEW.is_superuser AND NOT (TG_OP = 'UPDATE' AND OLD.is_superuser);
    refused boolean;
BEGIN
    IF promoted AND coalesce(scope[2], '') <> '~' THEN
        RAISE EXCEPTION 'Only the platform makes superusers'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'superuser_by_platform', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    refused := EXISTS (SELECT FROM villages_office WHERE user_id = NEW.id
        AND (area_id < NEW.area_id OR area_id >= NEW.area_id || '/'));
    IF promoted OR (OLD.area_id IS NOT NULL AND NEW.area_id IS DISTINCT FROM OLD.area_id) THEN
        NEW.password := '!' || gen_random_uuid();
        UPDATE villages_passwordlink SET used_at = now()
            WHERE user_id = NEW.id AND used_at IS NULL;
    END IF;
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

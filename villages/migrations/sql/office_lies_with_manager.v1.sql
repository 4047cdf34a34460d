-- Whoever manages an account (its area) can become its owner. So every office that the account has
-- or had lies in that area; without an area the platform manages it. An office that has been given
-- neither changes its holder nor moves to another regency: it ends, and another one begins.
CREATE OR REPLACE FUNCTION office_lies_with_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    manager text;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.user_id <> OLD.user_id
        OR left(NEW.area_id, 5) <> left(OLD.area_id, 5)) THEN
        RAISE EXCEPTION 'An office changes neither its holder nor its regency'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'office_stays', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT area_id INTO manager FROM villages_user WHERE id = NEW.user_id FOR SHARE;
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF NEW.area_id < manager OR NEW.area_id >= manager || '/' THEN
        RAISE EXCEPTION 'The account is managed by an area in which this office does not lie'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'office_lies_with_manager', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

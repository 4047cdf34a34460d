-- A second factor is removed for its owner by two others: one asks, the other agrees. Each writes
-- under their own name (the platform's people act in the scope of the whole country, which has
-- none), an answer is final, and it removes the factor, its codes and the owner's sessions at once.
CREATE OR REPLACE FUNCTION two_people_reset_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    me text := coalesce(current_setting('portal.user', true), '');
    platform boolean := me = '' AND coalesce(current_setting('portal.high', true), '') = '~';
    author bigint := NEW.asked_by_id;
    allowed boolean := NEW.confirmed_by_id IS NULL;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        author := NEW.confirmed_by_id;
        allowed := OLD.confirmed_by_id IS NULL AND author IS NOT NULL
            AND (NEW.id, NEW.public_id, NEW.user_id, NEW.asked_by_id, NEW.asked_name, NEW.asked_at,
                NEW.expires_at) IS NOT DISTINCT FROM (OLD.id, OLD.public_id, OLD.user_id,
                OLD.asked_by_id, OLD.asked_name, OLD.asked_at, OLD.expires_at);
    END IF;
    IF NOT allowed OR NOT (platform OR author::text = me) THEN
        RAISE EXCEPTION 'Who asks and who agrees write under their own name, and once'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'factor_reset_under_own_name', TABLE = TG_TABLE_NAME,
            SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        NEW.confirmed_at := now();
        PERFORM set_config('portal.user', NEW.user_id::text, true);
        DELETE FROM otp_totp_totpdevice WHERE user_id = NEW.user_id;
        DELETE FROM villages_recoverycode WHERE user_id = NEW.user_id;
        DELETE FROM villages_session WHERE user_id = NEW.user_id;
        PERFORM set_config('portal.user', me, true);
    END IF;
    RETURN NEW;
END
$$;

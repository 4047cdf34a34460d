-- An approval can be taken back until a decree names the person, and not after, not even in a scope
-- in which the decree's rows are not seen. Whoever puts people into a decree locks their entries
-- (FOR SHARE) first, so that the two cannot cross.
-- Whoever leaves the programme is let through (entry_leaves asks for the approved leaving), unless the
-- decree is a draft or being issued: it would name and pay for somebody who has gone.
-- It looks at our tables, whatever temporary ones of their names the session has made.
CREATE OR REPLACE FUNCTION entry_in_decree_stays_approved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    refused boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    refused := EXISTS (
        SELECT FROM enrollment_decreeentry named JOIN enrollment_decree d ON d.id = named.decree_id
        WHERE named.entry_id = OLD.id AND (NEW.state <> 'left' OR d.state NOT IN ('issued', 'revoking')));
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF refused THEN
        RAISE EXCEPTION 'A person whom a decree names stays approved'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'entry_in_decree_stays_approved', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;

-- The names of accounts that saw people of the caller's area, wherever the accounts belong. Of other
-- accounts it tells nothing.
CREATE OR REPLACE FUNCTION names_of_viewers(accounts bigint[])
RETURNS TABLE (account bigint, full_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    accounts := ARRAY(
        SELECT account_id FROM unnest(accounts) account_id WHERE EXISTS (
            SELECT FROM enrollment_disclosure
            WHERE user_id = account_id AND area_id >= low AND area_id < high
        )
    );
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY SELECT u.id::bigint,
        coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)::text
    FROM villages_user u WHERE u.id = ANY (accounts);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- Which of these people on lists are named by a decree or by the draft of one: whoever takes approvals
-- back may not see every decree, and must leave those people out.
CREATE OR REPLACE FUNCTION entries_in_decrees(entries bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT named.entry_id FROM enrollment_decreeentry named WHERE named.entry_id = ANY (entries);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

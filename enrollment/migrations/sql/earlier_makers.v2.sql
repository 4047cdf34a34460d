-- Which of these signatures (entry and account, in pairs) belong to somebody who put the person on the
-- list (from any office), handed them in or looked at them for kecamatan or DPMD: an account that put them
-- there or took any step in
-- one of `roles`, whatever office it holds today. Asked by triggers; it looks at the offices of all
-- villages, and at steps in the caller's own scope.
CREATE OR REPLACE FUNCTION earlier_makers(entries bigint[], accounts bigint[], roles text[])
RETURNS TABLE (entry bigint, account bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT DISTINCT t.entry, t.account
    FROM unnest(entries, accounts) AS t (entry, account)
    JOIN enrollment_step s ON s.entry_id = t.entry AND (s.role = ANY (roles) OR s.from_state = '')
        AND s.area_id >= low AND s.area_id < high
    JOIN villages_office o ON o.id = s.office_id AND o.user_id = t.account;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

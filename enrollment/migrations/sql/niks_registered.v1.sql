-- Which of these NIKs are registered anywhere in the country, and nothing else about them.
CREATE OR REPLACE FUNCTION niks_registered(niks text[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY SELECT nik::text FROM enrollment_worker WHERE nik = ANY (niks);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- Whoever is put on a list and has just gone: their entry says so. KEY SHARE waits for whoever is
-- ending or moving them at this moment (mark_gone_of_people), and for nobody else.
CREATE OR REPLACE FUNCTION mark_gone_of_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    people bigint[] := ARRAY(SELECT worker_id FROM come);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    PERFORM FROM enrollment_worker WHERE id IN (SELECT unnest(people)) ORDER BY id FOR KEY SHARE;
    PERFORM mark_gone(people);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

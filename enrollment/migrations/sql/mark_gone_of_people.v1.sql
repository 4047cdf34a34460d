-- Whoever ends, comes back or moves: their entries say so. FOR UPDATE waits for whoever is putting
-- them on a list at this moment (mark_gone_of_entries), whose rows are then seen.
CREATE OR REPLACE FUNCTION mark_gone_of_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    changed bigint[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    changed := ARRAY(
        SELECT id FROM went JOIN come USING (id)
        WHERE (went.ended_on IS NULL) <> (come.ended_on IS NULL) OR went.area_id <> come.area_id
    );
    IF changed <> '{}' THEN
        PERFORM FROM enrollment_worker WHERE id IN (SELECT unnest(changed)) ORDER BY id FOR UPDATE;
        PERFORM mark_gone(changed);
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

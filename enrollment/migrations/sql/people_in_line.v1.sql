-- How many people wait in each of these villages for a place of the programme, whoever proposed
-- them: an agency sees its own lists alone, and must not pass those of the village. Tells numbers only,
-- and only of villages in the caller's own scope.
CREATE OR REPLACE FUNCTION people_in_line(programme uuid, areas text[])
RETURNS TABLE (area text, people integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT e.area_id::text, count(*)::integer FROM enrollment_entry e
    WHERE e.programme_id = programme AND e.area_id = ANY (areas) AND e.state = 'waiting'
        AND NOT e.gone AND e.area_id >= low AND e.area_id < high
    GROUP BY e.area_id;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

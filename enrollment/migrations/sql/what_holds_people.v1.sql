-- Which of the people whom an import brought cannot be removed, and whether a list that was handed
-- in (listed) or something else (held) keeps them.
CREATE OR REPLACE FUNCTION what_holds_people(import uuid, people bigint[])
RETURNS TABLE (worker bigint, holder text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT held.id, CASE WHEN held.handed_in THEN 'listed' ELSE 'held' END
    FROM (
        SELECT w.id, EXISTS (
            SELECT FROM enrollment_entry e WHERE e.worker_id = w.id AND e.state <> 'draft'
        ) AS handed_in
        FROM enrollment_worker w WHERE w.id = ANY (people) AND w.brought_by = import
    ) held
    WHERE held.handed_in
        OR EXISTS (SELECT FROM enrollment_membership m WHERE m.worker_id = held.id)
        OR EXISTS (SELECT FROM enrollment_cover c WHERE c.worker_id = held.id)
        OR EXISTS (SELECT FROM enrollment_duplicatecase d WHERE d.worker_id = held.id);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

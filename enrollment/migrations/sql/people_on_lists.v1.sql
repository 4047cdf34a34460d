-- How many people of an import are on lists, handed in or drafts: the office that undoes it may not
-- see every list.
CREATE OR REPLACE FUNCTION people_on_lists(import uuid, OUT handed_in bigint, OUT drafts bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT count(DISTINCT e.worker_id) FILTER (WHERE e.state <> 'draft'),
        count(DISTINCT e.worker_id) FILTER (WHERE e.state = 'draft' AND w.brought_by = import)
    INTO handed_in, drafts
    FROM enrollment_import i
    JOIN enrollment_entry e ON e.area_id >= i.area_id AND e.area_id < i.area_id || '/'
    JOIN enrollment_worker w ON w.id = e.worker_id
    WHERE i.id = import AND (w.brought_by = import OR w.id IN (
        SELECT r.worker_id FROM enrollment_importrow r
        WHERE r.job_id = import AND r.worker_id IS NOT NULL AND r.changes <> '{}' AND r.outcome = ''
            AND r.severity <> 'error' AND coalesce(r.overwrite, i.update_existing)
    ));
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

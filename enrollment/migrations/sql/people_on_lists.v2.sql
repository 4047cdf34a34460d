-- How many people of an import are on lists, handed in or drafts: the office that undoes it may not
-- see every list. The import is read first and its people one by one: a condition that depends on
-- columns of the import would be tried for every pair of a row of its and an entry.
CREATE OR REPLACE FUNCTION people_on_lists(import uuid, OUT handed_in bigint, OUT drafts bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
    place text;
    overwriting boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT i.area_id, i.update_existing INTO place, overwriting
    FROM enrollment_import i WHERE i.id = import;
    WITH people AS (
        SELECT w.id, true AS brought FROM enrollment_worker w
        WHERE w.brought_by = import AND w.area_id >= place AND w.area_id < place || '/'
        UNION ALL
        SELECT r.worker_id, false FROM enrollment_importrow r
        WHERE r.job_id = import AND r.worker_id IS NOT NULL AND r.changes <> '{}' AND r.outcome = ''
            AND r.severity <> 'error' AND coalesce(r.overwrite, overwriting)
    )
    SELECT count(DISTINCT e.worker_id) FILTER (WHERE e.state <> 'draft'),
        count(DISTINCT e.worker_id) FILTER (WHERE e.state = 'draft' AND p.brought)
    INTO handed_in, drafts
    FROM people p JOIN enrollment_entry e ON e.worker_id = p.id
    WHERE e.area_id >= place AND e.area_id < place || '/';
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- Withdraw what an import that is being undone alone told the Dinas; the case may lie in another
-- regency. Where another import that was taken claims the person for the same village, the case
-- becomes that import's.
CREATE OR REPLACE FUNCTION withdraw_duplicate_cases(import uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF NOT EXISTS (
        SELECT FROM enrollment_import i WHERE i.id = import AND i.phase = 'undo'
            AND i.area_id >= low AND i.area_id < high
    ) THEN
        RAISE EXCEPTION 'import % is not being taken back by this office', import;
    END IF;
    PERFORM FROM enrollment_duplicatecase c WHERE c.brought_by = import AND c.decision = ''
    ORDER BY c.id FOR UPDATE;
    UPDATE enrollment_duplicatecase c SET brought_by = also.owner
    FROM (
        SELECT DISTINCT ON (d.id) d.id, i.id AS owner
        FROM enrollment_duplicatecase d
        JOIN enrollment_worker w ON w.id = d.worker_id
        JOIN enrollment_import i ON i.area_id IN (
            d.claimed_by_id, left(d.claimed_by_id, 8), left(d.claimed_by_id, 5)
        )
        JOIN enrollment_importrow r ON r.job_id = i.id AND r.nik = w.nik
        WHERE d.brought_by = import AND d.decision = '' AND i.id <> import
            AND i.phase IN ('take', 'taken', 'mended') AND r.outcome <> 'waiting'
            AND r.village_id = d.claimed_by_id AND 'duplicate.elsewhere' = ANY (r.codes)
        ORDER BY d.id, i.created_at
    ) also
    WHERE c.id = also.id AND c.brought_by = import AND c.decision = '';
    DELETE FROM enrollment_duplicatecase c WHERE c.brought_by = import AND c.decision = '';
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

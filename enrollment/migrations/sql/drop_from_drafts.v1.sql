-- Take people whom an import brought off the drafts they are on. Locking waits for whoever is
-- handing in the same rows at this moment: then they are no drafts. Whoever was handed in stays;
-- the foreign key of enrollment_entry would not let them be deleted.
CREATE OR REPLACE FUNCTION drop_from_drafts(import uuid, people bigint[]) RETURNS void
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
    PERFORM FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
    WHERE w.id = ANY (people) AND w.brought_by = import AND e.state = 'draft'
    ORDER BY e.id FOR UPDATE OF e;
    DELETE FROM enrollment_step s USING enrollment_entry e, enrollment_worker w
    WHERE s.entry_id = e.id AND e.worker_id = w.id AND w.id = ANY (people)
        AND w.brought_by = import AND e.state = 'draft';
    DELETE FROM enrollment_entry e USING enrollment_worker w
    WHERE e.worker_id = w.id AND w.id = ANY (people) AND w.brought_by = import
        AND e.state = 'draft';
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- Says on the entries of these people whether they have gone: died, moved, a mistake; or an issued
-- decree names them and pays nothing (rows_not_paid), for they had gone when it was issued and have
-- come back since: they have to leave it before another list can take them. The rule is nowhere
-- else. The caller holds the people, so that they stay as they are read here. There may be many: a
-- row is looked up for each, where `= ANY` would look through all of them for every row.
CREATE OR REPLACE FUNCTION mark_gone(people bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    UPDATE enrollment_entry e SET gone = NOT e.gone
    FROM unnest(people) changed (id) JOIN enrollment_worker w ON w.id = changed.id
    WHERE w.id = e.worker_id AND e.gone <> (
        w.ended_on IS NOT NULL OR w.area_id <> e.area_id OR e.state = 'approved' AND EXISTS (
            SELECT FROM rows_not_paid() u WHERE u.entry_id = e.id
        )
    );
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

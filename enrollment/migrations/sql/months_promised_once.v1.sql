-- Nobody is approved for a month that another programme, of any regency, has approved for them
-- already: the money would be promised twice, and the later decree would leave the person out. Asked
-- once a statement, for those who have just been approved. Approvals of one regency wait for each
-- other here, at the end of their work, so of two at one moment the later one sees the earlier. A
-- person's months are those of programmes/months.py. There may be many: a row is looked up for each,
-- where a join of the changed rows with themselves would compare everybody with everybody.
CREATE OR REPLACE FUNCTION months_promised_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    fresh bigint[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT array_agg(c.id) INTO fresh FROM come c JOIN went w ON w.id = c.id
    WHERE c.state = 'approved' AND (c.worker_id, c.programme_id, c.first_month, w.state)
        IS DISTINCT FROM (w.worker_id, w.programme_id, w.first_month, 'approved');
    IF fresh IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('months in ' || regency, 0))
        FROM (SELECT DISTINCT left(area_id, 5) AS regency FROM come ORDER BY 1) named;
    END IF;
    IF fresh IS NOT NULL AND EXISTS (
        SELECT FROM unnest(fresh) AS changed (id) JOIN enrollment_entry c ON c.id = changed.id
        JOIN enrollment_premiumsubsidy p ON p.id = c.programme_id
        JOIN enrollment_entry e ON e.worker_id = c.worker_id AND e.id <> c.id
        JOIN enrollment_premiumsubsidy q ON q.id = e.programme_id
        WHERE e.state = 'approved'
            AND coalesce(c.first_month, p.first_month) < q.first_month + make_interval(months => q.months)
            AND coalesce(e.first_month, q.first_month) < p.first_month + make_interval(months => p.months)
    ) THEN
        RAISE EXCEPTION 'Somebody would be approved twice for one month'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'months_promised_once', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

-- The months that other programmes, of any regency, have approved for people whom the caller sees:
-- an office that proposes somebody may not see the lists of others, and must not have a month paid
-- twice. Of the programmes it tells the months alone, of each person from their own first month on
-- (proposals/months.py). Who has left is covered by nothing but what a decree has paid.
CREATE OR REPLACE FUNCTION promised_months(programme uuid, people bigint[])
RETURNS TABLE (worker bigint, first date, after date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT e.worker_id, coalesce(e.first_month, p.first_month),
        (p.first_month + make_interval(months => p.months))::date
    FROM enrollment_worker w
    JOIN enrollment_entry e ON e.worker_id = w.id
    JOIN enrollment_premiumsubsidy p ON p.id = e.programme_id
    WHERE w.id = ANY (people) AND w.area_id >= low AND w.area_id < high
        AND (agency = '' OR w.agency_id::text = agency OR agency = 'dpmd' AND EXISTS (
            SELECT FROM enrollment_entry k JOIN enrollment_proposal l ON l.id = k.proposal_id
            WHERE k.worker_id = w.id AND l.route = 'dpmd'))
        AND e.state = 'approved' AND e.programme_id <> programme;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- How many people have to approve somebody of a programme today: what the highest band says that its
-- regency has set and that its ceiling reaches; one without a band. It tells that number alone, in
-- whatever scope it is asked.
CREATE OR REPLACE FUNCTION approvers_needed(programme uuid, OUT needed integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT b.approvers INTO needed
    FROM enrollment_premiumsubsidy p
    JOIN enrollment_approvalband b ON b.regency_id = p.regency_id AND b.amount_from <= p.ceiling
    WHERE p.id = programme ORDER BY b.amount_from DESC LIMIT 1;
    needed := coalesce(needed, 1);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

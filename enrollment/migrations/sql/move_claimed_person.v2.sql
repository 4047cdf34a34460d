-- Move the person of a case that was decided so, as the case says (`after`): with address and family
-- card of the village that claims them. Row security lets a Dinas write people into its own regency
-- only: of a case that an office of this regency, held by the caller, has decided, the person alone
-- may leave it. The person was changed when it was decided; undoing compares the two.
CREATE OR REPLACE FUNCTION move_claimed_person(decided bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    UPDATE enrollment_worker w
    SET area_id = c.claimed_by_id, agency_id = c.claimed_agency_id,
        kk = coalesce(c.after ->> 'kk', w.kk), address = coalesce(c.after ->> 'address', w.address),
        hamlet = coalesce(c.after ->> 'hamlet', w.hamlet),
        rt = coalesce(c.after ->> 'rt', w.rt), rw = coalesce(c.after ->> 'rw', w.rw),
        findings = CASE WHEN c.after ? 'findings'
            THEN ARRAY(SELECT jsonb_array_elements_text(c.after -> 'findings')) ELSE w.findings END,
        ended_on = NULL, ended_reason = '', ended_document = '',
        updated_at = coalesce(c.decided_at, clock_timestamp())
    FROM enrollment_duplicatecase c JOIN villages_office o ON o.id = c.decided_by_id
    WHERE c.id = decided AND c.decision = 'move' AND w.id = c.worker_id
        AND w.area_id = c.was_in_id AND left(w.area_id, 5) = c.regency_id
        AND c.regency_id >= low AND c.regency_id < high
        AND left(o.area_id, 5) = c.regency_id AND o.user_id::text = me;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'case % does not move anybody', decided;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

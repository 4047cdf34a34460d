-- Replaces the rows of counts that are alike by their sum, for lists and villages with new rows.
-- Each row is taken once, so folding never changes a number, whoever adds rows at the same time. One
-- at a time: who finds another folding leaves it to them.
CREATE OR REPLACE FUNCTION fold_counts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF pg_try_advisory_xact_lock(hashtext('fold_counts')) THEN
        WITH taken AS (
            DELETE FROM enrollment_entrycount
            WHERE proposal_id IN (SELECT proposal_id FROM enrollment_entrycount WHERE NOT folded)
            RETURNING *
        )
        INSERT INTO enrollment_entrycount (programme_id, proposal_id, agency_id, area_id, state,
            gone, decree_id, people, cost, folded)
        SELECT programme_id, proposal_id, agency_id, area_id, state, gone, decree_id, sum(people),
            sum(cost), true
        FROM taken
        GROUP BY programme_id, proposal_id, agency_id, area_id, state, gone, decree_id
        HAVING sum(people) <> 0 OR sum(cost) <> 0;
        WITH taken AS (
            DELETE FROM enrollment_peoplecount
            WHERE area_id IN (SELECT area_id FROM enrollment_peoplecount WHERE NOT folded)
            RETURNING *
        )
        INSERT INTO enrollment_peoplecount (area_id, agency_id, ended, findings, people, folded)
        SELECT area_id, agency_id, ended, findings, sum(people), true
        FROM taken GROUP BY area_id, agency_id, ended, findings HAVING sum(people) <> 0;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

-- Counts all people on lists, adds what enrollment_entrycount lacks, and tells where that was: how
-- many people and how much money; and first who is marked wrongly as gone or not ('gone'). Entries
-- and counts are read in one statement, as of one moment, and the correction is a row like any other:
-- others may write meanwhile.
CREATE OR REPLACE FUNCTION recount_entries(
    OUT place text, OUT stage text, OUT lacking int, OUT rupiah bigint
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    changed bigint[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    changed := ARRAY(
        SELECT w.id FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
        WHERE e.gone <> (w.ended_on IS NOT NULL OR w.area_id <> e.area_id)
    );
    PERFORM FROM enrollment_worker w WHERE w.id IN (SELECT unnest(changed)) ORDER BY w.id FOR UPDATE;
    PERFORM mark_gone(changed);
    RETURN QUERY SELECT w.area_id::text, 'gone', count(*)::int, 0::bigint FROM enrollment_worker w
    WHERE w.id IN (SELECT unnest(changed)) GROUP BY w.area_id ORDER BY 1;
    RETURN QUERY WITH added AS (
        INSERT INTO enrollment_entrycount
            (programme_id, proposal_id, agency_id, area_id, state, gone, decree_id, people, cost)
        SELECT b.programme_id, b.proposal_id, b.agency_id, b.area_id, b.state, b.gone, b.decree_id,
            sum(b.people), sum(b.cost)
        FROM (
            SELECT e.programme_id, e.proposal_id, p.agency_id, e.area_id, e.state, e.gone,
                d.decree_id, 1 AS people, e.cost
            FROM enrollment_entry e JOIN enrollment_proposal p ON p.id = e.proposal_id
            LEFT JOIN enrollment_decreeentry d ON d.entry_id = e.id
            UNION ALL
            SELECT k.programme_id, k.proposal_id, k.agency_id, k.area_id, k.state, k.gone,
                k.decree_id, -k.people, -k.cost
            FROM enrollment_entrycount k
        ) b
        GROUP BY b.programme_id, b.proposal_id, b.agency_id, b.area_id, b.state, b.gone, b.decree_id
        HAVING sum(b.people) <> 0 OR sum(b.cost) <> 0
        RETURNING area_id, state, people, cost
    )
    SELECT a.area_id::text, a.state::text, a.people, a.cost FROM added a ORDER BY 1, 2;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

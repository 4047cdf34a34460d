-- How many of the family (one card number) of each of these people come before them in a programme,
-- on any list: first those with a place, then those who wait for one, then the drafts of the same
-- list, each in their order. Of rows that were returned those count as drafts that are repaired, or
-- among `hurried`: they are about to be handed in all the same. So of a family that is too large the last ones are too many. Only about
-- people whom the caller sees; of the others it tells the number alone.
CREATE OR REPLACE FUNCTION family_before(programme uuid, people bigint[], hurried bigint[])
RETURNS TABLE (worker bigint, relatives integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    WITH own AS (
        SELECT w.id, w.kk, e.id AS entry, e.proposal_id,
            CASE WHEN e.state IN ('checking', 'submitted', 'verified', 'cosigned', 'approved')
                THEN 1
                WHEN e.state = 'waiting' THEN 2 ELSE 3 END AS turn,
            CASE WHEN e.state = 'waiting' THEN e.rank ELSE 0 END AS number
        FROM enrollment_worker w
        LEFT JOIN enrollment_entry e
            ON e.worker_id = w.id AND e.programme_id = programme AND e.state NOT IN ('rejected', 'left')
        WHERE w.id = ANY (people) AND w.area_id >= low AND w.area_id < high
            AND (agency = '' OR w.agency_id::text = agency OR agency = 'dpmd' AND EXISTS (
                SELECT FROM enrollment_entry k JOIN enrollment_proposal l ON l.id = k.proposal_id
                WHERE k.worker_id = w.id AND l.route = 'dpmd')) AND w.kk ~ '^[0-9]{16}$'
    )
    SELECT own.id, count(*)::integer
    FROM own
    JOIN enrollment_worker w ON w.kk = own.kk AND w.id <> own.id
    JOIN enrollment_entry e ON e.worker_id = w.id AND e.programme_id = programme
    CROSS JOIN LATERAL (
        SELECT CASE WHEN e.state IN ('checking', 'submitted', 'verified', 'cosigned', 'approved')
                THEN 1
                WHEN e.state = 'waiting' THEN 2
                WHEN e.state = 'draft' OR e.repaired_at IS NOT NULL OR e.id = ANY (hurried)
                THEN 3 END AS turn,
            CASE WHEN e.state = 'waiting' THEN e.rank ELSE 0 END AS number
    ) theirs
    WHERE e.state NOT IN ('rejected', 'left')
        AND (theirs.turn < own.turn OR theirs.turn = own.turn
            AND (theirs.turn < 3 OR e.proposal_id = own.proposal_id)
            AND (theirs.number, e.id) < (own.number, own.entry))
    GROUP BY own.id;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

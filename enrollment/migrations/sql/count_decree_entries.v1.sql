-- Moves people in enrollment_entrycount when a row of a decree comes or goes (the argument: 1, -1).
-- Their entries are held first, so that they neither change state nor leave meanwhile; whoever is
-- changing one is waited for.
CREATE OR REPLACE FUNCTION count_decree_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    PERFORM FROM enrollment_entry WHERE id IN (SELECT entry_id FROM touched) ORDER BY id FOR SHARE;
    INSERT INTO enrollment_entrycount
        (programme_id, proposal_id, agency_id, area_id, state, gone, decree_id, people, cost)
    SELECT moved.programme_id, moved.proposal_id, p.agency_id, moved.area_id, moved.state,
        moved.gone, place.decree_id, place.sign * moved.people, place.sign * moved.cost
    FROM (
        SELECT e.programme_id, e.proposal_id, e.area_id, e.state, e.gone, t.decree_id,
            count(*) AS people, sum(e.cost) AS cost
        FROM touched t JOIN enrollment_entry e ON e.id = t.entry_id
        GROUP BY e.programme_id, e.proposal_id, e.area_id, e.state, e.gone, t.decree_id
    ) moved JOIN enrollment_proposal p ON p.id = moved.proposal_id
    CROSS JOIN LATERAL (
        VALUES (moved.decree_id, TG_ARGV[0]::int), (NULL, -TG_ARGV[0]::int)
    ) place (decree_id, sign);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

-- Rupiah of everybody whom the decrees of a village in a wave name: those that are frozen or issued, and the one
-- asked about. Whoever has left, or whose decree was revoked, counts with the months that stay paid. In the
-- caller's own scope.
CREATE OR REPLACE FUNCTION village_named_cost(wave uuid, village text, asked uuid) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(e.cost), 0)::bigint
    FROM enrollment_decree d
    JOIN enrollment_decreeentry r ON r.decree_id = d.id
    JOIN enrollment_entry e ON e.id = r.entry_id
    WHERE d.village_id = $2 AND d.programme_id = $1
        AND (d.id = $3 OR d.state NOT IN ('draft', 'review', 'withdrawn'))
$$;

-- When each village, as far as the caller sees it, last looked at the recipients of a programme
-- again: of any of its waves, or of any that stands before or after it in its chain of continued
-- waves. For the people are the same, and one look counts for all.
CREATE OR REPLACE FUNCTION last_reverified(programme uuid)
RETURNS TABLE (area varchar, day date)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE chain (first) AS (
        SELECT coalesce(p.first_id, p.id) FROM enrollment_premiumsubsidy p WHERE p.id = programme
        UNION
        SELECT coalesce(s.first_id, s.id) FROM chain
        JOIN enrollment_premiumsubsidy w ON coalesce(w.first_id, w.id) = chain.first
        JOIN enrollment_continuation c ON w.id IN (c.programme_id, c.previous_id)
        JOIN enrollment_premiumsubsidy s ON s.id IN (c.programme_id, c.previous_id)
    )
    SELECT r.area_id, max(r."on") FROM enrollment_reverification r
    JOIN enrollment_premiumsubsidy p ON p.id = r.programme_id
    WHERE coalesce(p.first_id, p.id) IN (SELECT first FROM chain)
    GROUP BY r.area_id
$$;

-- When each village, as far as the caller sees it, last looked at the recipients of a programme
-- again: of any of its waves, of what they continue or of what continues them. For the people are the
-- same, and one look counts for both.
CREATE OR REPLACE FUNCTION last_reverified(programme uuid)
RETURNS TABLE (area varchar, day date)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH own AS (
        SELECT s.id FROM enrollment_premiumsubsidy p
        JOIN enrollment_premiumsubsidy s ON coalesce(s.first_id, s.id) = coalesce(p.first_id, p.id)
        WHERE p.id = programme
    ), linked AS (
        SELECT s.id FROM own
        JOIN enrollment_continuation c ON own.id IN (c.programme_id, c.previous_id)
        JOIN enrollment_premiumsubsidy p ON p.id IN (c.programme_id, c.previous_id)
        JOIN enrollment_premiumsubsidy s ON coalesce(s.first_id, s.id) = coalesce(p.first_id, p.id)
    )
    SELECT r.area_id, max(r."on") FROM enrollment_reverification r
    WHERE r.programme_id IN (SELECT id FROM own UNION SELECT id FROM linked)
    GROUP BY r.area_id
$$;

-- Counts all people, adds what enrollment_peoplecount lacks, and tells where that was. People and
-- counts are read in one statement, as of one moment, and the correction is a row like any other:
-- others may write meanwhile.
CREATE OR REPLACE FUNCTION recount_people(OUT place text, OUT lacking int) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY WITH added AS (
        INSERT INTO enrollment_peoplecount (area_id, agency_id, ended, findings, people)
        SELECT b.area_id, b.agency_id, b.ended, b.findings, sum(b.people)
        FROM (
            SELECT w.area_id, w.agency_id, w.ended_on IS NOT NULL AS ended, w.findings, 1 AS people
            FROM enrollment_worker w
            UNION ALL
            SELECT k.area_id, k.agency_id, k.ended, k.findings, -k.people
            FROM enrollment_peoplecount k
        ) b
        GROUP BY b.area_id, b.agency_id, b.ended, b.findings HAVING sum(b.people) <> 0
        RETURNING area_id, people
    )
    SELECT a.area_id::text, a.people FROM added a ORDER BY 1;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

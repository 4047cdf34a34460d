-- Which NIKs in rows of an import are registered, as far as the office may be told before the list is
-- saved: people whom it sees; people elsewhere whose name and birth date the row has as registered;
-- and those about whom its village has told the holding Dinas before. `newly` marks the second kind:
-- the regency that holds them gets a record of who was told.
CREATE OR REPLACE FUNCTION niks_told(
    import uuid, first integer, last integer, these integer[],
    asking bigint, place text, came_from inet
) RETURNS TABLE (told text, newly boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    -- Rows staged a moment ago have no statistics: the planner would expect one of them, and compare
    -- each with each, or read all rows of the list for each person. So they are read once, and joined
    -- without nested loops.
    RETURN QUERY
    WITH listed AS MATERIALIZED (
        SELECT r.nik, r.name, r.birth_date, r.village_id FROM enrollment_importrow r
        WHERE r.job_id = import AND r.position BETWEEN first AND last
            AND (these IS NULL OR r.position = ANY (these)) AND r.severity <> 'error'
    ), registered AS MATERIALIZED (
        SELECT id, nik, area_id, agency_id, name, birth_date FROM enrollment_worker
        WHERE nik = ANY (ARRAY(SELECT nik FROM listed))
    ), found AS MATERIALIZED (
        SELECT w.id, w.nik, w.area_id,
            w.area_id >= low AND w.area_id < high
                AND (agency = '' OR w.agency_id::text IS NOT DISTINCT FROM agency) AS seen,
            upper(w.name) = upper(r.name) AND w.birth_date = r.birth_date AS named,
            EXISTS (
                SELECT FROM enrollment_duplicatecase d
                WHERE d.worker_id = w.id AND d.claimed_by_id = r.village_id
                    AND d.claimed_agency_id IS NOT DISTINCT FROM i.agency_id
            ) AS known
        FROM registered w
        JOIN listed r ON r.nik = w.nik
        CROSS JOIN enrollment_import i
        WHERE i.id = import AND i.area_id >= low AND i.area_id < high
            AND (agency = '' OR i.agency_id::text IS NOT DISTINCT FROM agency)
    ), answers AS (
        SELECT id, nik, area_id, named AND NOT seen AND NOT known AS newly
        FROM found WHERE seen OR known OR named
    ), recorded AS (
        INSERT INTO enrollment_disclosure (
            at, kind, why, user_id, office_id, area_id, worker_id, subject, people, origin, network
        )
        SELECT now(), 'told', 'check', o.user_id, o.id, a.area_id, a.id, 'import:' || import, 1,
            place, came_from
        FROM answers a JOIN villages_office o ON o.id = asking AND o.user_id::text = me
        WHERE a.newly
    )
    SELECT a.nik::text, a.newly FROM answers a;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

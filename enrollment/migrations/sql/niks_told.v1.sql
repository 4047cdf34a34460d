-- Which NIKs in rows of an import are registered, as far as the office may be told before the list is
-- saved: people whom it sees; people elsewhere whose name and birth date the row has as registered;
-- and those about whom its village has told the holding Dinas before. `newly` marks the second kind:
-- the regency that holds them gets a record of who was told.
CREATE OR REPLACE FUNCTION niks_told(
    import uuid, first integer, last integer, these integer[],
    asking bigint, place text, came_from inet
) RETURNS TABLE (told text, newly boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
    asked text[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    -- First the NIKs alone: rows staged a moment ago have no statistics, and joined with the registry
    -- each would be compared with each.
    asked := ARRAY(
        SELECT r.nik FROM enrollment_importrow r
        WHERE r.job_id = import AND r.position BETWEEN first AND last
            AND (these IS NULL OR r.position = ANY (these)) AND r.severity <> 'error'
    );
    RETURN QUERY
    WITH registered AS MATERIALIZED (
        SELECT id, nik, area_id, agency_id, name, birth_date FROM enrollment_worker
        WHERE nik = ANY (asked)
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
        CROSS JOIN enrollment_import i
        CROSS JOIN LATERAL (
            SELECT * FROM enrollment_importrow r
            WHERE r.job_id = import AND r.nik = w.nik OFFSET 0
        ) r
        WHERE i.id = import AND i.area_id >= low AND i.area_id < high
            AND (agency = '' OR i.agency_id::text IS NOT DISTINCT FROM agency)
            AND r.position BETWEEN first AND last
            AND (these IS NULL OR r.position = ANY (these)) AND r.severity <> 'error'
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

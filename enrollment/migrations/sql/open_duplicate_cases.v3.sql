-- A case for the Dinas of each person whom an import claims, while it is taken, and who is registered
-- elsewhere. Returns the NIKs that the list had not been told of before; `newly` marks people whom
-- the office does not see. So nobody learns of one without a case, and a record of it.
-- The regency in which the person is registered keeps the record, so its Dinas decides, whether the
-- other village lies in it or not. Writing what is there already waits for whoever is withdrawing
-- the case at this moment; then it is opened anew.
CREATE OR REPLACE FUNCTION open_duplicate_cases(
    import uuid, first integer, last integer, became text,
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
    -- Rows are read once and joined without nested loops, as in niks_told.
    RETURN QUERY
    WITH listed AS MATERIALIZED (
        SELECT r.* FROM enrollment_importrow r
        WHERE r.job_id = import AND r.position BETWEEN first AND last AND r.outcome = became
            AND (r.severity <> 'error' OR 'duplicate.elsewhere' = ANY (r.codes))
    ), registered AS MATERIALIZED (
        SELECT id, nik, area_id, agency_id, ended_on FROM enrollment_worker
        WHERE nik = ANY (ARRAY(SELECT nik FROM listed)) AND brought_by IS DISTINCT FROM import
    ), claimed AS MATERIALIZED (
        SELECT w.id, w.nik, w.area_id, w.ended_on, r.village_id, r.position, r.severity, i.agency_id,
            w.area_id >= low AND w.area_id < high
                AND (agency = '' OR w.agency_id::text IS NOT DISTINCT FROM agency) AS seen,
            jsonb_build_object('kk', r.kk, 'name', r.name,
            'birth_place', r.birth_place, 'birth_date', r.birth_date, 'sex', r.sex,
            'address', r.address, 'hamlet', r.hamlet, 'rt', r.rt, 'rw', r.rw,
            'occupation_text', r.occupation_text, 'phone', r.phone,
            'mother_name', r.mother_name) AS typed
        FROM registered w
        JOIN listed r ON r.nik = w.nik
        CROSS JOIN enrollment_import i
        WHERE i.id = import AND i.phase IN ('take', 'mended')
            AND i.area_id >= low AND i.area_id < high
            AND (agency = '' OR i.agency_id::text IS NOT DISTINCT FROM agency)
            AND NOT (
                w.area_id = r.village_id AND (agency = '' OR w.agency_id::text IS NOT DISTINCT FROM agency)
            )
    ), opened AS (
        INSERT INTO enrollment_duplicatecase AS c (
            regency_id, worker_id, claimed_by_id, claimed_agency_id, brought_by, claimed_values,
            created_at, decision, reason
        )
        SELECT DISTINCT ON (n.id, n.village_id) left(n.area_id, 5), n.id, n.village_id, n.agency_id,
            import, n.typed, now(), '', ''
        FROM claimed n
        WHERE NOT (
            n.ended_on IS NULL AND EXISTS (
                SELECT FROM enrollment_duplicatecase d
                WHERE d.worker_id = n.id AND d.claimed_by_id = n.village_id AND d.decision = 'stay'
            ))
        ORDER BY n.id, n.village_id, n.position
        ON CONFLICT (worker_id, claimed_by_id) WHERE decision = '' DO UPDATE
            SET brought_by = c.brought_by
    ), recorded AS (
        INSERT INTO enrollment_disclosure (
            at, kind, why, user_id, office_id, area_id, worker_id, subject, people, origin, network
        )
        SELECT now(), 'told', 'check', o.user_id, o.id, n.area_id, n.id, 'import:' || import, 1,
            place, came_from
        FROM claimed n JOIN villages_office o ON o.id = asking AND o.user_id::text = me
        WHERE n.severity <> 'error' AND NOT n.seen
    )
    SELECT n.nik::text, NOT n.seen FROM claimed n WHERE n.severity <> 'error';
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

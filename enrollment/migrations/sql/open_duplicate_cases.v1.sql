-- A case for the Dinas of each person whom an import claims and another village has registered.
-- The regency in which the person is registered keeps the record, so its Dinas decides, whether the
-- other village lies in it or not. Writing what is there already waits for whoever is withdrawing
-- the case at this moment; then it is opened anew.
CREATE OR REPLACE FUNCTION open_duplicate_cases(import uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    INSERT INTO enrollment_duplicatecase AS c (
        regency_id, worker_id, claimed_by_id, claimed_agency_id, brought_by, claimed_values,
        created_at, decision, reason
    )
    SELECT DISTINCT ON (w.id, r.village_id) left(w.area_id, 5), w.id, r.village_id, i.agency_id,
        i.id, jsonb_build_object('kk', r.kk, 'name', r.name,
        'birth_place', r.birth_place, 'birth_date', r.birth_date, 'sex', r.sex,
        'address', r.address, 'hamlet', r.hamlet, 'rt', r.rt, 'rw', r.rw,
        'occupation_text', r.occupation_text, 'phone', r.phone, 'mother_name', r.mother_name),
        now(), '', ''
    FROM enrollment_import i
    JOIN enrollment_importrow r ON r.job_id = i.id
    JOIN enrollment_worker w ON w.nik = r.nik
    WHERE i.id = import AND r.severity = 'error' AND 'duplicate.elsewhere' = ANY (r.codes)
        AND NOT (
            w.ended_on IS NULL AND EXISTS (
                SELECT FROM enrollment_duplicatecase d
                WHERE d.worker_id = w.id AND d.claimed_by_id = r.village_id
                    AND d.decision = 'stay'
            ))
    ORDER BY w.id, r.village_id, r.position
    ON CONFLICT (worker_id, claimed_by_id) WHERE decision = '' DO UPDATE
        SET brought_by = c.brought_by;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;

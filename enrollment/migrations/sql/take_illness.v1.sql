-- Give the answers of rows of a list that are being taken to their people. Who has an answer already
-- keeps it, unless what is registered is overwritten: by the choice for the row, else by that for the
-- whole list.
CREATE OR REPLACE FUNCTION take_illness(
    import uuid, first integer, last integer, wanted text, updating boolean
) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
    told record;
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    FOR told IN
        DELETE FROM enrollment_stagedillness s
        USING enrollment_importrow r, enrollment_worker w
        WHERE s.job_id = import AND s.position BETWEEN first AND last
            AND r.job_id = s.job_id AND r.position = s.position
            AND r.outcome = wanted AND r.severity <> 'error'
            AND w.nik = r.nik AND w.area_id = r.village_id
        RETURNING w.id, s.ill, r.worker_id IS NULL OR coalesce(r.overwrite, updating) AS replaces
    LOOP
        INSERT INTO enrollment_illnessanswer AS a (worker_id, ill, answered_at, brought_by)
        VALUES (told.id, told.ill, now(), import)
        ON CONFLICT (worker_id) DO UPDATE
            SET ill = excluded.ill, answered_at = excluded.answered_at, brought_by = import
            WHERE told.replaces;
    END LOOP;
    PERFORM set_config('portal.role', role, true);
END
$$;

-- Keep the answers of a list that is being read, by the position of their rows.
CREATE OR REPLACE FUNCTION stage_illness(import uuid, positions integer[], says boolean[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    INSERT INTO enrollment_stagedillness (job_id, position, ill)
    SELECT import, told.position, told.ill FROM unnest(positions, says) AS told (position, ill)
    ON CONFLICT (job_id, position) DO UPDATE SET ill = excluded.ill;
    PERFORM set_config('portal.role', role, true);
END
$$;

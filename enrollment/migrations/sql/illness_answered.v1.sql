-- Of which of these people, whom the caller sees, the question has been answered, and when: not how.
CREATE OR REPLACE FUNCTION illness_answered(people bigint[])
RETURNS TABLE (worker bigint, at timestamptz)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    RETURN QUERY
    SELECT a.worker_id, a.answered_at FROM enrollment_illnessanswer a WHERE a.worker_id = ANY (people);
    PERFORM set_config('portal.role', role, true);
END
$$;

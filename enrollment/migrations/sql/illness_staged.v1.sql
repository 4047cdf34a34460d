-- How many rows of a list, which the caller sees, answer the question and have not been taken.
CREATE OR REPLACE FUNCTION illness_staged(import uuid) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
    number bigint;
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    SELECT count(*) INTO number FROM enrollment_stagedillness s WHERE s.job_id = import;
    PERFORM set_config('portal.role', role, true);
    RETURN number;
END
$$;

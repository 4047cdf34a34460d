-- Rows of an import go when it is discarded, read again or old: what they said of an illness, too.
CREATE OR REPLACE FUNCTION forget_staged_illness() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    DELETE FROM enrollment_stagedillness s USING gone_rows gone
    WHERE s.job_id = gone.job_id AND s.position = gone.position;
    PERFORM set_config('portal.role', role, true);
    RETURN NULL;
END
$$;

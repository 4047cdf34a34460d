-- An import is undone: the answers that it brought go. Which answers stood there before nobody knows,
-- so those people have not been asked.
CREATE OR REPLACE FUNCTION forget_illness(import uuid) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    DELETE FROM enrollment_illnessanswer a WHERE a.brought_by = import;
    PERFORM set_config('portal.role', role, true);
END
$$;

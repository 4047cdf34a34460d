-- What is said of a person whom the caller sees: whether too ill to work. An earlier answer is
-- replaced and not told. The role 'answer' is entered by these functions alone; no office has it.
CREATE OR REPLACE FUNCTION answer_illness(person bigint, says boolean) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    role text := current_setting('portal.role', true);
BEGIN
    PERFORM set_config('portal.role', 'answer', true);
    INSERT INTO enrollment_illnessanswer AS a (worker_id, ill, answered_at) VALUES (person, says, now())
    ON CONFLICT (worker_id) DO UPDATE
        SET ill = excluded.ill, answered_at = excluded.answered_at, brought_by = NULL;
    PERFORM set_config('portal.role', role, true);
END
$$;

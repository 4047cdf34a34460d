-- Make `part`, a table like `history` that becomes one of its parts. It is reached through the whole
-- history alone: others than the owner have no right to it, and would be shown no row of it.
CREATE OR REPLACE FUNCTION make_history_part(history text, part text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING CONSTRAINTS)', part, history);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true)', part);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
END
$$;

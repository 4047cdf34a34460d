-- Renew the planner's statistics of the tables that bulk writes fill; of all, or of those in `tables`:
-- a look at a table of millions takes a second. The application's role does not own them, and until
-- autovacuum comes a page may be planned as if they were empty. A table that another session is
-- analyzing already is left out.
CREATE OR REPLACE FUNCTION refresh_statistics(tables text[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    filled CONSTANT text[] := ARRAY['enrollment_worker', 'enrollment_workersource',
        'enrollment_importrow', 'enrollment_entry', 'enrollment_step', 'enrollment_cover',
        'enrollment_membership', 'enrollment_decreeentry'];
    filled_table text;
BEGIN
    FOREACH filled_table IN ARRAY filled LOOP
        IF tables IS NULL OR filled_table = ANY (tables) THEN
            EXECUTE format('ANALYZE (SKIP_LOCKED) %I', filled_table);
        END IF;
    END LOOP;
END
$$;

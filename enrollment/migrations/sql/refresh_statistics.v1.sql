-- Renew the planner's statistics of the tables that bulk writes fill. The application's role does
-- not own them, and until autovacuum comes a page may be planned as if they were empty. A table
-- that another session is analyzing already is left out.
CREATE OR REPLACE FUNCTION refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) enrollment_worker, enrollment_workersource, enrollment_importrow,
        enrollment_entry, enrollment_step, enrollment_cover, enrollment_membership,
        enrollment_decreeentry;
END
$$;

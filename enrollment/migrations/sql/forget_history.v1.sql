-- Remove the oldest month of a history that is divided by month, if all its events are older than
-- `before`; returns how many it had, and 0 when no such month is left. Months without events go on
-- the way. The application may not remove tables, so this is the owner's; whatever it is asked for,
-- events of the last five years (1826 days) stay, and so do those that lie in no month's part.
CREATE OR REPLACE FUNCTION forget_history(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET datestyle = 'ISO' SET lock_timeout = '5s' AS $$
DECLARE
    until timestamptz := least(before, now() - interval '1826 days');
    part text;
    bound text;
    gone bigint;
BEGIN
    FOR part, bound IN
        SELECT c.relname, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''(.+)''\)')
        FROM pg_class c
        JOIN pg_inherits i ON i.inhrelid = c.oid
        JOIN pg_class history ON history.oid = i.inhparent
        WHERE history.relnamespace = 'public'::regnamespace AND history.relkind = 'p'
            AND history.relowner = current_user::regrole
            AND to_regclass(history.relname || '_others') IS NOT NULL
        ORDER BY c.relname
    LOOP
        -- Read here, since the query may look at tables of others first, whose bounds are no dates.
        CONTINUE WHEN bound IS NULL OR bound::timestamptz > until;
        EXECUTE format('SELECT count(*) FROM %I', part) INTO gone;
        EXECUTE format('DROP TABLE %I', part);
        IF gone > 0 THEN
            RETURN gone;
        END IF;
    END LOOP;
    RETURN 0;
END
$$;

-- Make the missing parts of the histories that are divided by month: for this month and the next
-- three, and for each month of the last twenty years of which events lie in the part for the others.
-- Returns how many. Beat calls it each day, as the application, which may not make tables; while the
-- history is being read for long, it gives up and tries again the next day.
CREATE OR REPLACE FUNCTION make_history_months() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'Asia/Jakarta' SET lock_timeout = '5s' AS $$
DECLARE
    last timestamptz := date_trunc('month', now()) + interval '3 months';
    history text;
    wanted date[];
    month date;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_history_months'));
    FOR history IN
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relowner = current_user::regrole
            AND c.relkind = 'p' AND to_regclass(c.relname || '_others') IS NOT NULL
    LOOP
        EXECUTE format(
            'SELECT ARRAY('
            '    SELECT generate_series(date_trunc(''month'', now()), $1, ''1 month'')::date UNION '
            '    SELECT date_trunc(''month'', pgh_created_at)::date FROM %I'
            '    WHERE pgh_created_at >= $1 - interval ''20 years'' AND pgh_created_at < $1)',
            history || '_others'
        ) INTO wanted USING last;
        FOREACH month IN ARRAY wanted LOOP
            IF to_regclass(history || to_char(month, '_YYYY_MM')) IS NULL THEN
                PERFORM make_history_month(history, month);
                made := made + 1;
            END IF;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;

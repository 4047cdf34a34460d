-- Adds to enrollment_peoplecount what a statement has changed: its rows as they came, less its rows
-- as they went. Rows are only added, so that no writer waits for another.
CREATE OR REPLACE FUNCTION count_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM come'
        WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM went'
        ELSE 'SELECT 1 AS sign, * FROM come UNION ALL SELECT -1, * FROM went'
    END;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    EXECUTE format($sql$
        INSERT INTO enrollment_peoplecount (area_id, agency_id, ended, findings, people)
        SELECT t.area_id, t.agency_id, t.ended_on IS NOT NULL, t.findings, sum(t.sign)
        FROM (%s) t
        GROUP BY t.area_id, t.agency_id, t.ended_on IS NOT NULL, t.findings
        HAVING sum(t.sign) <> 0
    $sql$, touched);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

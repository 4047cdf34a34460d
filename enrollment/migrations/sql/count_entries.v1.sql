-- Adds to enrollment_entrycount what a statement has changed: its rows as they came, less its rows
-- as they went. Rows are only added, so that no writer waits for another.
-- Whether a decree names a person cannot change meanwhile: count_decree_entries waits for whoever
-- holds the person's entry.
CREATE OR REPLACE FUNCTION count_entries() RETURNS trigger
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
        INSERT INTO enrollment_entrycount
            (programme_id, proposal_id, agency_id, area_id, state, gone, decree_id, people, cost)
        SELECT t.programme_id, t.proposal_id, p.agency_id, t.area_id, t.state, t.gone, d.decree_id,
            sum(t.sign), sum(t.sign * t.cost)
        FROM (%s) t JOIN enrollment_proposal p ON p.id = t.proposal_id
        LEFT JOIN enrollment_decreeentry d ON d.entry_id = t.id
        GROUP BY t.programme_id, t.proposal_id, p.agency_id, t.area_id, t.state, t.gone, d.decree_id
        HAVING sum(t.sign) <> 0 OR sum(t.sign * t.cost) <> 0
    $sql$, touched);
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;

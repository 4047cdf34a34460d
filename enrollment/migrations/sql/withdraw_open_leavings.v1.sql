-- A step that ends an approval takes back what says that the person leaves: it was meant for that
-- approval, and must not take effect after another one. The leaving may lie out of the caller's sight.
CREATE OR REPLACE FUNCTION withdraw_open_leavings() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    WITH ended AS (
        UPDATE enrollment_leaving l SET state = 'withdrawn', changed_at = NEW.at
        WHERE l.entry_id = NEW.entry_id AND l.state IN ('prepared', 'filed')
        RETURNING l.id, l.area_id
    )
    INSERT INTO enrollment_leavingstep
        (leaving_id, area_id, to_state, office_id, name, role, at, reason)
    SELECT id, area_id, 'withdrawn', NEW.office_id, NEW.name, NEW.role, NEW.at,
        'Persetujuannya berakhir, jadi catatan ini tidak berlaku lagi.'
    FROM ended;
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    RETURN NULL;
END
$$;
